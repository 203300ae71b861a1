/**
 * Decorators: which request methods a view takes.
 *
 * Layer 6 (views). Source: Django views/decorators/http.py; RFC 9110 sections 9.3.2 and 15.5.6.
 * The list is also the view's `methods`, where the resolver and `devserver routes` read it.
 * Errors: `ImproperlyConfigured` for a list that is none. Differs from Django: whoever takes GET takes HEAD too.
 */
import { ImproperlyConfigured } from "../../exceptions.ts";
import type { View } from "../../urls/route-params.ts";
import { methodNotAllowed } from "../method-not-allowed.ts";
import { wrapView } from "../wrap-view.ts";

/** A view for these methods; others are answered 405, with `Allow`. */
export function requireMethods<P>(methods: readonly string[], view: View<P>): View<P> {
  const allowed = allowedMethods(methods);
  const isAllowed = new Set(allowed);
  return wrapView<P>(
    view,
    (request, params) =>
      isAllowed.has(request.method) ? view(request, params) : methodNotAllowed(request, allowed),
    { methods: allowed },
  );
}

/** For GET and HEAD. */
export function requireGET<P>(view: View<P>): View<P> {
  return requireMethods(["GET"], view);
}

/** For POST. */
export function requirePOST<P>(view: View<P>): View<P> {
  return requireMethods(["POST"], view);
}

/** For methods that change nothing: GET and HEAD. */
export function requireSafe<P>(view: View<P>): View<P> {
  return requireMethods(["GET", "HEAD"], view);
}

/** With HEAD behind the GET that it comes with. */
function allowedMethods(methods: readonly string[]): string[] {
  if (!Array.isArray(methods) || methods.length === 0 || !methods.every(isToken)) {
    throw new ImproperlyConfigured(
      `requireMethods takes an array of methods such as ["GET", "POST"]; found ${JSON.stringify(methods)}`,
    );
  }
  const names = methods.map((method) => method.toUpperCase());
  return [...new Set(names.flatMap((name) => (name === "GET" ? ["GET", "HEAD"] : [name])))];
}

function isToken(method: unknown): method is string {
  return typeof method === "string" && /^[\w!#$%&'*+.^`|~-]+$/.test(method);
}
