/**
 * Python's `"%05.2f" % value`, for the filter `stringformat`.
 *
 * Layer 5 (templates). Pure. Source: Python's documentation, "printf-style String Formatting". What does not fit gives
 * the empty string, as in Django. Knows d, i, u, o, x, X, e, E, f, F and s.
 */
import { toFloat } from "./text.ts";
import { isText, toText } from "../../utils/safe-string.ts";

const SPECIFIER =
  /^(?<flags>[#0 +-]*)(?<width>\d*)(?:\.(?<precision>\d+))?[hlL]?(?<kind>[diouxXeEfFs])(?<rest>[^]*)$/;

/** `format` lacks the leading percent sign. */
export function printf(format: string, value: unknown): string {
  const {
    flags = "",
    width = "",
    precision,
    kind = "",
    rest = "",
  } = SPECIFIER.exec(format)?.groups ?? {};
  if (kind === "") return "";
  const text =
    kind === "s"
      ? toText(value).slice(0, limit(precision))
      : formatNumber(kind, flags, precision, value);
  return text === undefined
    ? ""
    : pad(text, Number(width), flags, kind) + rest.replaceAll("%%", "%");
}

function limit(precision: string | undefined): number | undefined {
  return precision === undefined ? undefined : Number(precision);
}

function formatNumber(
  kind: string,
  flags: string,
  precision: string | undefined,
  value: unknown,
): string | undefined {
  // Numbers in text are none for Python's %d.
  const number = isText(value) ? undefined : toFloat(value);
  if (number === undefined || !Number.isFinite(number)) return undefined;
  const digits = digitsOf(kind, Math.abs(number), precision);
  const sign =
    number < 0 || Object.is(number, -0)
      ? "-"
      : flags.includes("+")
        ? "+"
        : flags.includes(" ")
          ? " "
          : "";
  return sign + (flags.includes("#") ? prefixOf(kind) : "") + digits;
}

function prefixOf(kind: string): string {
  if (kind === "o") return "0o";
  return kind.toLowerCase() === "x" ? `0${kind}` : "";
}

function digitsOf(kind: string, number: number, precision: string | undefined): string {
  switch (kind) {
    case "f":
    case "F":
      return number.toFixed(Number(precision ?? 6));
    case "e":
    case "E":
      return exponential(number, Number(precision ?? 6), kind);
    default:
      return wholeDigits(kind, Math.trunc(number)).padStart(Number(precision ?? 0), "0");
  }
}

function wholeDigits(kind: string, number: number): string {
  if (kind === "o") return number.toString(8);
  if (kind === "x") return number.toString(16);
  return kind === "X" ? number.toString(16).toUpperCase() : BigInt(number).toString();
}

/** Python writes at least two digits of the exponent. */
function exponential(number: number, precision: number, kind: string): string {
  const text = number.toExponential(precision).replace(/e([+-])(\d)$/, "e$10$2");
  return kind === "E" ? text.toUpperCase() : text;
}

function pad(text: string, width: number, flags: string, kind: string): string {
  if (flags.includes("-")) return text.padEnd(width);
  if (!flags.includes("0") || kind === "s") return text.padStart(width);
  const [, sign = "", digits = ""] = /^([+ -]?(?:0[oxX])?)([^]*)$/.exec(text) ?? [];
  return sign + digits.padStart(width - sign.length, "0");
}
