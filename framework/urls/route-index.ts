/**
 * Finding the first pattern that matches a path, without trying those before it.
 *
 * Layer 3 (urls). Pure. What it finds is what the walk in order (linear-walk.ts) finds: the tree only tells which
 * patterns can match at all, and of these the first one in order that does wins. See docs/decisions/010-resolver-index.md.
 * Differs from the walk: a converter is asked only when the whole path fits its pattern.
 */
import { chainsOf } from "./chain.ts";
import { LiteralRoutes } from "./literal-routes.ts";
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
  readonly #literals: LiteralRoutes;
  readonly #root = new RouteNode();
  /** Used again and again: no code but ours runs during a search. */
  readonly #search = new Search();

  constructor(entries: readonly URLEntry[]) {
    this.#entries = entries;
    const leaves = [...chainsOf(entries)].map((chain, order) => new RouteLeaf(chain, order));
    for (const leaf of leaves) this.#root.add(leaf);
    this.#literals = new LiteralRoutes(leaves);
  }

  /** `path` is decoded. Without a `method` every pattern takes it. */
  find(path: string, method?: string): ResolverMatch | WrongMethod | undefined {
    const literal = this.#literals.get(path, this.#isFirst);
    if (literal?.allows(method) === true) return this.#matchOf(literal, path, method);
    const { first, others } = this.#searchFor(path, method);
    if (first === undefined) return undefined;
    if (others === undefined && first.allows(method)) return this.#matchOf(first, path, method);
    return this.#firstOf([first, ...(others ?? [])], path, method);
  }

  #searchFor(path: string, method: string | undefined): Search {
    this.#search.start(path, method);
    if (path.charCodeAt(0) === SLASH) this.#root.find(this.#search, 1);
    return this.#search;
  }

  /** Whether no leaf before this one fits its only path. */
  readonly #isFirst = (leaf: RouteLeaf): boolean => {
    const { first, others = [] } = this.#searchFor(leaf.literal ?? "", undefined);
    return [first, ...others].every((other) => other !== undefined && other.order >= leaf.order);
  };

  #matchOf(leaf: RouteLeaf, path: string, method: string | undefined): ResolverMatch | undefined {
    const params = leaf.match(path);
    return params && new ResolverMatch(leaf.chain, params, this.#entries, path, method);
  }

  /** The first of these, in order, that matches and takes the method. */
  #firstOf(
    leaves: RouteLeaf[],
    path: string,
    method: string | undefined,
  ): ResolverMatch | WrongMethod | undefined {
    const allow: string[] = [];
    for (const leaf of leaves.toSorted((a, b) => a.order - b.order)) {
      const match = this.#matchOf(leaf, path, method);
      if (match === undefined) continue;
      if (leaf.allows(method)) return match;
      allow.push(...(leaf.chain.pattern.allowedMethods ?? []));
    }
    return allow.length === 0 ? undefined : new WrongMethod(allow);
  }
}
