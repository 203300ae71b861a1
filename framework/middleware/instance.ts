/**
 * From a middleware to what handles requests: factories are called, classes constructed.
 *
 * Layer 6 (middleware). Source: Django core/handlers/base.py (`load_middleware`).
 * Errors: `ImproperlyConfigured` for one that returns neither a function nor hooks; what it throws, `MiddlewareNotUsed`
 * among it.
 */
import type {
  Application,
  GetResponse,
  Middleware,
  MiddlewareClass,
  MiddlewareHooks,
  MiddlewareInstance,
} from "../conf/settings.ts";
import { ImproperlyConfigured } from "../exceptions.ts";
import { describeValue } from "../utils/describe.ts";

const HOOKS: readonly (keyof MiddlewareHooks)[] = [
  "processRequest",
  "processResponse",
  "processView",
  "processException",
  "processTemplateResponse",
];

export function instantiate(
  middleware: Middleware,
  getResponse: GetResponse,
  app: Application,
): MiddlewareInstance {
  const instance: unknown = isClass(middleware)
    ? new middleware(getResponse, app)
    : middleware(getResponse, app);
  if (isInstance(instance)) return instance;
  throw new ImproperlyConfigured(
    `Middleware ${nameOf(middleware)} must return a function (request) => response or an object with hooks ` +
      `(${HOOKS.join(", ")}); it returned ${describeValue(instance)}.`,
  );
}

/** For messages. */
export function nameOf(middleware: Middleware): string {
  return middleware.name || "(anonymous)";
}

function isClass(middleware: Middleware): middleware is MiddlewareClass {
  return /^class\b/.test(Function.prototype.toString.call(middleware));
}

function isInstance(instance: unknown): instance is MiddlewareInstance {
  if (typeof instance === "function") return true;
  return (
    typeof instance === "object" && instance !== null && HOOKS.some((hook) => hook in instance)
  );
}
