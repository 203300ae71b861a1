/**
 * `path` and `include`: how a project writes its `urlpatterns`.
 *
 * Layer 3 (urls). Source: Django urls/conf.py. Errors: `ImproperlyConfigured` for a route that cannot be
 * parsed, a view that is none, an include that is none; each names the file and line of the call.
 */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { getCallSites } from "node:util";
import { ImproperlyConfigured } from "../exceptions.ts";
import { describeValue, errorMessage } from "../utils/describe.ts";
import { URLInclude, URLPattern, type URLEntry } from "./pattern.ts";
import type { Params, View } from "./route-params.ts";

/** What `include` returns: entries on their way into a `path`. */
export class Included<NS extends string, L extends readonly URLEntry[]> {
  readonly urlpatterns: L;
  readonly namespace: NS | undefined;

  constructor(urlpatterns: L, namespace: NS | undefined) {
    this.urlpatterns = urlpatterns;
    this.namespace = namespace;
  }
}

/** A view at a route. The view's `params` have the types of the route's converters. */
export function path<const R extends string, const N extends string = never>(
  route: R,
  view: View<Params<R>>,
  options?: { readonly name?: N },
): URLPattern<R, N>;
/** More entries below a route. */
export function path<
  const R extends string,
  const NS extends string,
  const L extends readonly URLEntry[],
>(route: R, included: Included<NS, L>): URLInclude<R, NS, L>;
export function path(
  route: string,
  target: View | Included<string, readonly URLEntry[]>,
  options: { readonly name?: string } = {},
): URLEntry {
  const location = callerLocation();
  return withLocation(location, () => {
    if (typeof route !== "string")
      throw new ImproperlyConfigured(`a route is a string; found ${describeValue(route)}`);
    if (target instanceof Included) {
      return new URLInclude(route, target.urlpatterns, { namespace: target.namespace, location });
    }
    if (typeof target !== "function") {
      throw new ImproperlyConfigured(
        `the view of URL route '${route}' must be a function or include(…); found ${describeValue(target)}`,
      );
    }
    return new URLPattern(route, target, { name: options.name, location });
  });
}

/** Entries for `path("prefix/", include(entries, { namespace: "polls" }))`. Without a namespace their names stay as they are. */
export function include<const L extends readonly URLEntry[], const NS extends string = never>(
  urlpatterns: L,
  options: { readonly namespace?: NS } = {},
): Included<NS, L> {
  return withLocation(callerLocation(), () => {
    checkEntries(urlpatterns, "include()");
    return new Included(urlpatterns, options.namespace);
  });
}

/** Throws `ImproperlyConfigured` unless every element was made by `path`. `where` names the list in the message. */
export function checkEntries(
  urlpatterns: unknown,
  where: string,
): asserts urlpatterns is readonly URLEntry[] {
  if (!Array.isArray(urlpatterns)) {
    throw new ImproperlyConfigured(
      `${where} takes an array of path(…) entries; found ${describeValue(urlpatterns)}`,
    );
  }
  for (const [index, entry] of urlpatterns.entries()) {
    if (entry instanceof URLPattern || entry instanceof URLInclude) continue;
    throw new ImproperlyConfigured(
      `element ${index} of ${where} must be made by path(…); found ${describeValue(entry)}`,
    );
  }
}

/** `polls/urls.ts:12`: who called the function that called this one, seen from the folder where the process runs. */
function callerLocation(): string {
  const site = getCallSites(3)[2];
  return site === undefined ? "unknown" : `${shortPath(site.scriptName)}:${site.lineNumber}`;
}

/** ES modules are named by their URL, CommonJS modules by their path. */
function shortPath(script: string): string {
  const file = script.startsWith("file:") ? fileURLToPath(script) : script;
  const fromHere = relative(process.cwd(), file);
  return fromHere.startsWith("..") ? file : fromHere;
}

function withLocation<Result>(location: string, make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ImproperlyConfigured)) throw error;
    throw new ImproperlyConfigured(`${location}: ${errorMessage(error)}`, { cause: error });
  }
}
