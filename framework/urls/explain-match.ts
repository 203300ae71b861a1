/**
 * Why a path leads where it does: every pattern that was tried, one by one, and the one that matches.
 *
 * Layer 3 (urls). Pure. For people (`devserver routes --match`): it does what the resolver means, without its index.
 */
import { type EntryChain, entryChains, levelsOf, methodsOf } from "./entry-chains.ts";
import type { URLEntry } from "./pattern.ts";

export interface Explanation {
  /** What matches, with what the view gets; `undefined` when nothing does. */
  readonly match: { readonly chain: EntryChain; readonly params: Params } | undefined;
  /** What was tried in vain before it, in order. */
  readonly tried: readonly Tried[];
}

export interface Tried {
  readonly chain: EntryChain;
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
  for (const chain of entryChains(entries)) {
    const params = matchChain(chain, path);
    const isOtherMethod = params !== undefined && !takesMethod(chain, method);
    if (params !== undefined && !isOtherMethod) return { match: { chain, params }, tried };
    tried.push({ chain, isOtherMethod });
  }
  return { match: undefined, tried };
}

/** HEAD is served by GET. */
export function takesMethod({ pattern }: EntryChain, method: string | undefined): boolean {
  const methods = methodsOf(pattern);
  if (method === undefined || methods === undefined) return true;
  return methods.includes(method) || (method === "HEAD" && methods.includes("GET"));
}

/** Level after level: none takes back what it gave to the level above. Extra values count more than captured ones. */
function matchChain(chain: EntryChain, path: string): Params | undefined {
  let position = 1;
  const params: Record<string, unknown> = {};
  for (const level of levelsOf(chain)) {
    const found = level.match(path, position);
    if (found === undefined) return undefined;
    Object.assign(params, found.params, Reflect.get(level, "kwargs"));
    position = found.end;
  }
  return params;
}
