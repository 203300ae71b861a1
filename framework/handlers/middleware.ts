/**
 * From what MIDDLEWARE lists to what handles requests: factories and classes are called, their hooks gathered.
 *
 * Layer 7 (handlers). Source: Django core/handlers/base.py (`load_middleware`), utils/deprecation.py (`MiddlewareMixin`).
 * Errors: `ImproperlyConfigured` for a middleware that returns neither a function nor hooks.
 */
import type {
  Application,
  GetResponse,
  Middleware,
  MiddlewareClass,
  MiddlewareFactory,
  MiddlewareHooks,
} from "../conf/settings.ts";
import { ImproperlyConfigured, MiddlewareNotUsed } from "../exceptions.ts";
import { describeValue } from "../utils/describe.ts";
import { whenReady } from "../utils/maybe-promise.ts";

type Hook = keyof MiddlewareHooks;

const HOOKS: readonly Hook[] = [
  "processRequest",
  "processResponse",
  "processView",
  "processException",
  "processTemplateResponse",
];

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
  const name = middleware.name || "(anonymous)";
  let instance: unknown;
  try {
    instance = isClass(middleware)
      ? new middleware(getResponse, app)
      : middleware(getResponse, app);
  } catch (error) {
    if (error instanceof MiddlewareNotUsed) return undefined;
    throw error;
  }
  if (isHandler(instance)) return { name, handle: instance, hooks: instance };
  if (isHooks(instance)) return { name, handle: around(instance, getResponse), hooks: instance };
  throw new ImproperlyConfigured(
    `Middleware ${name} must return a function (request) => response or an object with hooks ` +
      `(${HOOKS.join(", ")}); it returned ${describeValue(instance)}.`,
  );
}

function isClass(middleware: MiddlewareFactory | MiddlewareClass): middleware is MiddlewareClass {
  return /^class\b/.test(Function.prototype.toString.call(middleware));
}

function isHandler(instance: unknown): instance is GetResponse & MiddlewareHooks {
  return typeof instance === "function";
}

function isHooks(instance: unknown): instance is MiddlewareHooks {
  return (
    typeof instance === "object" && instance !== null && HOOKS.some((hook) => hook in instance)
  );
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
