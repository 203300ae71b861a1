/**
 * The chain of middleware around the view, composed once.
 *
 * Layer 7 (handlers). Source: Django core/handlers/base.py (`load_middleware`): factories are called from
 * the innermost to the outermost, and errors are converted between any two layers, so that each
 * middleware always sees a response.
 * Errors: `ImproperlyConfigured` for a middleware that is none, when the chain is built.
 */
import type { Application, GetResponse } from "../conf/settings.ts";
import { ImproperlyConfigured } from "../exceptions.ts";
import { HttpResponseBase } from "../http/response.ts";
import { describeValue } from "../utils/describe.ts";
import { isPromise, whenReady } from "../utils/maybe-promise.ts";
import { responseForException } from "./exception-response.ts";
import { type BuiltMiddleware, buildMiddleware } from "./middleware.ts";
import { callView } from "./view.ts";
import { ViewHooks } from "./view-hooks.ts";

export function composeChain(app: Application): GetResponse {
  const hooks = new ViewHooks();
  const innermost = convertExceptions(callView(app, hooks), app);
  return app.settings.MIDDLEWARE.reduceRight((getResponse, middleware) => {
    const built = buildMiddleware(middleware, getResponse, app);
    if (built === undefined) return getResponse;
    hooks.addOuter(built);
    return convertExceptions(checked(built), app);
  }, innermost);
}

/** What a project's middleware returns is checked here, once, so that no layer above meets anything else. */
function checked({ name, handle }: BuiltMiddleware): GetResponse {
  return (request) => {
    const returned: unknown = handle(request);
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
