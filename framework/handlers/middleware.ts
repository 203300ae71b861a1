/**
 * The middleware of MIDDLEWARE in their places in the chain, their hooks gathered.
 *
 * Layer 7 (handlers). Source: Django core/handlers/base.py (`load_middleware`), utils/deprecation.py (`MiddlewareMixin`).
 * Errors: those of middleware/instance.ts, save `MiddlewareNotUsed`.
 */
import { applicationLogger } from "../conf/loggers.ts";
import type {
  Application,
  GetResponse,
  Middleware,
  MiddlewareHooks,
  MiddlewareInstance,
} from "../conf/settings.ts";
import { MiddlewareNotUsed } from "../exceptions.ts";
import { instantiate, nameOf } from "../middleware/instance.ts";
import { whenReady } from "../utils/maybe-promise.ts";

/** A middleware in its place in the chain. */
export interface BuiltMiddleware {
  readonly name: string;
  readonly handle: GetResponse;
  readonly hooks: MiddlewareHooks;
}

/** `undefined` for one that does not want to be used. */
export function buildMiddleware(
  middleware: Middleware,
  getResponse: GetResponse,
  app: Application,
): BuiltMiddleware | undefined {
  const name = nameOf(middleware);
  let instance: MiddlewareInstance;
  try {
    instance = instantiate(middleware, getResponse, app);
  } catch (error) {
    if (!(error instanceof MiddlewareNotUsed)) throw error;
    if (app.settings.DEBUG) logUnused(name, error.message, app);
    return undefined;
  }
  const handle = typeof instance === "function" ? instance : around(instance, getResponse);
  return { name, handle, hooks: instance };
}

function logUnused(name: string, reason: string, { settings }: Application): void {
  const text = reason === "" ? `: '${name}'` : `('${name}'): ${reason}`;
  applicationLogger(settings, "minorswing.request").debug(`MiddlewareNotUsed${text}`);
}

/** `processRequest`, what is further in, `processResponse`. */
function around(hooks: MiddlewareHooks, getResponse: GetResponse): GetResponse {
  const inner: GetResponse =
    hooks.processRequest === undefined
      ? getResponse
      : (request) =>
          whenReady(hooks.processRequest?.(request), (early) => early ?? getResponse(request));
  if (hooks.processResponse === undefined) return inner;
  return (request) =>
    whenReady(inner(request), (response) => hooks.processResponse?.(request, response) ?? response);
}
