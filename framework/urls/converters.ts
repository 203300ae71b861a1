/**
 * Path converters: which text a `<int:pk>` matches, and the value it becomes.
 *
 * Layer 3 (urls). Source: Django urls/converters.py; the five built-in ones have its expressions.
 * Errors: `ConverterError` from `toValue` makes the pattern not match, from `toUrl` it skips the candidate.
 */
import { FrameworkError, ImproperlyConfigured } from "../exceptions.ts";

/**
 * What each converter hands to the view. A project adds its own by declaration merging:
 * `declare module "minorswing/urls" { interface Converters { year: Temporal.PlainYearMonth } }`.
 */
export interface Converters {
  int: number;
  str: string;
  slug: string;
  uuid: string;
  path: string;
}

/** A converter turns matched text into a value and a value back into text. */
export interface Converter<Value> {
  /** What the text looks like: a regular expression without anchors and capturing groups. */
  readonly regex: string;
  toValue(text: string): Value;
  toUrl(value: Value): string;
}

/** A converter refuses a text or a value. Caught by the resolver; never reaches a user. */
export class ConverterError extends FrameworkError {
  override readonly name = "ConverterError";
  readonly code = "urls.converter";
}

/** Converters whose value is the text itself, so that nothing has to be called. */
const plain = new WeakSet<Converter<unknown>>();

function textConverter(regex: string): Converter<unknown> {
  const converter = { regex, toValue: (text: string) => text, toUrl: textOf };
  plain.add(converter);
  return converter;
}

/** Whether `toValue` gives back its text: it can neither refuse it nor take time. */
export function isPlain(converter: Converter<unknown>): boolean {
  return plain.has(converter);
}

/** Only what has an obvious text may stand in a URL: not `undefined`, not `[object Object]`. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  throw new ConverterError(`a ${value === null ? "null" : typeof value} has no text for a URL`);
}

const integer: Converter<unknown> = {
  regex: "[0-9]+",
  toValue(text) {
    const value = Number(text);
    // A larger one would silently become its neighbour.
    if (!Number.isSafeInteger(value)) throw new ConverterError(`${text} is too large for a number`);
    return value;
  },
  toUrl: textOf,
};

/** What a capturing group of a regular expression holds: whatever the expression says. Not for routes. */
export const anyText: Converter<unknown> = textConverter(String.raw`[\s\S]*`);

const converters = new Map<string, Converter<unknown>>([
  ["int", integer],
  ["str", textConverter("[^/]+")],
  ["slug", textConverter("[-a-zA-Z0-9_]+")],
  ["uuid", textConverter("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")],
  ["path", textConverter(".+")],
]);

/** Makes `<name:…>` usable in routes. Register before the routes that use it are declared. */
export function registerConverter<Name extends keyof Converters>(
  name: Name,
  converter: Converter<Converters[Name]>,
): void {
  if (converters.has(name))
    throw new ImproperlyConfigured(`Converter '${name}' is already registered.`);
  if (new RegExp(`(?:${converter.regex})|`).exec("")?.length !== 1) {
    throw new ImproperlyConfigured(
      `the expression of converter '${name}' must not have capturing groups; use (?:…)`,
    );
  }
  converters.set(name, converter);
}

export function getConverter(name: string): Converter<unknown> | undefined {
  return converters.get(name);
}

export function converterNames(): string[] {
  return [...converters.keys()];
}
