/**
 * A chain of routes as a list of path segments, so that two of them can be compared.
 *
 * Layer 3 (urls). Pure. What cannot be cut at slashes with certainty stays whole, as an `exact` segment: it compares
 * equal to its own kind only. An include takes what it can and gives nothing back, so a level with parameters
 * is cut only if it ends in a slash.
 */
import { type Converter, getConverter, isPlain } from "./converters.ts";
import type { Chain } from "./chain.ts";
import type { URLEntry } from "./pattern.ts";
import type { PlainPart, RoutePart } from "./route.ts";

export type Segment =
  /** Text and parameters that match no slash, up to a slash or the end of the path. */
  | { readonly kind: "cut"; readonly parts: readonly PlainPart[]; readonly slash: boolean }
  /** `<path:…>` up to the end. */
  | { readonly kind: "rest" }
  /** Anything else: as long as what was written. */
  | { readonly kind: "exact"; readonly key: string; readonly isFilled: boolean };

/** More ways than this through the optional groups of a route are not looked into. */
const MOST_WAYS = 16;

/**
 * The ways through a chain, more than one where it has optional groups; `undefined` when they cannot be told.
 * A path matches the chain only if it matches one of them. The opposite holds too if `isFaithful`.
 */
export interface RouteWays {
  readonly ways: readonly (readonly Segment[])[];
  readonly isFaithful: boolean;
}

export function waysThrough(chain: Chain): RouteWays | undefined {
  const cutter = new Cutter();
  for (const level of chain.entries) if (!cutter.addLevel(level)) return undefined;
  return cutter.finish();
}

class Cutter {
  #ways: Way[] = [new Way()];
  #isFaithful = true;

  /** False when nothing certain can be said. */
  addLevel(entry: URLEntry): boolean {
    const expression = entry.parsed.expression;
    const parts: readonly RoutePart[] | undefined = entry.parsed.parts;
    if (expression !== undefined || parts === undefined)
      return this.#addWhole(entry, String(expression));
    const isInclude = entry.kind === "include";
    if (isInclude && !parts.every((part) => part.kind === "text" || isSlashless(part)))
      return this.#addWhole(entry, entry.route);
    const ways = expand(parts);
    if (ways.length > MOST_WAYS) return false;
    // A converter may refuse what one way captures although another way would have captured less.
    if (ways.length > 1 && ways.some((way) => way.some(mayRefuse))) this.#isFaithful = false;
    this.#ways = this.#ways.flatMap((before) => ways.map((way) => before.with(way)));
    return (
      this.#ways.length <= MOST_WAYS &&
      (!isInclude || this.#ways.every((way) => way.hasOnlyTextOpen))
    );
  }

  finish(): RouteWays {
    return { ways: this.#ways.map((way) => way.finish()), isFaithful: this.#isFaithful };
  }

  #addWhole({ kind }: URLEntry, source: string): boolean {
    if (!this.#ways.every((way) => way.isAtBoundary)) return false;
    for (const way of this.#ways) way.addExact(`${kind} ${source}`, kind === "pattern");
    return true;
  }
}

/** Segments so far, and the parts of the one that no slash has closed yet. */
class Way {
  readonly #segments: Segment[];
  #open: PlainPart[];
  /** The last segment reaches to the end of the path. */
  #isComplete = false;

  constructor(segments: readonly Segment[] = [], open: readonly PlainPart[] = []) {
    this.#segments = [...segments];
    this.#open = [...open];
  }

  get isAtBoundary(): boolean {
    return this.#open.length === 0;
  }

  get hasOnlyTextOpen(): boolean {
    return this.#open.every((part) => part.kind === "text");
  }

  with(parts: readonly PlainPart[]): Way {
    const way = new Way(this.#segments, this.#open);
    for (const [index, part] of parts.entries()) {
      if (part.kind === "text") way.#addText(part.text);
      else if (isSlashless(part)) way.#open.push(part);
      else {
        way.#addTail(parts.slice(index));
        break;
      }
    }
    return way;
  }

  addExact(key: string, isComplete: boolean): void {
    this.#segments.push({ kind: "exact", key, isFilled: false });
    this.#isComplete = isComplete;
  }

  finish(): readonly Segment[] {
    return this.#isComplete
      ? this.#segments
      : [...this.#segments, { kind: "cut", parts: this.#open, slash: false }];
  }

  #addText(text: string): void {
    const [first = "", ...others] = text.split("/");
    this.#extend(first);
    for (const other of others) {
      this.#segments.push({ kind: "cut", parts: this.#open, slash: true });
      this.#open = [];
      this.#extend(other);
    }
  }

  #extend(text: string): void {
    const last = this.#open.at(-1);
    if (text === "") return;
    if (last?.kind === "text") this.#open[this.#open.length - 1] = textPart(last.text + text);
    else this.#open.push(textPart(text));
  }

  /** From a parameter on that may match slashes, there are no segments any more. */
  #addTail(parts: readonly PlainPart[]): void {
    const all = [...this.#open, ...parts];
    const [only] = all;
    const isRest =
      all.length === 1 && only?.kind === "parameter" && only.converter === getConverter("path");
    this.#segments.push(
      isRest ? { kind: "rest" } : { kind: "exact", key: keyOf(all), isFilled: all.some(isFilled) },
    );
    this.#open = [];
    this.#isComplete = true;
  }
}

function textPart(text: string): PlainPart {
  return { kind: "text", text };
}

/** The built-in converters but `path`. What one of a project's own matches cannot be told from its expression. */
function isSlashless(part: RoutePart): boolean {
  return (
    part.kind === "parameter" &&
    ["int", "str", "slug", "uuid"].some((name) => part.converter === getConverter(name))
  );
}

/** Certain to match at least one character. */
function isFilled(part: PlainPart): boolean {
  return part.kind === "text" || isSlashless(part) || part.converter === getConverter("path");
}

/** A text converter takes whatever its expression matches. */
function mayRefuse(part: PlainPart): boolean {
  return part.kind === "parameter" && !isPlain(part.converter);
}

/** Every way through optional groups, each with and without. */
function expand(parts: readonly RoutePart[]): PlainPart[][] {
  let ways: PlainPart[][] = [[]];
  for (const part of parts) {
    const next = part.kind === "optional" ? [...expand(part.parts), []] : [[part]];
    ways = ways.flatMap((way) => next.map((more) => way.concat(more)));
    if (ways.length > MOST_WAYS) return ways;
  }
  return ways;
}

const keys = new WeakMap<Converter<unknown>, number>();
let lastKey = 0;

/** Equal for parts that match the same, whatever their parameters are called. */
export function keyOf(parts: readonly PlainPart[]): string {
  return parts
    .map((part) =>
      part.kind === "text" ? JSON.stringify(part.text) : `<${keyOfConverter(part.converter)}>`,
    )
    .join("");
}

function keyOfConverter(converter: Converter<unknown>): number {
  const known = keys.get(converter) ?? ++lastKey;
  keys.set(converter, known);
  return known;
}
