/**
 * A map whose keys may hold several values, as forms and query strings need it.
 *
 * Layer 0. Pure. Source: Django utils/datastructures.py (`MultiValueDict`).
 * Differs from Django: a missing key gives `undefined` instead of an exception, `entries` stands for `items`, and
 * keys whose list is empty are left out where last values are listed.
 */
import { inspectAs } from "./inspect-as.ts";

/** What `update` takes. */
export type MultiValueSource<Value> =
  | MultiValueDict<Value>
  | Iterable<readonly [key: string, value: Value]>
  | Readonly<Record<string, Value>>;

/**
 * For the caller: everything public. May be overridden: `beforeChange`. Iterating gives each key with its last value.
 */
export class MultiValueDict<Value> implements Iterable<[key: string, last: Value]> {
  static {
    inspectAs<MultiValueDict<unknown>>(
      this,
      (dict, inspect) =>
        `<${dict.constructor.name}: ${inspect(Object.fromEntries<unknown>(dict.#lists))}>`,
    );
  }

  readonly #lists: Map<string, Value[]> = new Map<string, Value[]>();

  constructor(pairs: Iterable<readonly [key: string, value: Value]> = []) {
    for (const [key, value] of pairs) this.#list(key).push(value);
  }

  /** The last value of `key`: the one a form sends last wins, as in Django. */
  get(key: string): Value | undefined;
  get<Default>(key: string, fallback: Default): Value | Default;
  get(key: string, fallback?: unknown): unknown {
    const list = this.#lists.get(key);
    return list === undefined || list.length === 0 ? fallback : list.at(-1);
  }

  /** All values of `key`, in order; `fallback`, or an empty array, when there is no such key. The array is the caller's. */
  getList(key: string, fallback: readonly Value[] = []): Value[] {
    return [...(this.#lists.get(key) ?? fallback)];
  }

  has(key: string): boolean {
    return this.#lists.has(key);
  }

  /** How many distinct keys there are. */
  get size(): number {
    return this.#lists.size;
  }

  keys(): MapIterator<string> {
    return this.#lists.keys();
  }

  /** The last value of each key. */
  *values(): Generator<Value> {
    for (const [, value] of this) yield value;
  }

  /** Each key with its last value. Django: `items`. */
  *entries(): Generator<[key: string, last: Value]> {
    for (const [key, list] of this.#lists) {
      for (const last of list.slice(-1)) yield [key, last];
    }
  }

  /** Each key with all its values. The arrays are the caller's. */
  *lists(): Generator<[key: string, values: Value[]]> {
    for (const [key, list] of this.#lists) yield [key, [...list]];
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

  /** A copy with lists of its own; the values are the same. */
  copy(): MultiValueDict<Value> {
    return new MultiValueDict<Value>().update(this);
  }

  /** Replaces all values of `key` by one. */
  set(key: string, value: Value): this {
    return this.setList(key, [value]);
  }

  /** Replaces all values of `key`. */
  setList(key: string, values: readonly Value[]): this {
    this.beforeChange();
    this.#lists.set(key, [...values]);
    return this;
  }

  /** Adds a value to those of `key`. */
  appendList(key: string, value: Value): this {
    this.beforeChange();
    this.#list(key).push(value);
    return this;
  }

  /** The last value of `key`, which becomes `value` when there is no such key. */
  setDefault(key: string, value: Value): Value {
    this.beforeChange();
    if (!this.has(key)) this.set(key, value);
    return this.get(key, value);
  }

  /** The list of `key`, which becomes `values` when there is no such key. It is the list itself: what is pushed to it stays. */
  setListDefault(key: string, values: readonly Value[] = []): Value[] {
    this.beforeChange();
    if (!this.has(key)) this.setList(key, values);
    return this.#list(key);
  }

  /** Takes `key` out. Its values, or `fallback` when there is no such key. */
  pop(key: string): Value[] | undefined;
  pop<Default>(key: string, fallback: Default): Value[] | Default;
  pop(key: string, fallback?: unknown): unknown {
    this.beforeChange();
    const list = this.#lists.get(key);
    return this.#lists.delete(key) ? list : fallback;
  }

  /** Takes the key out that was added last. It and its values; `undefined` when there is none. */
  popItem(): [key: string, values: Value[]] | undefined {
    this.beforeChange();
    const item = [...this.#lists].at(-1);
    if (item !== undefined) this.#lists.delete(item[0]);
    return item;
  }

  /** True when there was such a key. */
  delete(key: string): boolean {
    this.beforeChange();
    return this.#lists.delete(key);
  }

  clear(): void {
    this.beforeChange();
    this.#lists.clear();
  }

  /** Adds everything in `source` to what is there; nothing is replaced. */
  update(source: MultiValueSource<Value>): this {
    this.beforeChange();
    if (source instanceof MultiValueDict) {
      for (const [key, values] of source.lists()) this.#extend(key, values);
    } else {
      const pairs = isIterable(source) ? source : Object.entries(source);
      for (const [key, value] of pairs) this.#list(key).push(value);
    }
    return this;
  }

  /** Called before every change. An override throws to refuse it. */
  protected beforeChange(): void {
    // Everything may be changed here.
  }

  #extend(key: string, values: readonly Value[]): void {
    const list = this.#list(key);
    for (const value of values) list.push(value);
  }

  #list(key: string): Value[] {
    const known = this.#lists.get(key);
    if (known !== undefined) return known;
    const list: Value[] = [];
    this.#lists.set(key, list);
    return list;
  }
}

function isIterable<Value>(
  source: Iterable<readonly [string, Value]> | Readonly<Record<string, Value>>,
): source is Iterable<readonly [string, Value]> {
  return Symbol.iterator in source;
}
