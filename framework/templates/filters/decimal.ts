/**
 * Numbers as decimal digits, rounded as people do: half away from zero.
 *
 * Layer 5 (templates). Pure. Source: Django template/defaultfilters.py (`floatformat`), Python decimal.
 */
import { toFloat } from "./text.ts";
import { toText } from "../../utils/safe-string.ts";

/** `±digits × 10^-scale`. */
interface Decimal {
  readonly isNegative: boolean;
  readonly digits: bigint;
  readonly scale: number;
}

/** Longer numbers are left as they are: they only cost time. */
const MOST_DIGITS = 200;

/** What `{{ value | floatformat(argument) }}` writes; `argument` as in Django: `2`, `-3`, `"2g"`. */
export function floatFormat(value: unknown, argument: unknown = -1): string {
  const [, places = "", suffix = ""] = /^([+-]?\d*)([gu]*)$/.exec(toText(argument).trim()) ?? [
    "",
    "x",
  ];
  const text = typeof value === "boolean" ? String(Number(value)) : toText(value).trim();
  const decimal = parse(text);
  if (decimal === undefined)
    return toFloat(text) === undefined ? "" : text.replace("Infinity", "inf");
  const precision = places === "" ? -1 : Number(places);
  if (Number.isNaN(precision) || decimal.scale + String(decimal.digits).length > MOST_DIGITS)
    return text;
  const rounded =
    isWhole(decimal) && precision <= 0 ? format(decimal, 0) : format(decimal, Math.abs(precision));
  return suffix.includes("g") ? groupThousands(rounded) : rounded;
}

/** `1234567.5` → `1,234,567.5`. */
export function groupThousands(text: string): string {
  const [, sign = "", whole = "", rest = ""] = /^(-?)(\d+)([^]*)$/.exec(text) ?? [];
  if (whole === "") return text;
  const groups: string[] = [];
  for (let end = whole.length; end > 0; end -= 3)
    groups.unshift(whole.slice(Math.max(0, end - 3), end));
  return sign + groups.join(",") + rest;
}

function parse(text: string): Decimal | undefined {
  if (text.length > 2 * MOST_DIGITS) return undefined;
  const found = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,4}))?$/i.exec(text);
  if (found === null || !/\d/.test(text.split(/e/i)[0] ?? "")) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = found;
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale >= 0
    ? { isNegative: sign === "-", digits, scale }
    : { isNegative: sign === "-", digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

function isWhole({ digits, scale }: Decimal): boolean {
  return digits % 10n ** BigInt(scale) === 0n;
}

function format({ isNegative, digits, scale }: Decimal, places: number): string {
  const scaled = digits * 10n ** BigInt(Math.max(0, places - scale));
  const unit = 10n ** BigInt(Math.max(0, scale - places));
  const rounded = (scaled + unit / 2n) / unit;
  const text = rounded.toString().padStart(places + 1, "0");
  const sign = isNegative && rounded !== 0n ? "-" : "";
  return places === 0 ? sign + text : `${sign}${text.slice(0, -places)}.${text.slice(-places)}`;
}
