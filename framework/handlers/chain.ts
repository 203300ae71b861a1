/**
 * The chain of middleware around the view, composed once.
 *
 * Layer 7 (handlers). Source: Django core/handlers/base.py (`load_middleware`): factories are called from
 * the innermost to the outermost, and errors are converted between any two layers, so that each
 * middleware always sees a response.
 * Errors: `ImproperlyConfigured` for a middleware that returns no function, when the chain is built.
 */
import type { Application, GetResponse, Middleware } from "../conf/settings.ts";
import { ImproperlyConfigured } from "../exceptions.ts";
import { HttpResponseBase } from "../http/response.ts";
import { describeValue } from "../utils/describe.ts";
import { isPromise, whenReady } from "../utils/maybe-promise.ts";
import { responseForException } from "./exception-response.ts";
import { callView } from "./view.ts";

export function composeChain(app: Application): GetResponse {
  const innermost = convertExceptions(callView(app), app);
  return app.settings.MIDDLEWARE.reduceRight(
    (getResponse, middleware) => convertExceptions(wrap(middleware, getResponse, app), app),
    innermost,
  );
}

function wrap(middleware: Middleware, getResponse: GetResponse, app: Application): GetResponse {
  const name = middleware.name || "(anonymous)";
  const handler: unknown = middleware(getResponse, app);
  if (typeof handler !== "function") {
    throw new ImproperlyConfigured(
      `Middleware ${name} must return a function (request) => response; it returned ${describeValue(handler)}.`,
    );
  }
  // What a project's middleware returns is checked here, once, so that no layer above meets anything else.
  return (request) => {
    const returned: unknown = handler(request);
    if (returned instanceof HttpResponseBase) return returned;
    return whenReady(returned, (value) => {
      if (value instanceof HttpResponseBase) return value;
      throw new ImproperlyConfigured(
        `The middleware ${name} didn't return an HttpResponse object. It returned ${describeValue(value)} instead.`,
      );
    });
  };
}

/** Written out, because it runs at every layer of every request: no closure is made on the way. */
function convertExceptions(getResponse: GetResponse, app: Application): GetResponse {
  return (request) => {
    try {
      const response = getResponse(request);
      if (!isPromise(response)) return response;
      return response.catch((error: unknown) => responseForException(request, error, app));
    } catch (error) {
      return responseForException(request, error, app);
    }
  };
}
