/**
 * The kinds of values that settings hold, as checks: what was expected, and whether a value is that.
 *
 * Layer 4 (conf). Pure.
 */
import { isAbsolute } from "node:path";

/** What a setting must be, to be read after "must be", and whether a value is that. */
export type Check = readonly [expected: string, holds: (value: unknown) => boolean];

/** The checks of one section, by setting. */
export type Checks<Section> = { readonly [Name in keyof Section]-?: Check };

export const isString = (value: unknown): boolean => typeof value === "string";

export const isAbsolutePath = (value: unknown): boolean =>
  typeof value === "string" && isAbsolute(value);

export const isListOf =
  (holds: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every(holds);

export const BOOLEAN: Check = ["true or false", (value) => typeof value === "boolean"];

export const STRING_OR_NULL: Check = [
  "a string or null",
  (value) => value === null || isString(value),
];

export const LIMIT: Check = [
  "a whole number from 0 up, or null for no limit",
  (value) => value === null || (Number.isSafeInteger(value) && Number(value) >= 0),
];

export const WHOLE_NUMBER: Check = [
  "a whole number from 0 up",
  (value) => Number.isSafeInteger(value) && Number(value) >= 0,
];

export const ABSOLUTE_PATH_OR_NULL: Check = [
  "an absolute path or null",
  (value) => value === null || isAbsolutePath(value),
];

export const REGEXPS: Check = [
  "an array of regular expressions",
  isListOf((value) => value instanceof RegExp),
];

export const NOT_EMPTY: Check = [
  "a string that is not empty",
  (value) => isString(value) && value !== "",
];

/** Of a cookie. */
export const DOMAIN_OR_NULL: Check = ["a domain or null", orNull(NOT_EMPTY)[1]];

/** When browsers send a cookie along with requests from other sites. */
export const SAME_SITE_OR_NULL: Check = orNull(oneOf("lax", "strict", "none"));

/** One of a few words. */
export function oneOf(...words: readonly string[]): Check {
  const quoted = words.map((word) => `"${word}"`);
  const last = quoted.pop() ?? "";
  const expected = quoted.length === 0 ? last : `${quoted.join(", ")} or ${last}`;
  return [expected, (value) => words.some((word) => word === value)];
}

/** That, or null. */
export function orNull([expected, holds]: Check): Check {
  return [`${expected}, or null`, (value) => value === null || holds(value)];
}
