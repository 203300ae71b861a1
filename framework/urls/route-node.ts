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
  readonly path: string;
  readonly method: string | undefined;
  /** Later leaves cannot win any more: this one is sure to match. */
  bound: number = Infinity;
  first: RouteLeaf | undefined;
  others: RouteLeaf[] | undefined;

  constructor(path: string, method: string | undefined) {
    this.path = path;
    this.method = method;
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
  /** While there is but one text it is compared, not looked up. */
  #text: string | undefined;
  #textNode: RouteNode | undefined;
  #texts: Map<string, RouteNode> | undefined;
  #parameters: ParameterStep[] | undefined;
  #mixed: PrefixTable<MixedStep> | undefined;
  #mixedBySource: Map<string, MixedStep> | undefined;

  /** `depth` tokens of the leaf lead here. Leaves are added in order. */
  add(leaf: RouteLeaf, depth = 0): void {
    this.#order = Math.min(this.#order, leaf.order);
    const token = leaf.tokens[depth];
    if (token !== undefined) this.#step(token).add(leaf, depth + 1);
    else if (leaf.rest === undefined) this.#leaves.push(leaf);
    else (this.#rests ??= new PrefixTable()).add(leaf.rest, leaf);
  }

  /** Finds what fits the path from `start` on. */
  find(search: Search, start: number): void {
    if (this.#order > search.bound) return;
    const { path } = search;
    if (start === path.length) {
      for (const leaf of this.#leaves) if (!search.take(leaf)) break;
    } else {
      this.#findSegment(search, path, start);
    }
    if (this.#rests === undefined) return;
    for (const leaves of this.#rests.at(path, start))
      for (const leaf of leaves) if (!search.take(leaf)) break;
  }

  #findSegment(search: Search, path: string, start: number): void {
    if (this.#textNode !== undefined) {
      const text = this.#text ?? "";
      if (path.startsWith(text, start) && endsSegment(path, start, text))
        this.#textNode.find(search, start + text.length);
      if (this.#parameters === undefined && this.#mixed === undefined) return;
    }
    const slash = path.indexOf("/", start);
    const end = slash < 0 ? path.length : slash;
    const next = slash < 0 ? end : end + 1;
    if (this.#texts !== undefined) this.#texts.get(path.slice(start, next))?.find(search, next);
    if (this.#parameters !== undefined) {
      for (const step of this.#parameters)
        if (step.kind.fits(path, start, end))
          (slash < 0 ? step.end : step.slash).find(search, next);
    }
    if (this.#mixed === undefined) return;
    for (const steps of this.#mixed.at(path, start)) {
      for (const { expression, slash: more, end: last } of steps)
        if (expression.test(path.slice(start, end))) (slash < 0 ? last : more).find(search, next);
    }
  }

  #step(token: Token): RouteNode {
    if (token.kind === "text") return this.#textStep(token.text);
    const step = token.kind === "parameter" ? this.#parameterStep(token) : this.#mixedStep(token);
    return token.slash ? step.slash : step.end;
  }

  #textStep(text: string): RouteNode {
    if (this.#texts === undefined) {
      if (this.#text === text && this.#textNode !== undefined) return this.#textNode;
      if (this.#textNode === undefined) {
        this.#text = text;
        this.#textNode = new RouteNode();
        return this.#textNode;
      }
      this.#texts = new Map([[this.#text ?? "", this.#textNode]]);
      this.#textNode = undefined;
    }
    return getOrInsert(this.#texts, text, () => new RouteNode());
  }

  #parameterStep({ segment }: Extract<Token, { kind: "parameter" }>): ParameterStep {
    this.#parameters ??= [];
    let step = this.#parameters.find(({ kind }) => kind.key === segment.key);
    if (step === undefined) {
      step = { kind: segment, slash: new RouteNode(), end: new RouteNode() };
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

/** A text with a slash is a whole segment; one without must reach the end of the path. */
function endsSegment(path: string, start: number, text: string): boolean {
  return text.endsWith("/") || start + text.length === path.length;
}
