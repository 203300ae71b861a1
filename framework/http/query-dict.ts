/**
 * QueryDict: what a query string or a form says.
 *
 * Layer 2 (http). Pure. Errors: `TooManyFieldsSent` past the limit of fields; a `TypeError` on writing to an immutable one.
 * Source: Django http/request.py (`QueryDict`); CPython urllib/parse.py (`parse_qsl`, `urlencode`).
 * Differs from Django: a missing key gives `undefined` instead of an exception; `urlencode` always writes UTF-8.
 */
import { TooManyFieldsSent } from "../exceptions.ts";
import { MultiValueDict } from "../utils/multi-value-dict.ts";
import { quote, quotePlus, unquote } from "../utils/quote.ts";

export interface QueryDictOptions {
  /** Whether it may be changed. @default false */
  readonly mutable?: boolean;
  /** Most pairs it takes; `null` for no limit. @default null */
  readonly maxFields?: number | null;
  /** What the percent-escapes of the query stand for. @default "utf-8" */
  readonly encoding?: string;
  /** Status of the answer when there are more: 413 for a body. @default 400 */
  readonly limitStatus?: 400 | 413;
}

type Pairs = Iterable<readonly [key: string, value: string]>;

export class QueryDict extends MultiValueDict<string> {
  #mutable: boolean;

  /**
   * `query` is text without the leading `?`: `"a=1&a=2&b="`; bytes that the encoding does not know become U+FFFD.
   * Or it is pairs.
   */
  constructor(query: string | Pairs = "", options: QueryDictOptions = {}) {
    super(typeof query === "string" ? parsePairs(query, options) : query);
    this.#mutable = options.mutable ?? false;
  }

  /** One with each of `keys` (twice where it occurs twice) set to `value`. */
  static fromKeys(
    keys: Iterable<string>,
    value = "",
    options: { readonly mutable?: boolean } = {},
  ): QueryDict {
    const dict = new QueryDict("", { mutable: true });
    for (const key of keys) dict.appendList(key, value);
    dict.#mutable = options.mutable ?? false;
    return dict;
  }

  /** A mutable copy. */
  override copy(): QueryDict {
    return new QueryDict("", { mutable: true }).update(this);
  }

  /**
   * The form encoding of all pairs: spaces as `+`, everything but letters, digits and `_.-~` percent-escaped as UTF-8.
   * With `safe`, its characters stay too, and spaces become `%20`: `urlencode({ safe: "/" })` gives `next=/a%26b/`.
   */
  urlencode(options: { readonly safe?: string } = {}): string {
    const { safe = "" } = options;
    const encode = safe === "" ? quotePlus : (text: string) => quote(text, safe);
    const pairs: string[] = [];
    for (const [key, values] of this.lists()) {
      const name = encode(key);
      for (const value of values) pairs.push(`${name}=${encode(value)}`);
    }
    return pairs.join("&");
  }

  override toString(): string {
    return this.urlencode();
  }

  protected override beforeChange(): void {
    if (!this.#mutable)
      throw new TypeError("This QueryDict instance is immutable; change a copy()");
  }
}

function parsePairs(query: string, options: QueryDictOptions): Pairs {
  const { maxFields = null, encoding = "utf-8", limitStatus = 400 } = options;
  if (query === "") return [];
  if (maxFields !== null && countPairs(query, maxFields) > maxFields)
    throw new TooManyFieldsSent({ status: limitStatus });
  if (encoding !== "utf-8") return parsePairsAs(query, encoding);
  // URLSearchParams drops one leading "?", which here is part of the first name.
  return new URLSearchParams(query.startsWith("?") ? `&${query}` : query);
}

/** What URLSearchParams does, for an encoding that it does not know. */
function parsePairsAs(query: string, encoding: string): Pairs {
  const decode = (text: string): string => unquote(text.replaceAll("+", " "), encoding);
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      return equals < 0
        ? [decode(pair), ""]
        : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
    });
}

/** How many pairs there are, counting no further than one past `limit`. */
function countPairs(query: string, limit: number): number {
  let count = 1;
  for (let at = query.indexOf("&"); at >= 0 && count <= limit; at = query.indexOf("&", at + 1))
    count++;
  return count;
}
