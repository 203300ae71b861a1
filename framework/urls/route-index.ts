/**
 * Finding the first pattern that matches a path, without trying those before it.
 *
 * Layer 3 (urls). Pure. What it finds is what the walk in order (linear-walk.ts) finds: the tree only tells which
 * patterns can match at all, and of these the first one in order that does wins. See docs/decisions/010-resolver-index.md.
 * Differs from the walk: a converter is asked only when the whole path fits its pattern.
 */
import { chainsOf } from "./chain.ts";
import type { URLEntry } from "./pattern.ts";
import { ResolverMatch } from "./resolver-match.ts";
import { RouteLeaf } from "./route-leaf.ts";
import { RouteNode, Search } from "./route-node.ts";

const SLASH = 0x2f;

/** The path is known, but no pattern takes the method. */
export class WrongMethod {
  /** What `Allow` lists: the methods of all patterns that match the path, and OPTIONS. */
  readonly allow: readonly string[];

  constructor(allow: Iterable<string>) {
    this.allow = [...new Set(allow).add("OPTIONS")];
  }
}

export class RouteIndex {
  readonly #entries: readonly URLEntry[];
  readonly #root = new RouteNode();
  /** Used again and again: no code but ours runs during a search. */
  readonly #search = new Search();

  constructor(entries: readonly URLEntry[]) {
    this.#entries = entries;
    let order = 0;
    for (const chain of chainsOf(entries)) this.#root.add(new RouteLeaf(chain, order++));
  }

  /** `path` is decoded. Without a `method` every pattern takes it. */
  find(path: string, method?: string): ResolverMatch | WrongMethod | undefined {
    if (path.charCodeAt(0) !== SLASH) return undefined;
    this.#search.start(path, method);
    this.#root.find(this.#search, 1);
    const { first, others } = this.#search;
    if (first === undefined) return undefined;
    if (others !== undefined || !first.allows(method))
      return this.#firstOf([first, ...(others ?? [])], path, method);
    const params = first.match(path);
    return params && new ResolverMatch(first.chain, params, this.#entries, path, method);
  }

  /** The first of these, in order, that matches and takes the method. */
  #firstOf(
    leaves: RouteLeaf[],
    path: string,
    method: string | undefined,
  ): ResolverMatch | WrongMethod | undefined {
    const allow: string[] = [];
    for (const leaf of leaves.toSorted((a, b) => a.order - b.order)) {
      const params = leaf.match(path);
      if (params === undefined) continue;
      if (leaf.allows(method))
        return new ResolverMatch(leaf.chain, params, this.#entries, path, method);
      allow.push(...(leaf.chain.pattern.allowedMethods ?? []));
    }
    return allow.length === 0 ? undefined : new WrongMethod(allow);
  }
}
