/**
 * Matching one route against a path: what `path` and `rePath` have in common, and how `path` does it.
 *
 * Layer 3 (urls). Pure. Source: Django urls/resolvers.py (`RoutePattern`).
 */
import { ConverterError } from "./converters.ts";
import { type ParameterPart, parametersOf, parseRoute, type Route, toExpression } from "./route.ts";

/** Values by the name of their parameter. */
export type ParamValues = Readonly<Record<string, unknown>>;

/** What a route captured, and where the rest of the path begins. */
export interface RouteMatch {
  readonly params: ParamValues;
  /** What the groups without a name captured, of a regular expression that has no other. */
  readonly unnamed: readonly (string | undefined)[];
  readonly end: number;
}

export interface RouteMatcher {
  readonly route: Route;
  /** Matches against what follows `start`. */
  match(path: string, start: number): RouteMatch | undefined;
  /** Where the route's text ends, when it matches; nothing is converted. */
  endOf(path: string, start: number): number | undefined;
}

export const NO_PARAMS: ParamValues = Object.freeze({});
export const NONE: readonly never[] = Object.freeze([]);

/** A route made of text and parameters. A `whole` one must reach the end of the path. */
export class PathMatcher implements RouteMatcher {
  readonly route: Route;
  readonly #whole: boolean;
  readonly #parameters: readonly ParameterPart[];
  readonly #expression: RegExp | undefined;

  constructor(source: string, whole: boolean) {
    const route = parseRoute(source);
    this.route = route;
    this.#whole = whole;
    this.#parameters = [...parametersOf(route.parts)];
    if (route.literal === undefined)
      this.#expression = new RegExp(toExpression(route.parts) + (whole ? "$" : ""), "sy");
  }

  match(path: string, start: number): RouteMatch | undefined {
    if (this.#expression === undefined) {
      const end = this.#endOfLiteral(path, start);
      return end === undefined ? undefined : { params: NO_PARAMS, unnamed: NONE, end };
    }
    const found = this.#exec(path, start);
    if (found === null) return undefined;
    const params = this.#convert(found);
    return params && { params, unnamed: NONE, end: start + found[0].length };
  }

  endOf(path: string, start: number): number | undefined {
    if (this.#expression === undefined) return this.#endOfLiteral(path, start);
    const found = this.#exec(path, start);
    return found === null ? undefined : start + found[0].length;
  }

  #exec(path: string, start: number): RegExpExecArray | null {
    const expression = this.#expression;
    if (expression === undefined) return null;
    expression.lastIndex = start;
    return expression.exec(path);
  }

  #endOfLiteral(path: string, start: number): number | undefined {
    const { literal = "" } = this.route;
    const end = start + literal.length;
    const fits = path.startsWith(literal, start) && (!this.#whole || end === path.length);
    return fits ? end : undefined;
  }

  /** Captured text → values; `undefined` when a converter refuses one, so that the pattern does not match. */
  #convert(found: RegExpExecArray): ParamValues | undefined {
    const params: Record<string, unknown> = {};
    try {
      for (const [index, part] of this.#parameters.entries()) {
        const text = found[index + 1];
        if (text !== undefined) params[part.name] = part.converter.toValue(text);
      }
      return params;
    } catch (error) {
      if (error instanceof ConverterError) return undefined;
      throw error;
    }
  }
}
