/**
 * Filters of text: `addslashes`, `capfirst`, `center`, `cut`, `ljust`, `lower`, `make_list`, `rjust`, `slugify`,
 * `stringformat`, `title`, `upper`, `urlencode`, `iriencode`, `wordcount`, `wordwrap`.
 *
 * Layer 5 (templates). Pure. Source: Django template/defaultfilters.py; Python textwrap.py.
 */
import { markSafe, SafeString, toText } from "../../utils/safe-string.ts";
import { quote } from "../../utils/quote.ts";
import { printf } from "./printf.ts";
import { type Filters, safeTextFilter, textFilter, toInteger, trimEndOf } from "./text.ts";

export const STRING_FILTERS: Filters = {
  addslashes: safeTextFilter((text) => text.replaceAll(/[\\"']/g, "\\$&")),
  capfirst: safeTextFilter(capfirst),
  center: safeTextFilter(center),
  cut,
  iriencode: safeTextFilter((text) => quote(text, "/#%[]=:;$&()+,!?*@'~")),
  ljust: safeTextFilter((text, width) => text.padEnd(toInteger(width) ?? 0)),
  lower: safeTextFilter((text) => text.toLowerCase()),
  make_list: textFilter((text) => Array.from(text)),
  rjust: safeTextFilter((text, width) => text.padStart(toInteger(width) ?? 0)),
  slugify: safeTextFilter(slugify),
  stringformat: (value: unknown, format: unknown) => {
    const text = printf(toText(format), value);
    return value instanceof SafeString ? markSafe(text) : text;
  },
  title: safeTextFilter(title),
  upper: textFilter((text) => text.toUpperCase()),
  urlencode: textFilter((text, safe) => quote(text, safe === undefined ? "/" : toText(safe))),
  wordcount: textFilter((text) => words(text).length),
  wordwrap: safeTextFilter((text, width) => wrap(text, toInteger(width) ?? 79)),
};

/** Without the empty words at the ends. */
export function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

function capfirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** As Python's `str.center`: an odd space goes left where the width is odd. */
function center(text: string, argument: unknown): string {
  const width = toInteger(argument) ?? 80;
  const margin = Math.max(0, width - text.length);
  const left = Math.floor(margin / 2) + (margin & width & 1);
  return " ".repeat(left) + text + " ".repeat(margin - left);
}

/** Taking a `;` out of HTML would break what was escaped. */
function cut(value: unknown, argument: unknown): unknown {
  const text = toText(value).replaceAll(toText(argument), "");
  return value instanceof SafeString && toText(argument) !== ";" ? markSafe(text) : text;
}

function slugify(text: string): string {
  const slug = text
    .normalize("NFKD")
    .replaceAll(/[^\0-\x7f]/g, "")
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, "")
    .replaceAll(/[-\s]+/g, "-")
    .replace(/^[-_]+/, "");
  return trimEndOf(slug, "-_");
}

/** Every run of letters is a word, save after an apostrophe or a digit. */
function title(text: string): string {
  return text
    .replaceAll(/\p{L}+/gu, (word) => capfirst(word.toLowerCase()))
    .replaceAll(/([a-z])'([A-Z])/g, (found) => found.toLowerCase())
    .replaceAll(/\d([A-Z])/g, (found) => found.toLowerCase());
}

/** Breaks lines at spaces; a word that is longer than a line stays whole. */
function wrap(text: string, width: number): string {
  const lines = text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/);
  return lines.flatMap((line) => wrapLine(line, width)).join("\n");
}

function wrapLine(line: string, width: number): string[] {
  const wrapped: string[] = [];
  let current = "";
  for (const chunk of line.split(/([\t\n\v\f\r ]+)/)) {
    if (current.length + chunk.length <= width) {
      current += chunk;
      continue;
    }
    if (current.trimEnd() !== "") wrapped.push(current.trimEnd());
    // The space at which a line breaks is gone; the one it begins with stays.
    current = chunk.trim() === "" ? "" : chunk;
  }
  if (current.trimEnd() !== "") wrapped.push(current.trimEnd());
  return wrapped.length === 0 ? [line] : wrapped;
}
