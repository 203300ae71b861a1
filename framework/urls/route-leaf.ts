/**
 * One pattern in the index of routes: where it stands in the order, and how to find out what it captured.
 *
 * Layer 3 (urls). Pure.
 */
import type { Chain } from "./chain.ts";
import { ConverterError } from "./converters.ts";
import { NO_PARAMS, type ParamValues } from "./route-matcher.ts";
import { type RouteTokens, type Slot, type Token, tokensOf } from "./route-tokens.ts";

export class RouteLeaf {
  readonly chain: Chain;
  /** The smaller, the earlier it is tried. */
  readonly order: number;
  readonly tokens: readonly Token[];
  readonly rest: string | undefined;
  /** The only path that it matches; `undefined` when there are several. */
  readonly literal: string | undefined;
  /** No converter can refuse: a path that fits the tokens matches. */
  readonly isSure: boolean;
  readonly #suffix: number;
  readonly #slots: readonly Slot[] | undefined;
  readonly #fixed: ParamValues | undefined;

  constructor(chain: Chain, order: number) {
    const { tokens, rest, slots, suffix }: RouteTokens = tokensOf(chain);
    this.chain = chain;
    this.order = order;
    this.tokens = tokens;
    this.rest = rest;
    this.#suffix = suffix;
    this.isSure = slots?.every((slot) => slot.isPlain) ?? false;
    // With extra values the levels have to be merged one by one.
    this.#slots = chain.extra === NO_PARAMS ? slots : undefined;
    if (slots?.length !== 0) return;
    this.#fixed = chain.extra;
    this.literal = `/${tokens.map((token) => (token.kind === "text" ? token.text : "")).join("")}`;
  }

  /** `undefined` for any method. */
  allows(method: string | undefined): boolean {
    return method === undefined || this.chain.pattern.allows(method);
  }

  /** The view's parameters, for a path that fits the tokens. `undefined` when it does not match after all. */
  match(path: string): ParamValues | undefined {
    if (this.#fixed !== undefined) return this.#fixed;
    if (this.#slots === undefined) return this.chain.match(path)?.params;
    return this.isSure
      ? readSlots(this.#slots, path, this.#suffix)
      : readRefusable(this.#slots, path, this.#suffix);
  }
}

function readSlots(slots: readonly Slot[], path: string, suffix: number): ParamValues {
  const params: Record<string, unknown> = {};
  const last = slots.length - 1;
  let position = 1;
  for (let index = 0; index <= last; index++) {
    const slot = slots[index];
    if (slot === undefined) break;
    const start = position + slot.skip;
    position = index === last ? path.length - suffix : path.indexOf("/", start);
    const text = path.slice(start, position);
    params[slot.name] = slot.isPlain ? text : slot.converter.toValue(text);
  }
  return params;
}

/** The same, where a converter may refuse. */
function readRefusable(
  slots: readonly Slot[],
  path: string,
  suffix: number,
): ParamValues | undefined {
  try {
    return readSlots(slots, path, suffix);
  } catch (error) {
    if (error instanceof ConverterError) return undefined;
    throw error;
  }
}
