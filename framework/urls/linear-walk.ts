/**
 * Resolving as it is defined: one entry after another, in the order of the lists.
 *
 * Layer 3 (urls). Pure. Source: Django urls/resolvers.py (`URLResolver.resolve`). The index (route-index.ts) finds the
 * same pattern without trying all others; this walk says what was tried, for whoever wants to know.
 */
import { Chain, type ChainMatch } from "./chain.ts";
import type { URLEntry, URLInclude } from "./pattern.ts";
import type { RouteMatch } from "./route-matcher.ts";

export interface Walk {
  /** The pattern that matched, with the includes above it. */
  readonly found: (ChainMatch & { readonly chain: Chain }) | undefined;
  /** Each chain of entries that was tried, in order; the last is the one that matched, if one did. */
  readonly tried: readonly (readonly URLEntry[])[];
}

/** `path` starts with a slash. Without a `method` every pattern takes it. */
export function walkInOrder(entries: readonly URLEntry[], path: string, method?: string): Walk {
  const tried: URLEntry[][] = [];
  const walker = new Walker(path, method, tried);
  const found = path.startsWith("/") ? walker.walk(entries, 1, [], []) : undefined;
  return { found, tried };
}

class Walker {
  readonly #path: string;
  readonly #method: string | undefined;
  readonly #tried: URLEntry[][];

  constructor(path: string, method: string | undefined, tried: URLEntry[][]) {
    this.#path = path;
    this.#method = method;
    this.#tried = tried;
  }

  walk(
    entries: readonly URLEntry[],
    start: number,
    includes: readonly URLInclude[],
    above: readonly RouteMatch[],
  ): Walk["found"] {
    for (const entry of entries) {
      const match = entry.match(this.#path, start);
      if (match === undefined || entry.kind === "pattern") {
        this.#tried.push([...includes, entry]);
        if (match === undefined || entry.kind === "include") continue;
        if (this.#method !== undefined && !entry.allows(this.#method)) continue;
        const chain = new Chain(includes, entry);
        return { chain, ...chain.merge([...above, match]) };
      }
      const before = this.#tried.length;
      const found = this.walk(
        entry.urlpatterns,
        match.end,
        [...includes, entry],
        [...above, match],
      );
      if (found !== undefined) return found;
      if (this.#tried.length === before) this.#tried.push([...includes, entry]);
    }
    return undefined;
  }
}
