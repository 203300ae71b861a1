/**
 * `path`, `rePath` and `include`: how a project writes its `urlpatterns`.
 *
 * Layer 3 (urls). Source: Django urls/conf.py. Errors: `ImproperlyConfigured` for a route that cannot be
 * parsed, a view that is none, an include that is none; each names the file and line of the call.
 */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { getCallSites } from "node:util";
import { ImproperlyConfigured } from "../exceptions.ts";
import { describeValue, errorMessage } from "../utils/describe.ts";
import { type EntryOptions, URLInclude, URLPattern, type URLEntry } from "./pattern.ts";
import { sourceOf } from "./regex-matcher.ts";
import type { Params, RegExpParams, RegExpRoute, View } from "./route-params.ts";
import { checkView } from "./view-callable.ts";

/** What `include` returns: entries on their way into a `path`. */
export class Included<NS extends string, L extends readonly URLEntry[]> {
  readonly urlpatterns: L;
  readonly namespace: NS | undefined;
  readonly appName: string | undefined;

  constructor(urlpatterns: L, namespace: NS | undefined, appName?: string) {
    this.urlpatterns = urlpatterns;
    this.namespace = namespace;
    this.appName = appName;
  }
}

/** What a pattern may have besides its view. */
export interface PatternOptions<N extends string, K extends object> {
  /** What `reverse` and `{% url %}` know it by. */
  readonly name?: N;
  /** More values for the view's `params`; they count more than what the route captured. */
  readonly kwargs?: K;
  /** The request methods it takes, and no others: see pattern.ts. @default those that the view declares, else all */
  readonly methods?: readonly string[];
}

/** What an include may have: values for every view below it, unless something below says otherwise. */
export interface IncludeOptions {
  readonly kwargs?: object;
}

/** All options, of either kind. */
type AnyOptions = PatternOptions<string, object>;
type Target = View | Included<string, readonly URLEntry[]>;

/** A view at a route. The view's `params` have the types of the route's converters, and of `kwargs`. */
export function path<
  const R extends string,
  const N extends string = never,
  // oxlint-disable-next-line typescript/no-empty-object-type -- no extra values: the neutral element of `&`
  const K extends object = {},
>(route: R, view: View<Params<R> & NoInfer<K>>, options?: PatternOptions<N, K>): URLPattern<R, N>;
/** More entries below a route. */
export function path<
  const R extends string,
  const NS extends string,
  const L extends readonly URLEntry[],
>(route: R, included: Included<NS, L>, options?: IncludeOptions): URLInclude<R, NS, L>;
export function path(route: string, target: Target, options: AnyOptions = {}): URLEntry {
  const location = callerLocation();
  return withLocation(location, () => {
    checkRoute(route);
    return makeEntry(route, target, options, { location });
  });
}

/**
 * A view where a regular expression matches. Anchor it yourself: `/^articles\/(?<year>[0-9]{4})\/$/`. The groups are the
 * view's `params`, as strings: by their names; when none has a name, by their numbers, from 0 on.
 */
export function rePath<const N extends string = never>(
  regex: RegExp,
  view: View,
  options?: PatternOptions<N, object>,
): URLPattern<RegExpRoute<string>, N>;
/** Written as a string (`String.raw` has no literal type), its groups are known to the compiler too. */
export function rePath<const S extends string, const N extends string = never>(
  regex: S,
  view: View<RegExpParams<S>>,
  options?: PatternOptions<N, object>,
): URLPattern<RegExpRoute<S>, N>;
/** More entries where a regular expression matches; they see what follows the match. */
export function rePath<const NS extends string, const L extends readonly URLEntry[]>(
  regex: RegExp | string,
  included: Included<NS, L>,
  options?: IncludeOptions,
): URLInclude<string, NS, L>;
export function rePath(regex: RegExp | string, target: Target, options: AnyOptions = {}): URLEntry {
  const location = callerLocation();
  return withLocation(location, () => {
    if (typeof regex !== "string" && !(regex instanceof RegExp)) {
      throw new ImproperlyConfigured(
        `rePath takes a regular expression; found ${describeValue(regex)}`,
      );
    }
    return makeEntry(sourceOf(regex), target, options, { location, regex });
  });
}

