/**
 * JSON as Python's `json.dumps(value, separators=(",", ":"))` writes it, so that signatures are the same.
 *
 * Layer 1. Pure. Errors: `UnsignableValue`, with the way to what is no JSON; `SyntaxError` or `TypeError` for bytes
 * that are none. Source: Python json/encoder.py; Django core/signing.py (`JSONSerializer`).
 * Differs from Python: whole numbers are written as ints; NaN and the infinities, which are no JSON, are refused.
 */
import { describeValue } from "../utils/describe.ts";
import { UnsignableValue } from "./exceptions.ts";

/** Between values and bytes. `loads` may throw whatever it likes: it becomes an `InvalidPayload`. */
export interface Serializer {
  dumps(value: unknown): Uint8Array;
  loads(bytes: Uint8Array): unknown;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Writes ASCII only, and reads UTF-8. */
export const jsonSerializer: Serializer = {
  dumps: (value) => Buffer.from(formatJson(value), "latin1"),
  loads: (bytes) => JSON.parse(utf8.decode(bytes)),
};

/** Properties that are `undefined` are left out, as `JSON.stringify` does; every other value must be JSON. */
export function formatJson(value: unknown): string {
  return format(value, undefined);
}

/** Where a member is; the outermost value is at no place. */
interface Place {
  readonly container: object;
  readonly step: string | number;
  readonly outer: Place | undefined;
}

function format(value: unknown, place: Place | undefined): string {
  if (typeof value === "string") return formatText(value);
  if (typeof value === "number") return formatNumber(value, place);
  if (typeof value === "boolean" || value === null) return String(value);
  if (typeof value !== "object") throw noJson(describeValue(value), place);
  if (isInside(value, place)) throw noJson("an object that contains itself", place);
  if (Array.isArray(value)) return formatArray(value, place);
  if (isPlain(value)) return formatObject(value, place);
  throw noJson(describeValue(value), place);
}

function formatArray(container: readonly unknown[], outer: Place | undefined): string {
  // Not `map`, which skips holes.
  const items = Array.from(container, (item, step) => format(item, { container, step, outer }));
  return `[${items.join(",")}]`;
}

function formatObject(container: object, outer: Place | undefined): string {
  const members = Object.entries(container)
    .filter(([, member]) => member !== undefined)
    .map(([step, member]) => `${formatText(step)}:${format(member, { container, step, outer })}`);
  return `{${members.join(",")}}`;
}

function formatText(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\x7f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The digits are the same in both languages; Python goes over to exponents earlier, and writes two digits of them. */
function formatNumber(number: number, place: Place | undefined): string {
  if (!Number.isFinite(number)) throw noJson(String(number), place);
  if (Object.is(number, -0)) return "-0.0";
  if (number === 0 || Math.abs(number) >= 1e-4) return String(number);
  return number.toExponential().replace(/e-(\d)$/, "e-0$1");
}

/** An object literal, of this realm or another, or an object without a prototype. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isInside(value: object, place: Place | undefined): boolean {
  for (let at = place; at !== undefined; at = at.outer) if (at.container === value) return true;
  return false;
}

function noJson(found: string, place: Place | undefined): UnsignableValue {
  return new UnsignableValue(
    `${nameOf(place)} is ${found}; what is signed may hold null, booleans, finite numbers, texts, arrays and plain objects`,
  );
}

/** `the value.basket[2].price` */
function nameOf(place: Place | undefined): string {
  if (place === undefined) return "the value";
  const step = typeof place.step === "number" ? `[${place.step}]` : `.${place.step}`;
  return nameOf(place.outer) + step;
}
