/**
 * The chain of middleware around the view, composed once.
 *
 * Layer 7 (handlers). Source: Django core/handlers/base.py (`load_middleware`): factories are called from
 * the innermost to the outermost, and errors are converted between any two layers, so that each
 * middleware always sees a response.
 * Errors: `ImproperlyConfigured` for a middleware that is none, when the chain is built.
 */
import type { Application, GetResponse } from "../conf/settings.ts";
import type { HttpRequest } from "../http/request.ts";
import { HttpResponseBase } from "../http/response.ts";
import { isPromise, type MaybePromise, whenReady } from "../utils/maybe-promise.ts";
import { noResponse } from "../views/no-response.ts";
import { responseForException } from "./exception-response.ts";
import { type BuiltMiddleware, buildMiddleware } from "./middleware.ts";
import { callView } from "./view.ts";
import { ViewHooks } from "./view-hooks.ts";

declare module "../http/request.ts" {
  interface RequestExtensions {
    /** For the chain: what was handed outwards last, and by which layer, counted from the view (-1: by none yet). */
    handedOut: HttpResponseBase | undefined;
    handedOutBy: number;
  }
}

export function composeChain(app: Application): GetResponse {
  const hooks = new ViewHooks();
  let depth = 0;
  const innermost = convertExceptions(callView(app, hooks), app, depth);
  return app.settings.MIDDLEWARE.reduceRight((getResponse, middleware) => {
    const built = buildMiddleware(middleware, getResponse, app);
    if (built === undefined) return getResponse;
    hooks.addOuter(built);
    depth += 1;
    return convertExceptions(checked(built), app, depth);
  }, innermost);
}

/** What a project's middleware returns is checked here, once, so that no layer above meets anything else. */
function checked({ name, handle }: BuiltMiddleware): GetResponse {
  return (request) => {
    const returned: unknown = handle(request);
    if (returned instanceof HttpResponseBase) return returned;
    return whenReady(returned, (value) => {
      if (value instanceof HttpResponseBase) return value;
      throw noResponse(`The middleware ${name}`, value);
    });
  };
}

/** Written out, because it runs at every layer of every request: no closure is made on the way. */
function convertExceptions(getResponse: GetResponse, app: Application, depth: number): GetResponse {
  return (request) => {
    try {
      const response = getResponse(request);
      if (!isPromise(response)) return handOut(request, response, depth);
      return response.then(
        (ready) => handOut(request, ready, depth),
        (error: unknown) => convert(request, error, app, depth),
      );
    } catch (error) {
      return convert(request, error, app, depth);
    }
  };
}

/** In the place of a layer: the request has its answer. */
const ANSWERED = Number.POSITIVE_INFINITY;

/** Whatever comes out of the chain from now on is closed: a view that was too slow for a middleware with a time-out, say. */
export function markAnswered(request: HttpRequest): void {
  request.handedOut = undefined;
  request.handedOutBy = ANSWERED;
}

/** Remembers what the next layer gets. */
function handOut(
  request: HttpRequest,
  response: HttpResponseBase,
  depth: number,
): HttpResponseBase {
  if (request.handedOutBy === ANSWERED) {
    void response.close();
    return response;
  }
  request.handedOut = response;
  request.handedOutBy = depth;
  return response;
}

/** A middleware that fails after it was given a response has lost it: nobody else could close that. */
function convert(
  request: HttpRequest,
  error: unknown,
  app: Application,
  depth: number,
): MaybePromise<HttpResponseBase> {
  if (request.handedOut !== undefined && request.handedOutBy === depth - 1) {
    void request.handedOut.close();
    request.handedOut = undefined;
  }
  return whenReady(responseForException(request, error, app), (response) =>
    handOut(request, response, depth),
  );
}
