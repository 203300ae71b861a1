/**
 * Is this a view? A mistake is found when the pattern is declared, not at the first request.
 *
 * Layer 3 (urls). Errors: `ImproperlyConfigured`. Source: Django urls/conf.py (`_path`), checks urls.E009.
 */
import { ImproperlyConfigured } from "../exceptions.ts";
import { describeValue } from "../utils/describe.ts";
import type { View } from "./route-params.ts";

export function checkView(target: unknown, route: string): asserts target is View {
  const view = classWithAsView(target);
  if (view !== undefined) {
    const found = typeof target === "function" ? view : `new ${view}()`;
    throw new ImproperlyConfigured(
      `the view of URL route '${route}' must be a callable, pass ${view}.asView(), not ${found}`,
    );
  }
  if (typeof target !== "function" || isClass(target)) {
    const found = typeof target === "function" ? `the class ${target.name}` : describeValue(target);
    throw new ImproperlyConfigured(
      `the view of URL route '${route}' must be a function or include(…); found ${found}${hintFor(target)}`,
    );
  }
}

/** The name of a class-based view, given as the class or as an instance of it. */
function classWithAsView(target: unknown): string | undefined {
  if (target === null || target === undefined) return undefined;
  const owner: unknown = typeof target === "function" ? target : target.constructor;
  if (typeof owner !== "function" || !("asView" in owner)) return undefined;
  return typeof owner.asView === "function" ? owner.name : undefined;
}

// oxlint-disable-next-line typescript/no-unsafe-function-type -- any function may turn out to be a class
function isClass(target: Function): boolean {
  return /^class\b/.test(Function.prototype.toString.call(target));
}

function hintFor(target: unknown): string {
  const isList = Array.isArray(target);
  const isModule = typeof target === "object" && target !== null && "urlpatterns" in target;
  return isList || isModule ? "; more patterns go into include(…)" : "";
}
