/**
 * `reverse(name, params)`: the URL of a view, checked by the compiler and by the resolver.
 *
 * Layer 3 (urls). Errors: `NoReverseMatch`.
 * Which patterns? Those of the application whose request is being handled (an AsyncLocalStorage that
 * the handler enters), outside of a request those of the application built last. See
 * docs/decisions/005-current-resolver.md.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { ImproperlyConfigured } from "../exceptions.ts";
import { QueryDict } from "../http/query-dict.ts";
import type { URLResolver } from "./resolver.ts";
import type { ReverseArguments, ReverseParams, Routes } from "./route-names.ts";

export interface ReverseOptions {
  /** Becomes what follows the `?`. An array gives its key several times. */
  readonly query?:
    | QueryDict
    | URLSearchParams
    | Readonly<Record<string, QueryValue | readonly QueryValue[]>>;
  /** Becomes what follows the `#`. */
  readonly fragment?: string;
}

type QueryValue = string | number | boolean;

const current = new AsyncLocalStorage<URLResolver>();
let latest: URLResolver | undefined;

/** Makes `resolver` the one that `reverse` uses inside `call` and whatever it starts. */
export function withResolver<Result>(resolver: URLResolver, call: () => Result): Result {
  return current.run(resolver, call);
}

/** Makes `resolver` the one that `reverse` uses outside of requests. */
export function setDefaultResolver(resolver: URLResolver): void {
  latest = resolver;
}

/** The URL path of the pattern called `name`, with its parameters filled in. */
export function reverse<Name extends keyof Routes, Given extends ReverseParams<Name>>(
  name: Name,
  ...rest: ReverseArguments<Name, Given, ReverseOptions>
): string;
export function reverse(name: string, params?: object, options?: ReverseOptions): string {
  return reverseUnchecked(name, params, options);
}

/** The same for callers inside the framework, whose names come from a project and are not known to its compiler. */
export function reverseUnchecked(
  name: string,
  params?: object,
  options: ReverseOptions = {},
): string {
  const resolver = current.getStore() ?? latest;
  if (resolver === undefined) {
    throw new ImproperlyConfigured(
      `reverse("${name}") was called before any application was built; call it inside a view or after getWSGIApplication(settings)`,
    );
  }
  const query = options.query === undefined ? "" : formatQuery(options.query);
  const fragment = options.fragment === undefined ? "" : `#${options.fragment}`;
  return resolver.reverse(name, { ...params }) + (query === "" ? "" : `?${query}`) + fragment;
}

function formatQuery(query: NonNullable<ReverseOptions["query"]>): string {
  if (query instanceof QueryDict || query instanceof URLSearchParams) return query.toString();
  const result = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const single of Array.isArray(value) ? value : [value]) result.append(key, String(single));
  }
  return result.toString();
}
