/**
 * The two kinds of entries of `urlpatterns`: a pattern with a view, and an include with more entries.
 *
 * Layer 3 (urls). Source: Django urls/resolvers.py (`URLPattern`, `URLResolver`).
 * Order is meaning: the first entry that matches wins; an include that matches but whose entries do
 * not falls through to its next sibling. Of two patterns with the same path the first that also takes the
 * request's method wins: those of the `methods` option, else those of the view's own `methods` property
 * (see methods.ts), else all.
 */
import { MethodList } from "./methods.ts";
import { RegexMatcher } from "./regex-matcher.ts";
import type { Route } from "./route.ts";
import {
  NO_PARAMS,
  type ParamValues,
  PathMatcher,
  type RouteMatch,
  type RouteMatcher,
} from "./route-matcher.ts";
import type { IncludeShape, PatternShape, View } from "./route-params.ts";

export type URLEntry = URLPattern | URLInclude;

/** What both kinds are made with. */
export interface EntryOptions {
  /** Where it was declared, as `file:line`. */
  readonly location: string;
  /** Extra values for the view. */
  readonly kwargs?: object | undefined;
  /** Instead of the route, which then is its source. */
  readonly regex?: RegExp | string | undefined;
}

/** What the two kinds of entries have in common: a route, and where it was declared. */
abstract class RoutedEntry<R extends string> {
  /** Of `rePath`, the source of the regular expression. */
  readonly route: R;
  /** Where it was declared, as `file:line`; for messages. */
  readonly location: string;
  /** Values that every request below gets besides those of its path. */
  readonly kwargs: ParamValues;
  readonly #matcher: RouteMatcher;

  constructor(route: R, whole: boolean, { location, kwargs, regex }: EntryOptions) {
    this.route = route;
    this.location = location;
    this.kwargs = kwargs === undefined ? NO_PARAMS : Object.freeze({ ...kwargs });
    this.#matcher =
      regex === undefined ? new PathMatcher(route, whole) : new RegexMatcher(regex, whole);
  }

  get parsed(): Route {
    return this.#matcher.route;
  }

  /** Matches against what follows `start`. */
  match(path: string, start: number): RouteMatch | undefined {
    return this.#matcher.match(path, start);
  }

  /** As `match`, without the values. */
  endOf(path: string, start: number): number | undefined {
    return this.#matcher.endOf(path, start);
  }
}

/** A route and the view behind it. Made by `path` and `rePath`. */
export class URLPattern<R extends string = string, N extends string = string>
  extends RoutedEntry<R>
  implements PatternShape<R, N>
{
  readonly kind = "pattern";
  readonly name: N | undefined;
  readonly view: View;
  readonly #methods: MethodList | undefined;

  constructor(
    route: R,
    view: View,
    options: EntryOptions & {
      readonly name: N | undefined;
      readonly methods?: readonly string[] | undefined;
    },
  ) {
    super(route, true, options);
    this.view = view;
    this.name = options.name;
    const methods = options.methods ?? ("methods" in view ? view.methods : undefined);
    if (methods !== undefined) this.#methods = new MethodList(methods, `URL route '${route}'`);
  }

  /** The methods that the pattern or its view declares; `undefined` when it takes every method. */
  get methods(): readonly string[] | undefined {
    return this.#methods?.declared;
  }

  /** Those of `Allow`: with HEAD wherever there is GET. */
  get allowedMethods(): Iterable<string> | undefined {
    return this.#methods?.allowed;
  }

  allows(method: string): boolean {
    return this.#methods === undefined || this.#methods.allows(method);
  }
}

/** A route prefix and the entries below it. Made by `path` and `rePath` with `include`. */
export class URLInclude<
  R extends string = string,
  NS extends string = string,
  L extends readonly URLEntry[] = readonly URLEntry[],
>
  extends RoutedEntry<R>
  implements IncludeShape<R, NS, L>
{
  readonly kind = "include";
  /** The name of this instance of the application. */
  readonly namespace: NS | undefined;
  /** The name of the application: what its instances have in common. */
  readonly appName: string | undefined;
  readonly urlpatterns: L;

  constructor(
    route: R,
    urlpatterns: L,
    options: EntryOptions & {
      readonly namespace: NS | undefined;
      readonly appName?: string | undefined;
    },
  ) {
    super(route, false, options);
    this.urlpatterns = urlpatterns;
    this.namespace = options.namespace;
    this.appName = options.appName;
  }
}
