/**
 * The error handlers of a site, called so that there always is a response.
 *
 * Layer 7 (handlers). Errors: whatever a handler throws, for exception-response.ts to answer; `ImproperlyConfigured`
 * for one that returns no response. Source: Django urls/resolvers.py (`resolve_error_handler`).
 */
import type { Application, ErrorHandler } from "../conf/settings.ts";
import type { HttpRequest } from "../http/request.ts";
import { HttpResponseBase } from "../http/response.ts";
import { type MaybePromise, whenReady } from "../utils/maybe-promise.ts";
import { badRequest, pageNotFound, permissionDenied, serverError } from "../views/defaults.ts";
import { noResponse } from "../views/no-response.ts";
import { rendered } from "./rendering.ts";

export type HandlerName = "handler400" | "handler403" | "handler404" | "handler500";

const DEFAULTS: Readonly<Record<HandlerName, ErrorHandler>> = {
  handler400: badRequest,
  handler403: permissionDenied,
  handler404: pageNotFound,
  handler500: serverError,
};

/** What the handler `name` of the request's URLconf answers, rendered. */
export function callErrorHandler(
  name: HandlerName,
  request: HttpRequest,
  error: unknown,
  app: Application,
): MaybePromise<HttpResponseBase> {
  const handler = (request.urlconf ?? app.urlconf)?.[name] ?? DEFAULTS[name];
  return whenReady<unknown, HttpResponseBase>(handler(request, error), (value) => {
    if (value instanceof HttpResponseBase) return rendered(value);
    throw noResponse(`The ${name} ${handler.name || "(anonymous)"}`, value);
  });
}
