/**
 * What filters do with their input: text or numbers out of anything, and safety kept where a filter keeps it.
 *
 * Layer 5 (templates). Pure. Source: Django template/defaultfilters.py (`stringfilter`, `is_safe`).
 */
import type { TemplateFilter } from "../../conf/template-engine.ts";
import { conditionalEscape, markSafe, SafeString, toText } from "../../utils/safe-string.ts";

/** Filters by name. */
export type Filters = Readonly<Record<string, TemplateFilter>>;

/** What a filter makes of text. */
type TextFunction = (text: string, ...args: readonly unknown[]) => unknown;

/** A filter of text. What it makes is to be escaped like any other text. */
export function textFilter(filter: TextFunction): TemplateFilter {
  return (value: unknown, ...args: readonly unknown[]) => filter(toText(value), ...args);
}

/** A filter of text that adds nothing that would have to be escaped: what was safe stays so. */
export function safeTextFilter(filter: TextFunction): TemplateFilter {
  return (value: unknown, ...args: readonly unknown[]) => {
    const result = filter(toText(value), ...args);
    return value instanceof SafeString && typeof result === "string" ? markSafe(result) : result;
  };
}

/** What is written into HTML: escaped, or as it is where nothing is escaped. Safe text stays as it is. */
export type Escape = (value: unknown) => string;

/** A filter that makes HTML of text, and what takes its place inside of `{% autoescape off %}`. */
interface EscapingFilter extends TemplateFilter {
  readonly unescaped: TemplateFilter;
}

/** A filter that makes HTML: `make` writes it down once, for both kinds of `escape`. */
export function escapingFilter(make: (escape: Escape) => TemplateFilter): EscapingFilter {
  return Object.assign(make(conditionalEscape), { unescaped: make(toText) });
}

/** The filter as it is where nothing is escaped. */
export function unescapedForm(filter: TemplateFilter): TemplateFilter {
  const { unescaped = filter }: TemplateFilter & Partial<EscapingFilter> = filter;
  return unescaped;
}

/** As Python's `int()`: whole numbers, also as text; fractions lose what is behind the point. */
export function toInteger(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? Math.trunc(value) : undefined;
  if (typeof value === "bigint" || typeof value === "boolean") return Number(value);
  const text = toText(value).trim();
  return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

/** As Python's `float()`. */
export function toFloat(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "bigint" || typeof value === "boolean") return Number(value);
  const text = toText(value).trim();
  const number = text === "" ? Number.NaN : Number(text);
  return Number.isNaN(number) ? undefined : number;
}

/** Takes characters of a set off the end. A regular expression would try anew at each of them. */
export function trimEndOf(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** `\r\n` and `\r` as `\n`. */
export function normalizeNewlines(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n");
}
