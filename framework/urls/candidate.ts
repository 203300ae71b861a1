/**
 * One way to build a path for a name: a chain of routes, and the values that it needs.
 *
 * Layer 3 (urls). Pure. Source: Django urls/resolvers.py (`_reverse_with_prefix`): exactly the parameters of the routes
 * must be given, besides extra values, which may be left out but not be others; and what comes out must be
 * matched by the routes again.
 */
import type { Chain } from "./chain.ts";
import { ConverterError } from "./converters.ts";
import { quotePath } from "./quote-path.ts";
import { type ParameterPart, parametersOf, type RoutePart, toExpression } from "./route.ts";
import { NO_PARAMS, type ParamValues } from "./route-matcher.ts";
import { type SegmentKind, segmentKindOf } from "./segment-kind.ts";

/** Values on their way into a path. */
interface Building {
  readonly params: ParamValues;
  /** The parameters that were written, where some need not be. */
  readonly used: Set<string> | undefined;
  /** Every text so far is one that its converter matches: the whole need not be matched again. */
  isProven: boolean;
}

export class Candidate {
  readonly chain: Chain;
  /** `undefined` when a regular expression says too little. */
  readonly #parts: readonly RoutePart[] | undefined;
  /** The same, with texts as they stand in a URL. */
  readonly #quoted: readonly RoutePart[];
  readonly #names: ReadonlySet<string>;
  /** Neither optional parts nor extra values: all parameters must be given, and nothing else. */
  readonly #isPlain: boolean;
  /** What a regular expression matches cannot be told from its parts. */
  readonly #hasExpression: boolean;
  #expression: RegExp | undefined;

  constructor(chain: Chain) {
    this.chain = chain;
    this.#parts = partsOf(chain);
    const parts = this.#parts ?? [];
    this.#quoted = quoted(parts);
    this.#names = new Set([...parametersOf(parts)].map((part) => part.name));
    this.#isPlain = chain.extra === NO_PARAMS && parts.every((part) => part.kind !== "optional");
    this.#hasExpression = chain.entries.some(({ parsed }) => parsed.expression !== undefined);
  }

  /** The path without its first slash, quoted; `undefined` when the parameters do not fit. `given` are their names. */
  build(params: ParamValues, given: readonly string[]): string | undefined {
    if (this.#parts === undefined || !this.#takes(params, given)) return undefined;
    const building: Building = {
      params,
      used: this.#isPlain ? undefined : new Set(),
      isProven: !this.#hasExpression,
    };
    const path = this.#tryToWrite(building);
    if (path === undefined || !this.#hasUsed(given, building)) return undefined;
    return building.isProven || this.#matches(decodeURIComponent(path)) ? path : undefined;
  }

  /** Whether every given parameter is one of the routes, or the same as an extra value. */
  #takes(params: ParamValues, given: readonly string[]): boolean {
    if (this.#isPlain) return given.length === this.#names.size;
    return given.every((name) => this.#names.has(name) || this.#isExtra(name, params));
  }

  #isExtra(name: string, params: ParamValues): boolean {
    const { extra } = this.chain;
    return Object.hasOwn(extra, name) && extra[name] === params[name];
  }

  /** A value that nothing was done with does not belong to this candidate, if it is no extra value. */
  #hasUsed(given: readonly string[], { used, params }: Building): boolean {
    return (
      used === undefined || given.every((name) => used.has(name) || this.#isExtra(name, params))
    );
  }

  #tryToWrite(building: Building): string | undefined {
    try {
      return this.#write(this.#quoted, building);
    } catch (error) {
      if (error instanceof ConverterError) return undefined;
      throw error;
    }
  }

  #write(parts: readonly RoutePart[], building: Building): string | undefined {
    let path = "";
    for (const part of parts) {
      if (part.kind === "text") {
        path += part.text;
        continue;
      }
      const text =
        part.kind === "parameter"
          ? this.#writeValue(part, building)
          : this.#writeOptional(part, building);
      if (text === undefined) return undefined;
      path += text;
    }
    return path;
  }

  #writeValue({ name, converter }: ParameterPart, building: Building): string | undefined {
    const value = valueOf(building.params, name) ?? valueOf(this.chain.extra, name);
    if (value === undefined) return undefined;
    const text = converter.toUrl(value);
    building.used?.add(name);
    if (!isSegment(text, segmentKindOf(converter))) building.isProven = false;
    return quotePath(text);
  }

  /** An optional group is written when all its parameters are given, and it has some. */
  #writeOptional(
    { parts }: Extract<RoutePart, { kind: "optional" }>,
    building: Building,
  ): string | undefined {
    const names = parts.filter((part) => part.kind === "parameter").map((part) => part.name);
    const isGiven =
      names.length > 0 && names.every((name) => valueOf(building.params, name) !== undefined);
    return isGiven ? this.#write(parts, building) : "";
  }

  #matches(path: string): boolean {
    if (this.#hasExpression) return this.chain.fits(`/${path}`);
    this.#expression ??= new RegExp(`^${toExpression(this.#parts ?? [])}$`, "s");
    return this.#expression.test(path);
  }
}

function isSegment(text: string, kind: SegmentKind | undefined): boolean {
  return kind !== undefined && kind.fits(text, 0, text.length) && !text.includes("/");
}

function valueOf(params: ParamValues, name: string): unknown {
  return Object.hasOwn(params, name) ? params[name] : undefined;
}

/** The parts of all levels, joined. Groups without a name are counted through. */
function partsOf(chain: Chain): readonly RoutePart[] | undefined {
  const joined: RoutePart[] = [];
  let unnamed = 0;
  for (const { parsed } of chain.entries) {
    if (parsed.parts === undefined) return undefined;
    joined.push(...renumbered(parsed.parts, unnamed));
    const numbers = [...parametersOf(parsed.parts)].filter(({ name }) => isNumber(name));
    unnamed += new Set(numbers.map(({ name }) => name)).size;
  }
  return joined;
}

function renumbered(parts: readonly RoutePart[], by: number): readonly RoutePart[] {
  if (by === 0) return parts;
  return parts.map((part): RoutePart => {
    if (part.kind === "optional") return { ...part, parts: renumbered(part.parts, by) };
    if (part.kind === "text" || !isNumber(part.name)) return part;
    return { ...part, name: String(Number(part.name) + by) };
  });
}

function isNumber(name: string): boolean {
  return /^\d/.test(name);
}

function quoted(parts: readonly RoutePart[]): readonly RoutePart[] {
  return parts.map((part): RoutePart => {
    if (part.kind === "text") return { kind: "text", text: quotePath(part.text) };
    return part.kind === "optional" ? { ...part, parts: quoted(part.parts) } : part;
  });
}
