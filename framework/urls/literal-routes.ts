/**
 * The patterns that match one path only, by that path.
 *
 * Layer 3 (urls). Pure. Most paths of most sites have parameters: a look at the length and two characters of a path tells
 * nearly always that it is none of these, without a hash of the whole.
 */
import type { RouteLeaf } from "./route-leaf.ts";

interface Literal {
  readonly leaf: RouteLeaf;
  /** No pattern before it can match the same path. Found out when it is first asked for. */
  isFirst: boolean | undefined;
}

export class LiteralRoutes {
  readonly #literals: ReadonlyMap<string, Literal>;
  /** 1 for what some path looks like at first sight. */
  readonly #looks: Uint8Array;

  /** Leaves in order. */
  constructor(leaves: readonly RouteLeaf[]) {
    const literals = new Map<string, Literal>();
    for (const leaf of leaves) {
      if (leaf.literal !== undefined && !literals.has(leaf.literal))
        literals.set(leaf.literal, { leaf, isFirst: undefined });
    }
    this.#literals = literals;
    this.#looks = new Uint8Array(2 ** Math.ceil(Math.log2(16 * (literals.size + 1))));
    for (const path of literals.keys()) this.#looks[lookOf(path) & (this.#looks.length - 1)] = 1;
  }

  /** The leaf for `path`, if it is sure to be the first that matches; `isFirst` finds that out. */
  get(path: string, isFirst: (leaf: RouteLeaf) => boolean): RouteLeaf | undefined {
    if (this.#looks[lookOf(path) & (this.#looks.length - 1)] !== 1) return undefined;
    const literal = this.#literals.get(path);
    if (literal === undefined) return undefined;
    literal.isFirst ??= isFirst(literal.leaf);
    return literal.isFirst ? literal.leaf : undefined;
  }
}

function lookOf(path: string): number {
  const { length } = path;
  const middle = path.charCodeAt(length >> 1);
  return Math.imul(Math.imul(length, 31) ^ middle, 131) ^ (path.charCodeAt(length - 2) * 7);
}
