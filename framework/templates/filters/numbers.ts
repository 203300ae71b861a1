/**
 * Filters of numbers: `add`, `divisibleby`, `filesizeformat`, `floatformat`, `get_digit`, `intcomma`, `ordinal`,
 * `pluralize`.
 *
 * Layer 5 (templates). Pure. Source: Django template/defaultfilters.py, contrib/humanize. English.
 */
import { isText, markSafe, toText } from "../../utils/safe-string.ts";
import { countOf } from "../truth.ts";
import { floatFormat, groupThousands } from "./decimal.ts";
import { type Filters, toFloat, toInteger } from "./text.ts";

export const NUMBER_FILTERS: Filters = {
  add,
  divisibleby: (value: unknown, by: unknown) =>
    Number(toInteger(value)) % Number(toInteger(by)) === 0,
  filesizeformat: (value: unknown) => fileSize(toInteger(value) ?? 0),
  floatformat: (value: unknown, argument?: unknown) => markSafe(floatFormat(value, argument)),
  get_digit: getDigit,
  intcomma: (value: unknown) => groupThousands(toText(value)),
  ordinal,
  pluralize: (value: unknown, suffixes: unknown = "s") => pluralize(value, toText(suffixes)),
};

/** Numbers are added, lists and texts joined; what cannot be added gives nothing. */
function add(value: unknown, other: unknown): unknown {
  const [left, right] = [toInteger(value), toInteger(other)];
  if (left !== undefined && right !== undefined) return left + right;
  if (Array.isArray(value) && Array.isArray(other)) return [...value, ...other];
  const areTexts = [value, other].every((side) => isText(side));
  return areTexts ? toText(value) + toText(other) : "";
}

const UNITS = ["KB", "MB", "GB", "TB", "PB"];

/** With a space that does not break. */
function fileSize(bytes: number): string {
  const size = Math.abs(bytes);
  const sign = bytes < 0 ? "-" : "";
  if (size < 1024) return `${sign}${size}\u00a0${size === 1 ? "byte" : "bytes"}`;
  const power = Math.min(UNITS.length, Math.floor(Math.log2(size) / 10));
  return `${sign}${oneDecimal(size / 1024 ** power)}\u00a0${UNITS[power - 1]}`;
}

/** Python rounds a half to the even digit. */
function oneDecimal(value: number): string {
  const tenths = value * 10;
  const floor = Math.floor(tenths);
  if (tenths - floor !== 0.5) return value.toFixed(1);
  return ((floor % 2 === 0 ? floor : floor + 1) / 10).toFixed(1);
}

/** The digit at `position`, from the right, counting from 1. */
function getDigit(value: unknown, position: unknown): unknown {
  const [number, index] = [toInteger(value), toInteger(position)];
  if (number === undefined || index === undefined || index < 1) return value;
  return Number(String(Math.abs(number)).at(-index) ?? 0);
}

function ordinal(value: unknown): unknown {
  const number = toInteger(value);
  if (number === undefined) return value;
  if (number < 0) return String(number);
  const suffix = [11, 12, 13].includes(number % 100)
    ? "th"
    : (["th", "st", "nd", "rd"][number % 10] ?? "th");
  return `${number}${suffix}`;
}

/** `suffixes`: `"es"`, or `"y,ies"`. Of a list the length counts. */
function pluralize(value: unknown, suffixes: string): string {
  const [singular = "", plural = "", ...more] = suffixes.includes(",")
    ? suffixes.split(",")
    : ["", suffixes];
  if (more.length > 0) return "";
  const count =
    typeof value === "object" && value !== null && !isText(value) ? countOf(value) : toFloat(value);
  if (count === undefined) return "";
  return count === 1 ? singular : plural;
}
