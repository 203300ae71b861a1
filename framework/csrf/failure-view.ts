/**
 * The page for a request that was refused.
 *
 * Layer 6 (csrf). A template `403_csrf.html` takes its place. Source: Django views/csrf.py; its texts.
 * Differs from Django: with DEBUG the page says which origin was found, which ones would do, and which setting
 * makes the found one good; who does not ask for HTML gets plain text.
 */
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponse } from "../http/response.ts";
import { HttpResponseForbidden } from "../http/responses.ts";
import { TemplateDoesNotExist } from "../templates/errors.ts";
import { escapeHtml } from "../utils/html.ts";
import { asksForHtml, htmlPage, htmlTable } from "../views/html-page.ts";
import { type OriginAdvice, originAdvice } from "./origin-advice.ts";
import { settingsOf } from "./protection.ts";
import * as reasons from "./reasons.ts";

const TEMPLATE_NAME = "403_csrf.html";

const MAIN = "CSRF verification failed. Request aborted.";

const EXPLANATIONS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    reasons.NO_REFERER,
    [
      "You are seeing this message because this HTTPS site requires a “Referer header” to be sent by your web browser, " +
        "but none was sent. This header is required for security reasons, to ensure that your browser is not being " +
        "hijacked by third parties.",
      "If you have configured your browser to disable “Referer” headers, please re-enable them, at least for this " +
        "site, or for HTTPS connections, or for “same-origin” requests.",
      'If you are using the <meta name="referrer" content="no-referrer"> tag or including the “Referrer-Policy: ' +
        "no-referrer” header, please remove them. The CSRF protection requires the “Referer” header to do strict " +
        'referer checking. If you’re concerned about privacy, use alternatives like <a rel="noreferrer" …> for links ' +
        "to third-party sites.",
    ],
  ],
  [
    reasons.NO_COOKIE,
    [
      "You are seeing this message because this site requires a CSRF cookie when submitting forms. This cookie is " +
        "required for security reasons, to ensure that your browser is not being hijacked by third parties.",
      "If you have configured your browser to disable cookies, please re-enable them, at least for this site, or for " +
        "“same-origin” requests.",
    ],
  ],
]);

const CHECKLIST: readonly string[] = [
  "Your browser accepts cookies.",
  "The view renders its template with the request: render(request, …).",
  "Each form that POSTs to this site has {% csrf_token %} inside; a script sends the token in the X-CSRFToken header.",
  "Without csrfMiddleware in MIDDLEWARE, csrfProtect is around the view that shows the form and the one that takes it.",
  "The form is not from before a login, in this tab or another: the token changes then, so load the page anew.",
];

/** Answers a refused request; what CSRF_FAILURE_VIEW is unless it is set. */
export function csrfFailure(request: HttpRequest, reason = ""): HttpResponse {
  const paragraphs = [MAIN, ...(EXPLANATIONS.get(reason) ?? [])];
  const { DEBUG } = settingsOf(request);
  const rendered = fromTemplate(request, { title: "Forbidden", main: MAIN, reason, DEBUG });
  if (rendered !== undefined) return new HttpResponseForbidden(rendered);
  if (!DEBUG) return new HttpResponseForbidden(plainPage(paragraphs));
  const advice = originAdvice(request, reason);
  if (asksForHtml(request.headers.get("Accept")))
    return new HttpResponseForbidden(debugPage(paragraphs, reason, advice));
  return new HttpResponseForbidden(debugText(reason, advice), {
    contentType: "text/plain; charset=utf-8",
  });
}

/** `undefined` when the site has no such template. */
function fromTemplate(
  request: HttpRequest,
  context: Readonly<Record<string, unknown>>,
): string | undefined {
  const { app }: { app?: HttpRequest["app"] } = request;
  try {
    return app?.templates.renderToString(TEMPLATE_NAME, context, request);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Not one that the template includes: that is an error of the site. */
function isMissing(error: unknown): boolean {
  return error instanceof TemplateDoesNotExist && error.templateName === TEMPLATE_NAME;
}

function plainPage(paragraphs: readonly string[]): string {
  return (
    `<!DOCTYPE html>\n<html lang="en">\n<head>\n  <meta charset="utf-8">\n  <meta name="robots" content="noindex">\n` +
    `  <title>403 Forbidden</title>\n</head>\n<body>\n  <h1>Forbidden <span>(403)</span></h1>\n` +
    `${inParagraphs(paragraphs)}\n  <p><small>More information is available with DEBUG=true.</small></p>\n</body>\n</html>\n`
  );
}

function debugPage(
  paragraphs: readonly string[],
  reason: string,
  advice: OriginAdvice | undefined,
): string {
  const why = `<h2>Reason given for failure</h2>\n<pre>${escapeHtml(reason)}</pre>\n`;
  const help =
    advice === undefined
      ? `<h2>Help</h2>\n<p>This is what a forged request looks like, and one of a form that lacks something. See that:</p>\n` +
        `<ul>\n${CHECKLIST.map((line) => `<li>${escapeHtml(line)}</li>`).join("\n")}\n</ul>\n`
      : `<h2>Origins</h2>\n${htmlTable(advice.facts)}\n<h2>What would accept it</h2>\n` +
        advice.remedies
          .map(
            ({ when, setting }) =>
              `<p>${escapeHtml(when)}</p>\n<pre>${escapeHtml(setting)}</pre>\n`,
          )
          .join("");
  return htmlPage(
    "403 Forbidden",
    `<h1>Forbidden (403)</h1>\n${inParagraphs(paragraphs)}\n${why}${help}` +
      `<footer>The reason is shown because <code>DEBUG</code> is true in the settings. ` +
      `The page can be replaced: <code>CSRF_FAILURE_VIEW</code>, or a template <code>${TEMPLATE_NAME}</code>.</footer>`,
  );
}

function debugText(reason: string, advice: OriginAdvice | undefined): string {
  const help =
    advice === undefined
      ? CHECKLIST.map((line) => `- ${line}`)
      : [
          ...advice.facts.map(([name, value]) => `${name}: ${value}`),
          ...advice.remedies.map(({ when, setting }) => `${when}\n    ${setting}`),
        ];
  return `403 Forbidden\n${MAIN}\n${reason}\n\n${help.join("\n")}\n`;
}

function inParagraphs(texts: readonly string[]): string {
  return texts.map((text) => `  <p>${escapeHtml(text)}</p>`).join("\n");
}
