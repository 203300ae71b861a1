/**
 * The tree of segments below the index of routes.
 *
 * Layer 3 (urls). Pure. A node stands for what was read of a path so far. Every node is visited at most once for a
 * path, since each segment is one step; so no path costs more than there are patterns whose segments fit it.
 */
import { getOrInsert } from "../utils/get-or-insert.ts";
import { PrefixTable } from "./prefix-table.ts";
import type { RouteLeaf } from "./route-leaf.ts";
import type { Token } from "./route-tokens.ts";
import type { SegmentKind } from "./segment-kind.ts";

/** What a walk through the tree finds: the leaves that a path fits, in no order. */
export class Search {
  path: string = "";
  method: string | undefined;
  /** Later leaves cannot win any more: this one is sure to match. */
  bound: number = Infinity;
  first: RouteLeaf | undefined;
  others: RouteLeaf[] | undefined;

  start(path: string, method: string | undefined): void {
    this.path = path;
    this.method = method;
    this.bound = Infinity;
    this.first = undefined;
    this.others = undefined;
  }

  /** False when a leaf after this one is not worth asking. */
  take(leaf: RouteLeaf): boolean {
    if (leaf.order > this.bound) return false;
    if (this.first === undefined) this.first = leaf;
    else (this.others ??= []).push(leaf);
    if (!leaf.isSure || !leaf.allows(this.method)) return true;
    this.bound = leaf.order;
    return false;
  }
}

/** A parameter that fills a segment; what comes after it, with and without a slash. */
interface ParameterStep {
  readonly kind: SegmentKind;
  /** What `kind` would say, without asking it: most parameters take any text. */
  readonly takesAll: boolean;
  readonly slash: RouteNode;
  readonly end: RouteNode;
}

/** A segment of text and parameters. */
interface MixedStep {
  readonly expression: RegExp;
  readonly slash: RouteNode;
  readonly end: RouteNode;
}

export class RouteNode {
  /** The first in order of all leaves below. */
  #order = Infinity;
  /** In order. The path ends here. */
  readonly #leaves: RouteLeaf[] = [];
  /** Of which only the beginning is known. */
  #rests: PrefixTable<RouteLeaf> | undefined;
  #texts: Map<string, RouteNode> | undefined;
  #parameters: ParameterStep[] | undefined;
  #mixed: PrefixTable<MixedStep> | undefined;
  /** Nothing but texts go on from here; nothing but one kind of parameter. */
  #hasOnlyTexts = false;
  #onlyParameter: ParameterStep | undefined;
  #mixedBySource: Map<string, MixedStep> | undefined;

  /** `depth` tokens of the leaf lead here. Leaves are added in order. */
  add(leaf: RouteLeaf, depth = 0): void {
    this.#order = Math.min(this.#order, leaf.order);
    const token = leaf.tokens[depth];
    if (token !== undefined) this.#step(token).add(leaf, depth + 1);
    else if (leaf.rest === undefined) this.#leaves.push(leaf);
    else (this.#rests ??= new PrefixTable()).add(leaf.rest, leaf);
    this.#hasOnlyTexts = this.#parameters === undefined && this.#mixed === undefined;
    const isAlone = this.#texts === undefined && this.#mixed === undefined;
    this.#onlyParameter =
      isAlone && this.#parameters?.length === 1 ? this.#parameters[0] : undefined;
  }

  /** Finds what fits the path from `start` on. Goes on in a loop while there is but one way to go. */
  find(search: Search, start: number): void {
    const { path } = search;
    // oxlint-disable-next-line typescript/no-this-alias, unicorn/no-this-assignment -- the first of a way down
    let node: RouteNode | undefined = this;
    let position = start;
    while (node !== undefined && node.#order <= search.bound) {
      if (node.#rests !== undefined) takeRests(node.#rests, search, position);
      if (position === path.length) {
        for (const leaf of node.#leaves) if (!search.take(leaf)) break;
        return;
      }
      const slash = path.indexOf("/", position);
      const next = slash < 0 ? path.length : slash + 1;
      // What most nodes are, without the way over `#follow`: it is worth a tenth of the time.
      const only: ParameterStep | undefined = node.#onlyParameter;
      if (node.#hasOnlyTexts) node = node.#texts?.get(path.slice(position, next));
      else if (only === undefined) node = node.#follow(search, position, next, slash >= 0);
      else node = afterParameter(only, path, position, slash);
      position = next;
    }
  }

  /** The node after the segment up to `next`. Where there are several, all but the last have been searched. */
  #follow(search: Search, start: number, next: number, hasSlash: boolean): RouteNode | undefined {
    const { path } = search;
    let way = this.#texts?.get(path.slice(start, next));
    if (this.#parameters !== undefined) {
      const end = hasSlash ? next - 1 : next;
      for (const step of this.#parameters) {
        const node = afterParameter(step, path, start, hasSlash ? end : -1);
        if (node === undefined) continue;
        way?.find(search, next);
        way = node;
      }
    }
    if (this.#mixed === undefined) return way;
    const segment = path.slice(start, hasSlash ? next - 1 : next);
    for (const steps of this.#mixed.at(path, start)) {
      for (const step of steps) {
        if (!step.expression.test(segment)) continue;
        way?.find(search, next);
        way = hasSlash ? step.slash : step.end;
      }
    }
    return way;
  }

  #step(token: Token): RouteNode {
    if (token.kind === "text") {
      this.#texts ??= new Map();
      return getOrInsert(this.#texts, token.text, () => new RouteNode());
    }
    const step = token.kind === "parameter" ? this.#parameterStep(token) : this.#mixedStep(token);
    return token.slash ? step.slash : step.end;
  }

  #parameterStep({ segment }: Extract<Token, { kind: "parameter" }>): ParameterStep {
    this.#parameters ??= [];
    let step = this.#parameters.find(({ kind }) => kind.key === segment.key);
    if (step === undefined) {
      step = {
        kind: segment,
        takesAll: segment.key === "str",
        slash: new RouteNode(),
        end: new RouteNode(),
      };
      this.#parameters.push(step);
    }
    return step;
  }

  #mixedStep({ prefix, source }: Extract<Token, { kind: "mixed" }>): MixedStep {
    this.#mixedBySource ??= new Map();
    let step = this.#mixedBySource.get(source);
    if (step === undefined) {
      const expression = new RegExp(`^${source}$`, "s");
      step = { expression, slash: new RouteNode(), end: new RouteNode() };
      this.#mixedBySource.set(source, step);
      (this.#mixed ??= new PrefixTable()).add(prefix, step);
    }
    return step;
  }
}

/** `slash` is where the segment ends, -1 when it is the last. */
function afterParameter(
  step: ParameterStep,
  path: string,
  start: number,
  slash: number,
): RouteNode | undefined {
  const end = slash < 0 ? path.length : slash;
  if (step.takesAll ? start >= end : !step.kind.fits(path, start, end)) return undefined;
  return slash < 0 ? step.end : step.slash;
}

function takeRests(rests: PrefixTable<RouteLeaf>, search: Search, start: number): void {
  for (const leaves of rests.at(search.path, start))
    for (const leaf of leaves) if (!search.take(leaf)) break;
}
