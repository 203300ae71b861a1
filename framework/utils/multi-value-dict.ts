/**
 * A map whose keys may hold several values, as forms and query strings need it.
 *
 * Layer 0. Pure. Source: Django utils/datastructures.py (`MultiValueDict`).
 * Differs from Django: `get` gives `undefined` for a missing key instead of raising, and the read
 * side is the same as that of `URLSearchParams` (`get`, `getAll`, `has`, `keys`, `entries`, `size`).
 */
import { inspectAs } from "./inspect-as.ts";

export class MultiValueDict<Value> implements Iterable<[key: string, last: Value]> {
  static {
    inspectAs<MultiValueDict<unknown>>(this, (dict) => dict.lists);
  }

  protected readonly lists: Map<string, Value[]> = new Map<string, Value[]>();

  constructor(pairs: Iterable<readonly [string, Value]> = []) {
    for (const [key, value] of pairs) this.store(key, value);
  }

  /** The last value of `key`: the one a form sends last wins, as in Django. */
  get(key: string): Value | undefined;
  get<Default>(key: string, fallback: Default): Value | Default;
  get(key: string, fallback?: unknown): unknown {
    return this.lists.get(key)?.at(-1) ?? fallback;
  }

  /** All values of `key`, in order; empty when there are none. The array is the caller's. */
  getList(key: string): Value[] {
    return [...(this.lists.get(key) ?? [])];
  }

  has(key: string): boolean {
    return this.lists.has(key);
  }

  /** How many distinct keys there are. */
  get size(): number {
    return this.lists.size;
  }

  keys(): MapIterator<string> {
    return this.lists.keys();
  }

  /** The last value of each key. */
  *values(): Generator<Value> {
    for (const [, value] of this) yield value;
  }

  /** Each key with its last value. */
  *entries(): Generator<[key: string, last: Value]> {
    for (const [key, list] of this.lists) {
      const last = list.at(-1);
      if (last !== undefined) yield [key, last];
    }
  }

  /** Each key with all its values. */
  *listEntries(): Generator<[key: string, values: Value[]]> {
    for (const [key, list] of this.lists) yield [key, [...list]];
  }

  [Symbol.iterator](): Generator<[key: string, last: Value]> {
    return this.entries();
  }

  /** A plain object of last values, without a prototype, so that a key like `__proto__` is only a key. */
  dict(): Record<string, Value> {
    const result: Record<string, Value> = Object.create(null);
    for (const [key, value] of this) result[key] = value;
    return result;
  }

  toJSON(): Record<string, Value> {
    return this.dict();
  }

  protected store(key: string, value: Value): void {
    const list = this.lists.get(key);
    if (list === undefined) this.lists.set(key, [value]);
    else list.push(value);
  }
}