function checkRoute(route: unknown): void {
  if (typeof route === "string") return;
  const hint = route instanceof RegExp ? "; a regular expression goes into rePath(…)" : "";
  throw new ImproperlyConfigured(`a route is a string; found ${describeValue(route)}${hint}`);
}

function makeEntry(
  route: string,
  target: Target,
  options: AnyOptions,
  own: EntryOptions,
): URLEntry {
  const { name, kwargs, methods } = checkOptions(options, route);
  const entry = { ...own, kwargs };
  if (!(target instanceof Included)) {
    checkView(target, route);
    return new URLPattern(route, target, { ...entry, name, methods });
  }
  if (name !== undefined || methods !== undefined) {
    throw new ImproperlyConfigured(
      `the include at URL route '${route}' can have no name and no methods: those belong to its patterns`,
    );
  }
  const { urlpatterns, namespace, appName } = target;
  return new URLInclude(route, urlpatterns, { ...entry, namespace, appName });
}

function checkOptions(options: AnyOptions, route: string): AnyOptions {
  const isName = typeof options === "string";
  if (isName || typeof options !== "object" || options === null) {
    throw new ImproperlyConfigured(
      `the options of URL route '${route}' must be an object such as { name: "detail" }; found ${describeValue(options)}`,
    );
  }
  const { name, kwargs } = options;
  if (name !== undefined && typeof name !== "string") {
    throw new ImproperlyConfigured(
      `the name of URL route '${route}' must be a string; found ${describeValue(name)}`,
    );
  }
  if (
    kwargs !== undefined &&
    (typeof kwargs !== "object" || kwargs === null || Array.isArray(kwargs))
  ) {
    throw new ImproperlyConfigured(
      `kwargs of URL route '${route}' must be an object; found ${describeValue(kwargs)}`,
    );
  }
  return options;
}

/** What a URLconf module exports, for `include`. */
export interface IncludedURLConf<L extends readonly URLEntry[], A extends string> {
  readonly urlpatterns: L;
  /** The application's name: what its instances have in common. */
  readonly appName?: A;
}

/**
 * Entries for `path("prefix/", include(entries, { namespace: "polls" }))`, or a whole module: `include(polls)` after
 * `import * as polls from "./polls/urls.ts"`. `namespace` names this instance, `appName` the application; each
 * stands for the other where only one is given. Without either, the names stay as they are.
 */
export function include<
  const L extends readonly URLEntry[],
  const NS extends string = never,
  const A extends string = never,
>(
  target: L | IncludedURLConf<L, A>,
  options: { readonly namespace?: NS; readonly appName?: A } = {},
): Included<[NS] extends [never] ? A : NS, L> {
  return withLocation(callerLocation(), () => {
    const { urlpatterns, appName } = includedConf<L, A>(target);
    const app = checkNamespace("appName", options.appName ?? appName);
    const namespace = checkNamespace("namespace", options.namespace) ?? app;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the type says what `??` does above
    const instance = namespace as ([NS] extends [never] ? A : NS) | undefined;
    return new Included(urlpatterns, instance, app ?? namespace);
  });
}

function includedConf<L extends readonly URLEntry[], A extends string>(
  target: L | IncludedURLConf<L, A>,
): IncludedURLConf<L, A> {
  if (typeof target === "object" && target !== null && "urlpatterns" in target) {
    if (target instanceof Included)
      throw new ImproperlyConfigured("include() of an include(…): one of them is enough");
    checkEntries(target.urlpatterns, "the urlpatterns given to include()");
    return target;
  }
  checkEntries(target, "include()");
  return { urlpatterns: target };
}

function checkNamespace<Name extends string>(
  what: string,
  name: Name | undefined,
): Name | undefined {
  if (name === undefined || (typeof name === "string" && /^[^:]+$/.test(name))) return name;
  throw new ImproperlyConfigured(
    `the ${what} given to include() must be a string without ":"; found ${describeValue(name)}`,
  );
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
export function callerLocation(): string {
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
