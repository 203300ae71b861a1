/**
 * QueryDict: what a query string or a form says.
 *
 * Layer 2 (http). Pure. Errors: `TooManyFieldsSent` past the limit of fields; a `TypeError` on writing to an immutable one.
 * Source: Django http/request.py (`QueryDict`); WHATWG URL section 5 for the form encoding.
 * Differs from Django: a missing key gives `undefined` instead of an exception.
 */
import { TooManyFieldsSent } from "../exceptions.ts";
import { MultiValueDict } from "../utils/multi-value-dict.ts";

export interface QueryDictOptions {
  /** Whether it may be changed. @default false */
  readonly mutable?: boolean;
  /** Most pairs it takes; `null` for no limit. @default null */
  readonly maxFields?: number | null;
}

export class QueryDict extends MultiValueDict<string> {
  readonly #mutable: boolean;

  /** `query` is text without the leading `?`: `"a=1&a=2&b="`. Bytes that are no UTF-8 become U+FFFD. */
  constructor(query: string = "", options: QueryDictOptions = {}) {
    super(parsePairs(query, options.maxFields ?? null));
    this.#mutable = options.mutable ?? false;
  }

  /** A mutable copy. */
  copy(): QueryDict {
    return new QueryDict(this.urlencode(), { mutable: true });
  }

  /** Replaces all values of `key` by one. */
  set(key: string, value: string): this {
    return this.setList(key, [value]);
  }

  /** Replaces all values of `key`. */
  setList(key: string, values: readonly string[]): this {
    this.#checkMutable();
    this.lists.set(key, [...values]);
    return this;
  }

  append(key: string, value: string): this {
    this.#checkMutable();
    this.store(key, value);
    return this;
  }

  delete(key: string): boolean {
    this.#checkMutable();
    return this.lists.delete(key);
  }

  /** The form encoding of all pairs: spaces as `+`, everything else percent-escaped as UTF-8. */
  urlencode(): string {
    const pairs = new URLSearchParams();
    for (const [key, values] of this.listEntries()) {
      for (const value of values) pairs.append(key, value);
    }
    return pairs.toString();
  }

  override toString(): string {
    return this.urlencode();
  }

  #checkMutable(): void {
    if (!this.#mutable)
      throw new TypeError("This QueryDict instance is immutable; change a copy()");
  }
}

function parsePairs(query: string, maxFields: number | null): Iterable<[string, string]> {
  if (query === "") return [];
  if (maxFields !== null && countPairs(query, maxFields) > maxFields) {
    throw new TooManyFieldsSent(
      "The number of GET/POST parameters exceeded settings.DATA_UPLOAD_MAX_NUMBER_FIELDS.",
    );
  }
  // URLSearchParams drops one leading "?", which here is part of the first name.
  return new URLSearchParams(query.startsWith("?") ? `&${query}` : query);
}

/** How many pairs there are, counting no further than one past `limit`. */
function countPairs(query: string, limit: number): number {
  let count = 1;
  for (let at = query.indexOf("&"); at >= 0 && count <= limit; at = query.indexOf("&", at + 1))
    count++;
  return count;
}
