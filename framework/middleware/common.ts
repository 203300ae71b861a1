/**
 * What nearly every site wants: the host is checked, and a missing slash is added.
 *
 * Layer 6 (middleware). Settings: ALLOWED_HOSTS, APPEND_SLASH, DEBUG. Source: Django middleware/common.py.
 */
import { resolverFor } from "../conf/request-resolver.ts";
import type { Application, GetResponse } from "../conf/settings.ts";
import { FrameworkError } from "../exceptions.ts";
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import { HttpResponsePermanentRedirect } from "../http/responses.ts";
import { whenReady } from "../utils/maybe-promise.ts";

/** A form or an API client sent data to a URL without its trailing slash; redirecting would lose the data. */
export class AppendSlashError extends FrameworkError {
  override readonly name = "AppendSlashError";
  readonly code = "middleware.append_slash";
}

const METHODS_WITH_BODY = new Set(["DELETE", "PATCH", "POST", "PUT"]);

export function commonMiddleware(getResponse: GetResponse, app: Application): GetResponse {
  const appendSlash = app.settings.APPEND_SLASH;
  return (request) => {
    request.getHost();
    return whenReady(getResponse(request), (response) => {
      if (!appendSlash || response.status !== 404 || !wantsSlash(request, app)) return response;
      return redirectToSlash(request, app, response);
    });
  };
}

/** Only a path that is no URL without its slash and is one with it. */
function wantsSlash(request: HttpRequest, app: Application): boolean {
  const path = request.pathInfo;
  if (path.endsWith("/")) return false;
  const resolver = resolverFor(request, app);
  return !resolver.isValidPath(path) && resolver.isValidPath(`${path}/`);
}

function redirectToSlash(
  request: HttpRequest,
  app: Application,
  response: HttpResponseBase,
): HttpResponseBase {
  // "//host/path" would be another site's URL.
  const to = request.getFullPath({ forceAppendSlash: true }).replace(/^\/\//, "/%2F");
  if (app.settings.DEBUG && METHODS_WITH_BODY.has(request.method)) {
    throw new AppendSlashError(
      `You called this URL via ${request.method}, but the URL doesn't end in a slash and you have APPEND_SLASH set. ` +
        `The redirect to ${to} would lose the ${request.method} data. ` +
        `Change your form to point to ${request.getHost()}${to} (note the trailing slash), or set APPEND_SLASH to false in your settings.`,
    );
  }
  void response.close();
  return new HttpResponsePermanentRedirect(to);
}
