/**
 * The pages for errors when DEBUG is off: the site's own templates, else a title, a sentence, and no detail at all.
 *
 * Layer 6 (views). Source: Django views/defaults.py; its texts, templates and what those are given.
 */
import { BadRequest, Http404, PermissionDenied, SuspiciousOperation } from "../exceptions.ts";
import type { HttpRequest } from "../http/request.ts";
import { HttpResponse, reasonPhrase } from "../http/response.ts";
import { TemplateDoesNotExist } from "../templates/errors.ts";
import { Resolver404 } from "../urls/resolver.ts";
import { errorMessage } from "../utils/describe.ts";
import { quote } from "../utils/quote.ts";

const SENTENCES: ReadonlyMap<number, string> = new Map<number, string>([
  [404, "The requested resource was not found on this server."],
  [413, "The request body is larger than this site accepts."],
]);

const TITLES: ReadonlyMap<number, string> = new Map<number, string>([
  [400, "Bad Request (400)"],
  [403, "403 Forbidden"],
  [404, "Not Found"],
  [500, "Server Error (500)"],
]);

/** The default `handler404`. Its template gets `requestPath` (percent-encoded) and `exception`: the message, or the name. */
export function pageNotFound(
  request: HttpRequest,
  error: unknown,
  templateName: string = "404.html",
): HttpResponse {
  const message = error instanceof Resolver404 ? "" : errorMessage(error);
  const exception = message === "" && error instanceof Error ? error.name : message;
  return page(404, templateName, "404.html", () =>
    request.app.templates.renderToString(
      templateName,
      { requestPath: quote(request.path, "/"), exception },
      request,
    ),
  );
}

/** The default `handler403`. Its template gets `exception`, the message. */
export function permissionDenied(
  request: HttpRequest,
  error: unknown,
  templateName: string = "403.html",
): HttpResponse {
  return page(403, templateName, "403.html", () =>
    request.app.templates.renderToString(templateName, { exception: errorMessage(error) }, request),
  );
}

/** The default `handler400`, for every status from 400 to 499 that an error asks for. Its template gets nothing. */
export function badRequest(
  request: HttpRequest,
  error: unknown,
  templateName: string = "400.html",
): HttpResponse {
  const status = errorStatus(error);
  return page(status < 500 ? status : 400, templateName, "400.html", () =>
    request.app.templates.renderToString(templateName),
  );
}

/** The default `handler500`. Its template gets neither context nor request: who knows what is broken. */
export function serverError(
  request: HttpRequest,
  _error?: unknown,
  templateName: string = "500.html",
): HttpResponse {
  return page(500, templateName, "500.html", () =>
    request.app.templates.renderToString(templateName),
  );
}

/** The page for an error status that needs no template. */
export function errorPage(status: number): HttpResponse {
  const title = TITLES.get(status) ?? reasonPhrase(status);
  const sentence = SENTENCES.get(status) ?? "";
  return new HttpResponse(
    `<!DOCTYPE html>\n<html lang="en">\n<head>\n  <title>${title}</title>\n</head>\n<body>\n` +
      `  <h1>${title}</h1><p>${sentence}</p>\n</body>\n</html>\n`,
    { status },
  );
}

/** Which status an error is answered with: its own from 400 to 499 if it has one, or that of its class. */
export function errorStatus(error: unknown): number {
  if (error instanceof Http404) return 404;
  if (error instanceof PermissionDenied) return 403;
  // The limits say which they mean, and the server's own errors about a body: bad chunks, a client that stalls.
  if (error instanceof Error && "status" in error) {
    const { status } = error;
    if (typeof status === "number" && status >= 400 && status < 500) return status;
  }
  return error instanceof BadRequest || error instanceof SuspiciousOperation ? 400 : 500;
}

/** A template that was named by the caller has to exist, and so has whatever the template itself needs. */
function page(
  status: number,
  templateName: string,
  defaultName: string,
  render: () => string,
): HttpResponse {
  try {
    return new HttpResponse(render(), { status });
  } catch (error) {
    const isOptional =
      error instanceof TemplateDoesNotExist &&
      error.templateName === templateName &&
      templateName === defaultName;
    if (!isOptional) throw error;
    return errorPage(status);
  }
}
