/**
 * The innermost part of the chain: resolve the path, call the view, check what it returned.
 *
 * Layer 7 (handlers). Source: Django core/handlers/base.py (`_get_response`, `check_response`).
 */
import { resolverFor } from "../conf/request-resolver.ts";
import type { Application, GetResponse } from "../conf/settings.ts";
import { ImproperlyConfigured } from "../exceptions.ts";
import type { HttpRequest } from "../http/request.ts";
import { HttpResponse, HttpResponseBase } from "../http/response.ts";
import { HttpResponseNotAllowed } from "../http/responses.ts";
import type { ResolverMatch } from "../urls/resolver-match.ts";
import { WrongMethod } from "../urls/route-index.ts";
import { describeValue } from "../utils/describe.ts";
import { whenReady } from "../utils/maybe-promise.ts";
import { welcome } from "../views/welcome.ts";

/** Resolves and calls. Throws `Resolver404`, whatever the view throws, or `ViewReturnedNoResponse`. */
export function callView(app: Application): GetResponse {
  if (app.settings.DEBUG && app.resolver.urlpatterns.length === 0) return () => welcome();
  return (request) => {
    // RFC 9110 section 9.3.7: the asterisk asks about the server, so there is no path to resolve.
    if (request.method === "OPTIONS" && request.META.PATH_INFO === "*") return optionsForServer();
    const match = resolverFor(request, app).resolveRequest(request.pathInfo, request.method);
    if (match instanceof WrongMethod) return methodResponse(request, match.allow);
    request.resolverMatch = match;
    // Not called as a method: a view has no `this`, and is named plainly in a stack.
    const { view } = match.pattern;
    const returned: unknown = view(request, match.params);
    if (returned instanceof HttpResponse) return returned;
    return whenReady(returned, (value) => checkResponse(value, match));
  };
}

/** RFC 9110 sections 9.3.7 and 15.5.6: OPTIONS asks for what a 405 tells. */
function methodResponse(request: HttpRequest, allow: readonly string[]): HttpResponse {
  if (request.method === "OPTIONS")
    return new HttpResponse("", { status: 204, headers: { Allow: allow.join(", ") } });
  request.META["wsgi.errors"].write(`Method Not Allowed (${request.method}): ${request.path}\n`);
  return new HttpResponseNotAllowed(allow);
}

/** A view returned something that is no response. Answered with 500, naming the view and where its URL is declared. */
export class ViewReturnedNoResponse extends ImproperlyConfigured {
  override readonly name = "ViewReturnedNoResponse";
  override readonly code = "handlers.view_returned_no_response";
}

function checkResponse(value: unknown, match: ResolverMatch): HttpResponseBase {
  if (value instanceof HttpResponseBase) return value;
  const { view, route, location } = match.pattern;
  const hint = value === undefined ? " Does it end in a return?" : "";
  throw new ViewReturnedNoResponse(
    `The view ${view.name || "(anonymous)"} didn't return an HttpResponse object. ` +
      `It returned ${describeValue(value)} instead.${hint} Its route '${route}' is declared in ${location}.`,
  );
}

function optionsForServer(): HttpResponse {
  return new HttpResponse("", {
    status: 204,
    headers: { Allow: "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS" },
  });
}

/** Makes room for the match on a new request. */
export function prepareRequest(request: HttpRequest, app: Application): HttpRequest {
  request.app = app;
  request.resolverMatch = undefined;
  return request;
}
