/**
 * What templates compare, count and walk through.
 *
 * Layer 5 (templates). Pure. Source: Django's (that is, Python's) truth: nothing, zero, and whatever is empty is false.
 * Differs from nunjucks: an empty array, Map, Set or plain object is false, and so is an empty safe string.
 */
import { describeValue } from "../utils/describe.ts";
import { isText, SafeString } from "../utils/safe-string.ts";

export function isTrue(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return Boolean(value);
  if (value instanceof SafeString) return value.length > 0;
  if (Array.isArray(value)) return value.length > 0;
  return countOf(value) !== 0;
}

/** How many characters, items or keys there are; `undefined` for what has none of these. */
export function countOf(value: unknown): number | undefined {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return undefined;
  if (isPlainObject(value)) return Object.keys(value).length;
  if (!(Symbol.iterator in value)) return undefined;
  if ("size" in value && typeof value.size === "number") return value.size;
  return "length" in value && typeof value.length === "number" ? value.length : undefined;
}

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** Everything in `value`, in order; of an object its keys. Throws `TypeError` for what holds nothing. */
export function toList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null || value === false) return [];
  if (Array.isArray(value)) return value;
  if (isText(value)) return Array.from(String(value));
  if (typeof value === "object") {
    if (Symbol.iterator in value) return Array.from(toIterable(value));
    if (Symbol.asyncIterator in value || "then" in value)
      throw new TypeError(`${describeValue(value)} comes later: await it in the view`);
    return Object.keys(value);
  }
  throw new TypeError(`${describeValue(value)} is not iterable`);
}

/** Keys and values, or the pairs of an array or Map. */
export function toPairs(value: unknown): readonly unknown[] {
  return isKeyed(value) ? Object.entries(value) : toList(value);
}

/** `needle in haystack`. */
export function contains(haystack: unknown, needle: unknown): boolean {
  if (haystack === undefined || haystack === null) return false;
  if (isText(haystack)) return haystack.includes(String(needle));
  const plain = unwrap(needle);
  if (haystack instanceof Map || haystack instanceof Set) return haystack.has(plain);
  if (isKeyed(haystack)) {
    if ("has" in haystack && typeof haystack.has === "function")
      return haystack.has(plain) === true;
    return Object.hasOwn(haystack, String(plain));
  }
  return toList(haystack).some((item) => unwrap(item) === plain);
}

/** A safe string as the plain one: for comparisons. */
export function unwrap(value: unknown): unknown {
  return value instanceof SafeString ? value.toString() : value;
}

function isKeyed(value: unknown): value is object {
  return typeof value === "object" && value !== null && !(Symbol.iterator in value);
}

function toIterable(value: object): Iterable<unknown> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the caller has looked for Symbol.iterator
  return value as Iterable<unknown>;
}
