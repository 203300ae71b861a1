/**
 * Which patterns can never be reached, because one above them matches everything that they do.
 *
 * Layer 3 (urls). Pure. Sound, not complete: what is reported is so; a pattern that only several others together
 * hide, or one hidden by a regular expression other than its own, is not found. Earlier patterns are kept in a tree
 * of segments, so that each later one is compared with few of them.
 */
import { type Converter, ConverterError, getConverter } from "./converters.ts";
import type { Chain } from "./chain.ts";
import { keyOf, type Segment, waysThrough } from "./route-segments.ts";

export interface Shadowed {
  readonly hidden: Chain;
  /** What hides it; where it has optional groups, what hides the first way through them. */
  readonly by: Chain;
}

export function findShadowed(chains: Iterable<Chain>): Shadowed[] {
  const tree = new SegmentNode();
  const found: Shadowed[] = [];
  for (const chain of chains) {
    const through = waysThrough(chain);
    if (through === undefined) continue;
    const hiders = through.ways.map((way) => tree.findCovering(way, chain.pattern.methods));
    const [by] = hiders;
    if (by !== undefined && !hiders.includes(undefined)) found.push({ hidden: chain, by });
    if (through.isFaithful) for (const way of through.ways) tree.add(way, chain);
  }
  return found;
}

class SegmentNode {
  readonly #byKey: Map<string, SegmentNode> = new Map<string, SegmentNode>();
  /** Converters of the parameters that stand alone in a segment: they may cover segments with another key. */
  readonly #converters: Set<Converter<unknown>> = new Set<Converter<unknown>>();
  /** Patterns that end here. */
  readonly #ends: Chain[] = [];

  add(way: readonly Segment[], chain: Chain, index: number = 0): void {
    const segment = way[index];
    if (segment === undefined) this.#ends.push(chain);
    else this.#childFor(segment).add(way, chain, index + 1);
  }

  /** An earlier pattern that matches whatever `way` matches from `index` on, and takes its methods. */
  findCovering(
    way: readonly Segment[],
    methods: readonly string[] | undefined,
    index: number = 0,
  ): Chain | undefined {
    const segment = way[index];
    if (segment === undefined) return this.#ends.find((chain) => takes(chain, methods));
    for (const child of this.#covering(segment)) {
      const found = child.findCovering(way, methods, index + 1);
      if (found !== undefined) return found;
    }
    const rest = isSurelyFilled(segment) ? this.#byKey.get("rest") : undefined;
    return rest?.findCovering([], methods);
  }

  #childFor(segment: Segment): SegmentNode {
    const key = keyOfSegment(segment);
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const node = new SegmentNode();
    this.#byKey.set(key, node);
    const converter = onlyParameter(segment);
    if (converter !== undefined) this.#converters.add(converter);
    return node;
  }

  *#covering(segment: Segment): Generator<SegmentNode> {
    const same = this.#byKey.get(keyOfSegment(segment));
    if (same !== undefined) yield same;
    if (segment.kind !== "cut") return;
    for (const converter of this.#converters) {
      if (!matchesAll(converter, segment)) continue;
      const key = keyOfSegment({ ...segment, parts: [{ kind: "parameter", name: "", converter }] });
      const node = this.#byKey.get(key);
      if (node !== undefined && node !== same) yield node;
    }
  }
}

function keyOfSegment(segment: Segment): string {
  if (segment.kind === "rest") return "rest";
  if (segment.kind === "exact") return `exact ${segment.key}`;
  return `${segment.slash ? "slash" : "end"} ${keyOf(segment.parts)}`;
}

function onlyParameter(segment: Segment): Converter<unknown> | undefined {
  if (segment.kind !== "cut" || segment.parts.length !== 1) return undefined;
  const [part] = segment.parts;
  return part?.kind === "parameter" ? part.converter : undefined;
}

type CutSegment = Extract<Segment, { kind: "cut" }>;

/** Whether a parameter alone in its segment takes all that `segment` stands for. */
function matchesAll(converter: Converter<unknown>, { parts }: CutSegment): boolean {
  const [part, ...others] = parts;
  // Without a slash in it and not empty, whatever it is.
  if (converter === getConverter("str")) return part !== undefined;
  if (part === undefined || others.length > 0) return false;
  if (part.kind === "text") return accepts(converter, part.text);
  const isSlug = converter === getConverter("slug");
  return isSlug && ["int", "uuid"].some((name) => part.converter === getConverter(name));
}

function accepts(converter: Converter<unknown>, text: string): boolean {
  if (!new RegExp(`^(?:${converter.regex})$`, "s").test(text)) return false;
  try {
    converter.toValue(text);
    return true;
  } catch (error) {
    if (error instanceof ConverterError) return false;
    throw error;
  }
}

/** Whether something is left of the path, for a `<path:…>` to take. */
function isSurelyFilled(segment: Segment): boolean {
  if (segment.kind === "cut") return segment.slash || segment.parts.length > 0;
  return segment.kind === "rest" || segment.isFilled;
}

/** Of `methods`, `undefined` means every one. */
function takes({ pattern }: Chain, methods: readonly string[] | undefined): boolean {
  if (methods === undefined) return pattern.methods === undefined;
  return methods.every((name) => pattern.allows(name));
}
