/**
 * One pattern in the index of routes: where it stands in the order, and how to find out what it captured.
 *
 * Layer 3 (urls). Pure.
 */
import type { Chain, ChainMatch } from "./chain.ts";
import { ConverterError } from "./converters.ts";
import { NO_PARAMS } from "./route-matcher.ts";
import { type RouteTokens, type Slot, type Token, tokensOf } from "./route-tokens.ts";

export class RouteLeaf {
  readonly chain: Chain;
  /** The smaller, the earlier it is tried. */
  readonly order: number;
  readonly tokens: readonly Token[];
  readonly rest: string | undefined;
  /** The only path that it matches, without the first slash; `undefined` when there are several. */
  readonly literal: string | undefined;
  /** No converter can refuse: a path that fits the tokens matches. */
  readonly isSure: boolean;
  readonly #slots: readonly Slot[] | undefined;
  readonly #fixed: ChainMatch | undefined;

  constructor(chain: Chain, order: number) {
    const { tokens, rest, slots }: RouteTokens = tokensOf(chain);
    this.chain = chain;
    this.order = order;
    this.tokens = tokens;
    this.rest = rest;
    this.isSure = slots?.every((slot) => slot.isPlain) ?? false;
    // With extra values the levels have to be merged one by one.
    this.#slots = chain.extra === NO_PARAMS ? slots : undefined;
    if (slots?.length === 0) {
      this.literal = tokens.map((token) => (token.kind === "text" ? token.text : "")).join("");
      this.#fixed = { params: chain.extra, captured: NO_PARAMS };
    }
  }

  /** `undefined` for any method. */
  allows(method: string | undefined): boolean {
    return method === undefined || this.chain.pattern.allows(method);
  }

  /** For a path that fits the tokens. `undefined` when it does not match after all. */
  match(path: string): ChainMatch | undefined {
    if (this.#fixed !== undefined) return this.#fixed;
    if (this.#slots === undefined) return this.chain.match(path);
    const params = this.isSure ? readSlots(this.#slots, path) : readRefusable(this.#slots, path);
    return params && { params, captured: params };
  }
}

function readSlots(slots: readonly Slot[], path: string): Record<string, unknown> {
  const params: Record<string, unknown> = {};
  let position = 1;
  for (const { skip, name, converter, isPlain } of slots) {
    const start = position + skip;
    const slash = path.indexOf("/", start);
    position = slash < 0 ? path.length : slash;
    const text = path.slice(start, position);
    params[name] = isPlain ? text : converter.toValue(text);
  }
  return params;
}

/** The same, where a converter may refuse. */
function readRefusable(slots: readonly Slot[], path: string): Record<string, unknown> | undefined {
  try {
    return readSlots(slots, path);
  } catch (error) {
    if (error instanceof ConverterError) return undefined;
    throw error;
  }
}
