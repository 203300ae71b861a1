/**
 * A chain of routes as what the index of routes is built from: one token for each segment of the path.
 *
 * Layer 3 (urls). Pure. A token has the slash that ends its segment. Where a segment's end cannot be known (a `path`
 * converter, an optional group, a regular expression) the tokens end, and what follows is only known by the text that
 * it begins with.
 */
import type { Chain } from "./chain.ts";
import { type Converter, isPlain } from "./converters.ts";
import { literalPrefix } from "./regex-matcher.ts";
import { type ParameterPart, type PlainPart, type RoutePart, toExpression } from "./route.ts";
import { type SegmentKind, segmentKindOf } from "./segment-kind.ts";

export type Token =
  /** Text, its slash included. */
  | { readonly kind: "text"; readonly text: string }
  /** A parameter that fills the segment. */
  | { readonly kind: "parameter"; readonly segment: SegmentKind; readonly slash: boolean }
  /** Text and parameters: tested with an expression. */
  | {
      readonly kind: "mixed";
      readonly prefix: string;
      readonly source: string;
      readonly slash: boolean;
    };

/** Where a parameter's text stands: after `skip` characters, up to the end of the segment. */
export interface Slot {
  readonly skip: number;
  readonly name: string;
  readonly converter: Converter<unknown>;
  readonly isPlain: boolean;
}

export interface RouteTokens {
  readonly tokens: readonly Token[];
  /** How the rest begins, where the tokens do not say all; `undefined` when they do. */
  readonly rest: string | undefined;
  /** How to read the parameters, when a path that fits the tokens is sure to match; else it has to be matched. */
  readonly slots: readonly Slot[] | undefined;
  /** How many characters follow the last parameter. */
  readonly suffix: number;
}

export function tokensOf(chain: Chain): RouteTokens {
  const tokenizer = new Tokenizer();
  for (const entry of chain.entries) {
    const { parts = [], literal, expression } = entry.parsed;
    if (literal !== undefined) tokenizer.addText(literal);
    else if (expression !== undefined) tokenizer.end(literalPrefix(expression).text);
    else tokenizer.addParts(parts, entry.kind === "pattern");
  }
  return tokenizer.finish();
}

class Tokenizer {
  readonly #tokens: Token[] = [];
  readonly #slots: Slot[] = [];
  #segment: PlainPart[] = [];
  #skipped = 0;
  #isExact = true;
  #rest: string | undefined;

  /** `isLast`: nothing comes after these, so that a parameter at their end reaches the end of the path. */
  addParts(parts: readonly RoutePart[], isLast: boolean): void {
    for (const [index, part] of parts.entries()) {
      if (part.kind === "text") this.addText(part.text);
      else if (part.kind === "optional") this.end("");
      else this.#addParameter(part, isLast || index < parts.length - 1);
    }
  }

  addText(text: string): void {
    if (this.#rest !== undefined) return;
    const [first = "", ...others] = text.split("/");
    this.#addToSegment(first);
    for (const other of others) {
      this.#closeSegment(true);
      this.#addToSegment(other);
    }
  }

  /** From here on nothing is known but that it begins with `text`. */
  end(text: string): void {
    if (this.#rest !== undefined) return;
    this.#isExact = false;
    this.addText(text);
    const [first] = this.#segment;
    this.#rest = first?.kind === "text" ? first.text : "";
  }

  finish(): RouteTokens {
    if (this.#rest === undefined && this.#segment.length > 0) this.#closeSegment(false);
    return {
      tokens: this.#tokens,
      rest: this.#rest,
      slots: this.#isExact ? this.#slots : undefined,
      suffix: this.#skipped,
    };
  }

  /** `isBounded`: its expression is followed by what it must stop at, within the same level. */
  #addParameter(part: ParameterPart, isBounded: boolean): void {
    if (this.#rest !== undefined) return;
    const kind = segmentKindOf(part.converter);
    if (kind === undefined) {
      this.end("");
      return;
    }
    // An include's expression takes what it can get and gives nothing back to the level below.
    if (!isBounded && !kind.greedy) this.#isExact = false;
    const { name, converter } = part;
    this.#slots.push({ skip: this.#skipped, name, converter, isPlain: isPlain(converter) });
    this.#skipped = 0;
    this.#segment.push(part);
  }

  #addToSegment(text: string): void {
    this.#skipped += text.length;
    const last = this.#segment.at(-1);
    if (text === "") return;
    if (last?.kind === "text")
      this.#segment[this.#segment.length - 1] = { kind: "text", text: last.text + text };
    else this.#segment.push({ kind: "text", text });
  }

  #closeSegment(slash: boolean): void {
    const [first, second] = this.#segment;
    if (slash) this.#skipped++;
    if (first === undefined || (first.kind === "text" && second === undefined)) {
      this.#tokens.push({ kind: "text", text: (first?.text ?? "") + (slash ? "/" : "") });
    } else {
      this.#tokens.push(this.#parameterToken(slash));
    }
    this.#segment = [];
  }

  #parameterToken(slash: boolean): Token {
    const [first, second] = this.#segment;
    if (first?.kind === "parameter" && second === undefined) {
      const segment = segmentKindOf(first.converter);
      if (segment !== undefined) return { kind: "parameter", segment, slash };
    }
    this.#isExact = false;
    const prefix = first?.kind === "text" ? first.text : "";
    return { kind: "mixed", prefix, source: toExpression(this.#segment), slash };
  }
}
