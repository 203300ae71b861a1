/**
 * Every pattern of a site with the includes that lead to it, for checks and lists.
 *
 * Layer 3 (urls). Pure.
 */
import type { URLEntry, URLInclude, URLPattern } from "./pattern.ts";

/** A pattern, and the includes above it from the outermost in. */
export interface EntryChain {
  readonly includes: readonly URLInclude[];
  readonly pattern: URLPattern;
}

/** In the order in which they are tried. */
export function* entryChains(
  entries: readonly URLEntry[],
  includes: readonly URLInclude[] = [],
): Generator<EntryChain> {
  for (const entry of entries) {
    if (entry.kind === "pattern") yield { includes, pattern: entry };
    else yield* entryChains(entry.urlpatterns, [...includes, entry]);
  }
}

/** All levels, from the outermost in. */
export function levelsOf({ includes, pattern }: EntryChain): readonly URLEntry[] {
  return [...includes, pattern];
}

/** The routes of all levels, joined. An inner regular expression loses its `^`. */
export function fullRoute(levels: readonly URLEntry[]): string {
  return levels
    .map(({ route }, index) => (index === 0 ? route : route.replace(/^\^/, "")))
    .join("");
}

/** `polls:choices:detail`; `undefined` for a pattern without a name. */
export function fullName({ includes, pattern }: EntryChain): string | undefined {
  if (pattern.name === undefined) return undefined;
  return [...namespacesOf(includes), pattern.name].join(":");
}

export function namespacesOf(includes: readonly URLInclude[]): string[] {
  return includes.flatMap(({ namespace }) => namespace ?? []);
}

/** What the pattern declares it takes; `undefined` for every method. */
export function methodsOf(pattern: URLPattern): readonly string[] | undefined {
  const methods: unknown = Reflect.get(pattern, "methods");
  return Array.isArray(methods) ? methods.map(String) : undefined;
}

/** Made by `rePath`: its route is the source of an expression. */
export function isRegExpEntry(entry: URLEntry): boolean {
  return expressionOf(entry) !== undefined;
}

export function expressionOf(entry: URLEntry): unknown {
  return Reflect.get(entry.parsed, "expression");
}

/** The name of a view as its author knows it. */
export function viewName(pattern: URLPattern): string {
  return pattern.view.name === "" ? "(anonymous)" : pattern.view.name;
}
