/**
 * Finding the first pattern that matches a path, without trying those before it.
 *
 * Layer 3 (urls). Pure. What it finds is what the walk in order (linear-walk.ts) finds: the tree only tells which
 * patterns can match at all, and of these the first one in order that does wins. See docs/decisions/010-resolver-index.md.
 * Differs from the walk: a converter is asked only when the whole path fits its pattern.
 */
import { type Chain, chainsOf } from "./chain.ts";
import type { URLEntry } from "./pattern.ts";
import { RouteLeaf } from "./route-leaf.ts";
import type { ParamValues } from "./route-matcher.ts";
import { RouteNode, Search } from "./route-node.ts";

/** The pattern that matched, and with what. */
export interface Found {
  readonly chain: Chain;
  readonly params: ParamValues;
  readonly captured: ParamValues;
}

/** The path is known, but no pattern takes the method. */
export class WrongMethod {
  /** What `Allow` lists: the methods of all patterns that match the path, and OPTIONS. */
  readonly allow: readonly string[];

  constructor(allow: Iterable<string>) {
    this.allow = [...new Set(allow).add("OPTIONS")];
  }
}

/** A pattern that matches one path only. */
interface Literal {
  readonly leaf: RouteLeaf;
  /** No pattern before it can match the same path. Found out when it is first asked for. */
  isFirst: boolean | undefined;
}

export class RouteIndex {
  readonly #root = new RouteNode();
  readonly #literals = new Map<string, Literal>();

  constructor(entries: readonly URLEntry[]) {
    let order = 0;
    for (const chain of chainsOf(entries)) {
      const leaf = new RouteLeaf(chain, order++);
      this.#root.add(leaf);
      const path = leaf.literal === undefined ? undefined : `/${leaf.literal}`;
      if (path !== undefined && !this.#literals.has(path))
        this.#literals.set(path, { leaf, isFirst: undefined });
    }
  }

  /** `path` is decoded. Without a `method` every pattern takes it. */
  find(path: string, method?: string): Found | WrongMethod | undefined {
    const literal = this.#literals.get(path);
    if (literal !== undefined && this.#isFirst(literal, path) && literal.leaf.allows(method)) {
      const { leaf } = literal;
      return foundAt(leaf, path);
    }
    if (!path.startsWith("/")) return undefined;
    const { first, others } = this.#search(path, method);
    if (first === undefined) return undefined;
    if (others === undefined && first.allows(method)) return foundAt(first, path);
    return firstOf([first, ...(others ?? [])], path, method);
  }

  #isFirst(literal: Literal, path: string): boolean {
    literal.isFirst ??= this.#isFirstOf(literal.leaf, path);
    return literal.isFirst;
  }

  #isFirstOf(leaf: RouteLeaf, path: string): boolean {
    const { first, others = [] } = this.#search(path, undefined);
    return [first, ...others].every((other) => other !== undefined && other.order >= leaf.order);
  }

  #search(path: string, method: string | undefined): Search {
    const search = new Search(path, method);
    this.#root.find(search, 1);
    return search;
  }
}

function foundAt(leaf: RouteLeaf, path: string): Found | undefined {
  const match = leaf.match(path);
  if (match === undefined) return undefined;
  return { chain: leaf.chain, params: match.params, captured: match.captured };
}

function firstOf(
  leaves: RouteLeaf[],
  path: string,
  method: string | undefined,
): Found | WrongMethod | undefined {
  const allow: string[] = [];
  for (const leaf of leaves.toSorted((a, b) => a.order - b.order)) {
    const found = foundAt(leaf, path);
    if (found === undefined) continue;
    if (leaf.allows(method)) return found;
    allow.push(...(leaf.chain.pattern.allowedMethods ?? []));
  }
  return allow.length === 0 ? undefined : new WrongMethod(allow);
}
