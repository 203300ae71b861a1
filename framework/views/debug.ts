/**
 * The pages for errors when DEBUG is on: what went wrong, where, and in which request.
 *
 * Layer 6 (views). HTML for whoever asks for HTML, plain text for everybody else (curl, scripts).
 * Source: Django views/debug.py. Values whose name smells of a secret are masked, as there.
 */
import type { PagePolicies } from "../http/page-policies.ts";
import { HttpResponse } from "../http/response.ts";
import type { HttpRequest } from "../http/request.ts";
import type { URLEntry } from "../urls/pattern.ts";
import { Resolver404 } from "../urls/resolver.ts";
import { errorMessage } from "../utils/describe.ts";
import { escapeHtml } from "../utils/html.ts";
import { formatError } from "../utils/stack.ts";
import { templateFrameHtml, templateFrameText } from "./template-frame.ts";
import { asksForHtml, htmlPage, htmlTable } from "./html-page.ts";

const SECRET = /API|AUTH|TOKEN|KEY|SECRET|PASS|SIGNATURE|COOKIE/i;
const MASK = "********************";

const FOOTER =
  "<footer>You see this page because <code>DEBUG</code> is true in the settings. " +
  "With <code>DEBUG: false</code> it becomes a plain page without details.</footer>";

/** The page for an exception: message, causes, stack, request. `status` is 500, or 400 for a bad request. */
export function technicalErrorResponse(
  request: HttpRequest,
  error: unknown,
  status = 500,
): HttpResponse {
  const title = `${errorName(error)} at ${request.path}`;
  if (!asksForHtml(request.headers.get("Accept"))) {
    const lines = [
      title,
      errorMessage(error),
      "",
      ...describeRequest(request).map(([name, value]) => `${name}: ${value}`),
    ];
    const template = templateFrameText(error);
    if (template !== "") lines.push("", template);
    return plainText([...lines, "", formatError(error)].join("\n"), status);
  }
  const body =
    `<h1>${escapeHtml(title)}</h1>\n<p class="lead">${escapeHtml(errorMessage(error))}</p>\n` +
    templateFrameHtml(error) +
    `<h2>Traceback</h2>\n<pre>${escapeHtml(formatError(error))}</pre>\n` +
    `<h2>Request</h2>\n${htmlTable(describeRequest(request))}\n` +
    `<h2>GET</h2>\n${htmlTable(attemptRows(() => maskSecrets(request.GET)))}\n` +
    `<h2>Headers</h2>\n${htmlTable(maskSecrets(request.headers))}\n${FOOTER}`;
  return page(title, body, status);
}

/** The page for a 404: why, and every pattern that was tried. */
export function technical404Response(request: HttpRequest, error: unknown): HttpResponse {
  const tried = error instanceof Resolver404 ? error.tried.map(describeChain) : [];
  const reason =
    error instanceof Resolver404 ? `No URL pattern matches ${request.path}` : errorMessage(error);
  if (!asksForHtml(request.headers.get("Accept"))) {
    const list =
      tried.length === 0 ? [] : ["", "Tried, in this order:", ...tried.map((line) => `  ${line}`)];
    return plainText([`Page not found (404) at ${request.path}`, reason, ...list].join("\n"), 404);
  }
  const list =
    tried.length === 0
      ? ""
      : `<h2>URL patterns tried, in this order</h2>\n<ol>\n${tried.map((line) => `<li><code>${escapeHtml(line)}</code></li>`).join("\n")}\n</ol>\n`;
  const body =
    `<h1>Page not found (404)</h1>\n<p class="lead">${escapeHtml(reason)}</p>\n${list}` +
    `<h2>Request</h2>\n${htmlTable(describeRequest(request))}\n${FOOTER}`;
  return page(`Page not found at ${request.path}`, body, 404);
}

/** The site's policy would forbid the style of these pages, and they are shown to developers only. */
function page(title: string, body: string, status: number): HttpResponse {
  const response = new HttpResponse(htmlPage(title, body), { status });
  const policies: PagePolicies = { cspPolicy: {}, cspReportOnlyPolicy: {} };
  return Object.assign(response, policies);
}

function errorName(error: unknown): string {
  return error instanceof Error ? error.name : `Thrown ${typeof error}`;
}

function plainText(text: string, status: number): HttpResponse {
  return new HttpResponse(`${text}\n`, { status, contentType: "text/plain; charset=utf-8" });
}

function describeRequest(request: HttpRequest): [name: string, value: string][] {
  const { META } = request;
  // Without the query: its parameters are shown by name, so that those with secrets can be masked.
  const [path = "/"] = request.getFullPath().split("?", 1);
  return [
    ["Request method", request.method],
    ["Request URL", `${request.scheme}://${META.HTTP_HOST ?? META.SERVER_NAME}${path}`],
    ["Client", META.REMOTE_ADDR ?? "unknown"],
    ["Node", process.version],
  ];
}

/** `polls/ <int:pk>/ [name='detail'] (urls.ts:7)`. */
function describeChain(chain: readonly URLEntry[]): string {
  const last = chain.at(-1);
  const routes = chain.map((entry) => entry.route || "(empty)").join(" ");
  const name = last?.kind === "pattern" && last.name !== undefined ? ` [name='${last.name}']` : "";
  return `${routes}${name} (${last?.location ?? "unknown"})`;
}

function maskSecrets(pairs: Iterable<readonly [string, string]>): [name: string, value: string][] {
  return [...pairs].map(([name, value]) => [name, SECRET.test(name) ? MASK : value]);
}

/** What cannot be read (too many fields, say) must not break the page that reports it. */
function attemptRows(rows: () => [string, string][]): [string, string][] {
  try {
    return rows();
  } catch (error) {
    return [["cannot be shown", errorMessage(error)]];
  }
}
