/**
 * What a project that does not load answers: every request gets the reason.
 *
 * Layer 10 (cli). Details are shown unless the settings were read and say that DEBUG is false.
 */
import type { WSGIApplication } from "../../framework/wsgi.ts";
import { escapeHtml } from "../../framework/utils/html.ts";
import { errorMessage } from "../../framework/utils/describe.ts";
import { formatError } from "../../framework/utils/stack.ts";
import { errorPage } from "../../framework/views/defaults.ts";
import { asksForHtml, htmlPage } from "../../framework/views/html-page.ts";

export function brokenApplication(error: unknown, showDetails: boolean): WSGIApplication {
  return (environ, startResponse) => {
    const wantsHtml = asksForHtml(environ.HTTP_ACCEPT);
    const [type, body] = showDetails
      ? describe(error, wantsHtml)
      : ["text/html", errorPage(500).content];
    startResponse("500 Internal Server Error", [["Content-Type", `${type}; charset=utf-8`]]);
    return [body];
  };
}

function describe(error: unknown, wantsHtml: boolean): [type: string, body: Buffer] {
  if (!wantsHtml)
    return ["text/plain", Buffer.from(`The project does not load.\n\n${formatError(error)}\n`)];
  const body =
    `<h1>The project does not load</h1>\n<p class="lead">${escapeHtml(errorMessage(error))}</p>\n` +
    `<h2>Traceback</h2>\n<pre>${escapeHtml(formatError(error))}</pre>\n` +
    `<footer>Mend it and save: the server tries again by itself.</footer>`;
  return ["text/html", Buffer.from(htmlPage("The project does not load", body))];
}
