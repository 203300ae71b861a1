/**
 * Why a path leads where it does: every pattern that was tried, one by one, and the one that matches.
 *
 * Layer 3 (urls). Pure. For people (`devserver routes --match`): it does what the resolver means, without its index.
 */
import { type Chain, chainsOf } from "./chain.ts";
import type { URLEntry } from "./pattern.ts";

export interface Explanation {
  /** What matches, with what the view gets; `undefined` when nothing does. */
  readonly match: { readonly chain: Chain; readonly params: Params } | undefined;
  /** What was tried in vain before it, in order. */
  readonly tried: readonly Tried[];
}

export interface Tried {
  readonly chain: Chain;
  /** The path fits, but not the method. */
  readonly isOtherMethod: boolean;
}

type Params = Readonly<Record<string, unknown>>;

/** `path` is decoded and starts with a slash; without a `method` any will do. */
export function explainMatch(
  entries: readonly URLEntry[],
  path: string,
  method: string | undefined,
): Explanation {
  const tried: Tried[] = [];
  for (const chain of chainsOf(entries)) {
    const params = chain.match(path)?.params;
    const isOtherMethod = params !== undefined && !takesMethod(chain, method);
    if (params !== undefined && !isOtherMethod) return { match: { chain, params }, tried };
    tried.push({ chain, isOtherMethod });
  }
  return { match: undefined, tried };
}

export function takesMethod({ pattern }: Chain, method: string | undefined): boolean {
  return method === undefined || pattern.allows(method);
}
