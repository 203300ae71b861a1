/**
 * `reverse(name, params)`: the URL of a view, checked by the compiler and by the resolver.
 *
 * Layer 3 (urls). Errors: `NoReverseMatch`. Source: Django urls/base.py (`reverse`).
 * Differs from Django: inside a request its `currentApp` counts, as in `{% url %}`. There is no `reverse_lazy`: where
 * names are not known yet, `() => reverse(name)` says the same.
 */
import { QueryDict } from "../http/query-dict.ts";
import { describeValue } from "../utils/describe.ts";
import { currentRequest, resolverFor, siteOptionsOf } from "./current-site.ts";
import type { ReverseTarget } from "./reverse-index.ts";
import { NO_PARAMS, type ParamValues } from "./route-matcher.ts";
import type { ReverseArguments, ReverseParams, Routes } from "./route-names.ts";
import type { View } from "./route-params.ts";
import type { URLConf } from "./urlconf.ts";

export interface ReverseOptions {
  /** Becomes what follows the `?`. An array gives its key several times. */
  readonly query?:
    | QueryDict
    | URLSearchParams
    | Readonly<Record<string, QueryValue | readonly QueryValue[]>>;
  /** Becomes what follows the `#`, as it is. */
  readonly fragment?: string;
  /** The instance that is meant by the name of an application. @default that of the current request */
  readonly currentApp?: string;
  /** Whose names? @default those of the site at work */
  readonly urlconf?: URLConf;
}

const NO_OPTIONS: ReverseOptions = {};

type QueryValue = string | number | boolean;

/**
 * The URL path of the pattern called `target`, with its parameters filled in; or of a view: of the pattern registered
 * last for it that these parameters fit. One signature, since overloads would hide the names of parameters from editors.
 */
export function reverse<
  Target extends keyof Routes | View,
  Given extends (Target extends keyof Routes ? ReverseParams<Target> : object),
>(
  target: Target,
  ...rest: Target extends keyof Routes
    ? ReverseArguments<Target, Given, ReverseOptions>
    : [params?: object, options?: ReverseOptions]
): string;
export function reverse(target: ReverseTarget, params?: object, options?: ReverseOptions): string {
  return reverseUnchecked(target, params, options);
}

/** The same for callers inside the framework, whose names come from a project and are not known to its compiler. */
export function reverseUnchecked(
  target: ReverseTarget,
  params: object = NO_PARAMS,
  options: ReverseOptions = NO_OPTIONS,
): string {
  const { query, fragment, currentApp, urlconf } = options;
  const resolver = resolverFor("reverse", target, urlconf);
  const site = siteOptionsOf(currentRequest());
  const asked = currentApp === undefined ? site : { ...site, currentApp };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- any object has values by name, whatever they are
  const values = params as ParamValues;
  return resolver.reverse(target, values, asked) + formatQuery(query) + formatFragment(fragment);
}

function formatQuery(query: ReverseOptions["query"]): string {
  if (query === undefined) return "";
  const text = query instanceof QueryDict ? query.toString() : toSearch(query).toString();
  return text === "" ? "" : `?${text}`;
}

function toSearch(query: Exclude<ReverseOptions["query"], QueryDict | undefined>): URLSearchParams {
  if (query instanceof URLSearchParams) return query;
  const result = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const single of Array.isArray(value) ? value : [value]) result.append(key, String(single));
  }
  return result;
}

/** An empty one still has its `#`. */
function formatFragment(fragment: string | undefined): string {
  if (fragment === undefined) return "";
  if (typeof fragment === "string") return `#${fragment}`;
  throw new TypeError(`fragment must be a string; found ${describeValue(fragment)}`);
}
