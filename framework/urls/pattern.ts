/**
 * The two kinds of entries of `urlpatterns`: a pattern with a view, and an include with more entries.
 *
 * Layer 3 (urls). Source: Django urls/resolvers.py (`URLPattern`, `URLResolver`).
 * Order is meaning: the first entry that matches wins; an include that matches but whose entries do
 * not falls through to its next sibling.
 */
import { ConverterError } from "./converters.ts";
import { parseRoute, type Route, toExpression } from "./route.ts";
import type { IncludeShape, PatternShape, View } from "./route-params.ts";

export type URLEntry = URLPattern | URLInclude;

/** What a route captured, and where the rest of the path begins. */
export interface RouteMatch {
  readonly params: Readonly<Record<string, unknown>>;
  readonly end: number;
}

const NO_PARAMS: Readonly<Record<string, unknown>> = Object.freeze({});

/** Matches one route against a path from a position on. `whole` routes must reach the end of the path. */
class RouteMatcher {
  readonly route: Route;
  readonly #expression: RegExp | undefined;
  readonly #whole: boolean;

  constructor(source: string, whole: boolean) {
    this.route = parseRoute(source);
    this.#whole = whole;
    if (this.route.literal === undefined) {
      this.#expression = new RegExp(toExpression(this.route.parts) + (whole ? "$" : ""), "sy");
    }
  }

  match(path: string, start: number): RouteMatch | undefined {
    const { literal } = this.route;
    if (literal === undefined) return this.#matchExpression(path, start);
    const end = start + literal.length;
    const fits = path.startsWith(literal, start) && (!this.#whole || end === path.length);
    return fits ? { params: NO_PARAMS, end } : undefined;
  }

  #matchExpression(path: string, start: number): RouteMatch | undefined {
    const expression = this.#expression;
    if (expression === undefined) return undefined;
    expression.lastIndex = start;
    const found = expression.exec(path);
    if (found === null) return undefined;
    const params = convert(this.route, found.groups ?? {});
    return params === undefined ? undefined : { params, end: expression.lastIndex };
  }
}

/** Captured text → values; `undefined` when a converter refuses one, so that the pattern does not match. */
function convert(
  route: Route,
  groups: Readonly<Record<string, string | undefined>>,
): Record<string, unknown> | undefined {
  const params: Record<string, unknown> = {};
  try {
    let index = 0;
    for (const part of parametersOf(route.parts)) {
      const text = groups[`p${index++}`];
      if (text !== undefined) params[part.name] = part.converter.toValue(text);
    }
    return params;
  } catch (error) {
    if (error instanceof ConverterError) return undefined;
    throw error;
  }
}

function* parametersOf(
  parts: Route["parts"],
): Generator<Extract<Route["parts"][number], { kind: "parameter" }>> {
  for (const part of parts) {
    if (part.kind === "parameter") yield part;
    else if (part.kind === "optional") yield* parametersOf(part.parts);
  }
}

/** What the two kinds of entries have in common: a route, and where it was declared. */
abstract class RoutedEntry<R extends string> {
  readonly route: R;
  /** Where it was declared, as `file:line`; for messages. */
  readonly location: string;
  readonly #matcher: RouteMatcher;

  constructor(route: R, location: string, whole: boolean) {
    this.route = route;
    this.location = location;
    this.#matcher = new RouteMatcher(route, whole);
  }

  get parsed(): Route {
    return this.#matcher.route;
  }

  match(path: string, start: number): RouteMatch | undefined {
    return this.#matcher.match(path, start);
  }
}

/** A route and the view behind it. Made by `path`. */
export class URLPattern<R extends string = string, N extends string = string>
  extends RoutedEntry<R>
  implements PatternShape<R, N>
{
  readonly kind = "pattern";
  readonly name: N | undefined;
  readonly view: View;

  constructor(
    route: R,
    view: View,
    options: { readonly name: N | undefined; readonly location: string },
  ) {
    super(route, options.location, true);
    this.view = view;
    this.name = options.name;
  }
}

/** A route prefix and the entries below it. Made by `path` with `include`. */
export class URLInclude<
  R extends string = string,
  NS extends string = string,
  L extends readonly URLEntry[] = readonly URLEntry[],
>
  extends RoutedEntry<R>
  implements IncludeShape<R, NS, L>
{
  readonly kind = "include";
  readonly namespace: NS | undefined;
  readonly urlpatterns: L;

  constructor(
    route: R,
    urlpatterns: L,
    options: { readonly namespace: NS | undefined; readonly location: string },
  ) {
    super(route, options.location, false);
    this.urlpatterns = urlpatterns;
    this.namespace = options.namespace;
  }
}
