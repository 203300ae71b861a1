/**
 * Shortened text: `truncatechars`, `truncatewords`.
 *
 * Layer 5 (templates). Pure. Source: Django utils/text.py (`Truncator`).
 */
import { words } from "./strings.ts";
import { type Filters, safeTextFilter, toInteger } from "./text.ts";

/** Stands for what was cut off, and counts. */
const ELLIPSIS = "…";

export const TRUNCATE_FILTERS: Filters = {
  truncatechars: safeTextFilter((text, length) => truncateBy(truncate, text, length)),
  truncatewords: safeTextFilter((text, length) => truncateBy(truncateWords, text, length)),
};

/** `text` shortened to the length that a template gives; as it is when that is no number. */
export function truncateBy(
  shorten: (text: string, length: number) => string,
  text: string,
  length: unknown,
): string {
  const count = toInteger(length);
  return count === undefined ? text : shorten(text, count);
}

/** At most `length` characters, the ellipsis among them. Accents that stand on their own do not count. */
function truncate(text: string, length: number): string {
  if (length <= 0) return "";
  const characters = charactersOf(text.normalize("NFC"));
  if (characters.length <= length) return characters.join("");
  return withEllipsis(characters.slice(0, length - 1).join(""));
}

function truncateWords(text: string, length: number): string {
  if (length <= 0) return "";
  const all = words(text);
  return all.length <= length ? all.join(" ") : `${all.slice(0, length).join(" ")} ${ELLIPSIS}`;
}

/** Each with the accents that follow it. */
function charactersOf(text: string): string[] {
  return text.match(/^\p{Mn}+|\P{Mn}\p{Mn}*/gu) ?? [];
}

export function withEllipsis(text: string): string {
  return text.endsWith(ELLIPSIS) ? text : text + ELLIPSIS;
}
