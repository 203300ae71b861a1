/**
 * From a report to the response that its reader can use.
 *
 * Layer 6 (views). Debug pages opt out of the site's Content-Security-Policy, as in Django; where a proxy adds one, the
 * request's nonce is on style and script.
 */
import type { HttpRequest } from "../../http/request.ts";
import { HttpResponse } from "../../http/response.ts";
import { errorHtml } from "./error-html.ts";
import { errorJson } from "./error-json.ts";
import { errorText } from "./error-text.ts";
import { type PageFormat, preferredFormat } from "./preferred-format.ts";
import type { ErrorReport } from "./report.ts";

/** The key of the environ under which a server says at which address it opens files in an editor. */
export const OPEN_EDITOR_KEY: string = "minorswing.open_editor";

const CONTENT_TYPES: Readonly<Record<PageFormat, string>> = {
  "text/html": "text/html; charset=utf-8",
  "text/plain": "text/plain; charset=utf-8",
  "application/json": "application/json",
};

/** What the middleware of Content-Security-Policy looks for: no policy. */
const NO_POLICY = { cspPolicy: {}, cspReportOnlyPolicy: {} };

export interface DebugPage {
  readonly contentType: string;
  readonly text: string;
}

/** The report in the form that `accept` asks for. */
export function renderReport(
  report: ErrorReport,
  accept: string | undefined,
  serving: { readonly nonce: string | undefined; readonly editor: string | undefined },
): DebugPage {
  const format = preferredFormat(accept);
  return { contentType: CONTENT_TYPES[format], text: renderAs(format, report, serving) };
}

export function respondWithReport(request: HttpRequest, report: ErrorReport): HttpResponse {
  const page = renderReport(report, request.META.HTTP_ACCEPT, {
    nonce: nonceOf(request),
    editor: editorAddress(request.META),
  });
  return debugResponse(page.text, page.contentType, report.status);
}

export function debugResponse(text: string, contentType: string, status: number): HttpResponse {
  return Object.assign(new HttpResponse(text, { status, contentType }), NO_POLICY);
}

/** `undefined` where the server opens nothing. */
export function editorAddress(environ: object): string | undefined {
  const address: unknown = Reflect.get(environ, OPEN_EDITOR_KEY);
  return typeof address === "string" ? address : undefined;
}

/** Set by the middleware of Content-Security-Policy, or by one of the site's own. */
export function nonceOf(request: HttpRequest): string | undefined {
  const nonce: unknown = Reflect.get(request, "cspNonce");
  return typeof nonce === "string" ? nonce : undefined;
}

function renderAs(
  format: PageFormat,
  report: ErrorReport,
  serving: { readonly nonce: string | undefined; readonly editor: string | undefined },
): string {
  if (format === "application/json") return `${JSON.stringify(errorJson(report), undefined, 2)}\n`;
  const text = errorText(report);
  return format === "text/html" ? errorHtml(report, text, serving) : text;
}
