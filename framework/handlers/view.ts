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
import type { ResolverMatch } from "../urls/resolver-match.ts";
import { WrongMethod } from "../urls/route-index.ts";
import { isPromise, type MaybePromise, whenReady } from "../utils/maybe-promise.ts";
import { nonceOf } from "../views/debug/respond.ts";
import { methodNotAllowed } from "../views/method-not-allowed.ts";
import { noResponseText } from "../views/no-response.ts";
import { welcome } from "../views/welcome.ts";
import { isUnrendered, rendered } from "./rendering.ts";
import type { ViewHooks } from "./view-hooks.ts";

/** Resolves and calls. Throws `Resolver404`, whatever the view throws, or `ViewReturnedNoResponse`. */
export function callView(app: Application, hooks: ViewHooks): GetResponse {
  if (app.settings.DEBUG && app.resolver.urlpatterns.length === 0)
    return (request) => welcome(nonceOf(request));
  return (request) => {
    // RFC 9110 section 9.3.7: the asterisk asks about the server, so there is no path to resolve.
    if (request.method === "OPTIONS" && request.META.PATH_INFO === "*") return optionsForServer();
    const match = resolverFor(request, app).resolveRequest(request.pathInfo, request.method);
    if (match instanceof WrongMethod) return methodResponse(request, match.allow);
    request.resolverMatch = match;
    return viewPhase(request, match, hooks);
  };
}

/** RFC 9110 sections 9.3.7 and 15.5.6: OPTIONS asks for what a 405 tells. */
function methodResponse(request: HttpRequest, allow: readonly string[]): HttpResponse {
  if (request.method === "OPTIONS")
    return new HttpResponse("", { status: 204, headers: { Allow: allow.join(", ") } });
  return methodNotAllowed(request, allow);
}

/** Django's view phase: what `processView` returns takes the view's place. */
function viewPhase(
  request: HttpRequest,
  match: ResolverMatch,
  hooks: ViewHooks,
): MaybePromise<HttpResponseBase> {
  if (!hooks.hasViewHooks) return respond(request, match, hooks);
  return whenReady(hooks.processView(request, match.pattern.view, match.params), (early) =>
    early === undefined ? respond(request, match, hooks) : renderPhase(request, early, hooks),
  );
}

/** Only what the view throws is shown to `processException`: not what another hook or middleware does. */
function respond(
  request: HttpRequest,
  match: ResolverMatch,
  hooks: ViewHooks,
): MaybePromise<HttpResponseBase> {
  const { view } = match.pattern;
  // Not called as a method: a view has no `this`, and is named plainly in a stack.
  const returned: unknown = hooks.hasExceptionHooks
    ? orRescued(request, () => view(request, match.params), hooks)
    : view(request, match.params);
  if (returned instanceof HttpResponse && !isUnrendered(returned)) return returned;
  return whenReady(returned, (value) => renderPhase(request, checkResponse(value, match), hooks));
}

/** An unrendered response is shown to `processTemplateResponse`, then rendered; what that throws is the view's error. */
function renderPhase(
  request: HttpRequest,
  response: HttpResponseBase,
  hooks: ViewHooks,
): MaybePromise<HttpResponseBase> {
  if (!isUnrendered(response)) return response;
  return whenReady(hooks.processTemplateResponse(request, response), (ready) => {
    if (!hooks.hasExceptionHooks) return rendered(ready);
    // What takes its place is not shown to the hooks again, but has to be rendered all the same.
    return whenReady(
      orRescued<HttpResponseBase>(request, () => rendered(ready), hooks),
      rendered,
    );
  });
}

/** What `call` returns, or what a `processException` makes of its error. */
function orRescued<Value>(
  request: HttpRequest,
  call: () => MaybePromise<Value>,
  hooks: ViewHooks,
): MaybePromise<Value | HttpResponseBase> {
  try {
    const value = call();
    if (!isPromise(value)) return value;
    return value.then(undefined, (error: unknown) => rescue(request, error, hooks));
  } catch (error) {
    return rescue(request, error, hooks);
  }
}

function rescue(
  request: HttpRequest,
  error: unknown,
  hooks: ViewHooks,
): MaybePromise<HttpResponseBase> {
  return whenReady(hooks.processException(request, error), (response) => {
    if (response === undefined) throw error;
    return response;
  });
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
    `${noResponseText(`The view ${view.name || "(anonymous)"}`, value)}${hint} Its route '${route}' is declared in ${location}.`,
  );
}

function optionsForServer(): HttpResponse {
  return new HttpResponse("", {
    status: 204,
    headers: { Allow: "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS" },
  });
}

/** Makes room on a new request for what is found out on its way. */
export function prepareRequest(request: HttpRequest, app: Application): HttpRequest {
  request.app = app;
  request.resolverMatch = undefined;
  request.handedOut = undefined;
  request.handedOutBy = -1;
  return request;
}
