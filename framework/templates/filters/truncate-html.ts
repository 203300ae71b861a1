/**
 * Shortened HTML: `truncatechars_html`, `truncatewords_html`. Tags do not count, and those left open are closed.
 *
 * Layer 5 (templates). Pure. Source: Django utils/text.py (`TruncateHTMLParser`). Differs from it: entities that are not
 * among HTML's five stay as they are written.
 */
import { escapeHtml } from "../../utils/html.ts";
import { type HtmlToken, htmlTokens } from "./html-tokens.ts";
import { withEllipsis } from "./truncate.ts";

/** Shortens one piece of text to `left` units; tells how many it had. */
type Shorten = (html: string, left: number) => { readonly count: number; readonly output: string };

export function truncateHtml(html: string, length: number): string {
  if (length <= 0) return "";
  const text = html.normalize("NFC");
  // Django looks whether the text fits only where there are no tags.
  if (!text.includes("<") && charactersOfHtml(text).length <= length) return text;
  return truncate(text, length - 1, "…", (piece, left) => {
    const characters = charactersOfHtml(piece);
    return { count: characters.length, output: characters.slice(0, left).join("") };
  });
}

export function truncateHtmlWords(html: string, length: number): string {
  if (length <= 0) return "";
  return truncate(html, length, " …", (piece, left) => {
    const words = charactersOfHtml(piece)
      .join("")
      .split(/(?<=\S)\s+(?=\S)/);
    return { count: words.length, output: words.slice(0, left).join(" ") };
  });
}

function truncate(html: string, length: number, ellipsis: string, shorten: Shorten): string {
  const open: string[] = [];
  let output = "";
  let left = length;
  for (const token of htmlTokens(html)) {
    if (token.kind !== "text") {
      output += tag(token, open);
      continue;
    }
    const { count, output: kept } = shorten(token.raw, left);
    if (left < count) {
      const end = ellipsis === "…" ? withEllipsis(kept) : kept + ellipsis;
      return output + end + open.map((name) => `</${name}>`).join("");
    }
    left -= count;
    output += kept;
  }
  return output;
}

/** The tag as it is written; remembers which are open. */
function tag({ kind, raw, name }: HtmlToken, open: string[]): string {
  if (kind === "void") return raw;
  if (kind === "close") {
    if (open[0] === name) open.shift();
    return `</${name}>`;
  }
  if (raw.endsWith("/>")) return `${raw}</${name}>`;
  open.unshift(name);
  return raw;
}

/** Each as it is to be written; an entity is one. */
function charactersOfHtml(html: string): string[] {
  const found = html.match(/&(?:#\d+|#x[\da-f]+|[a-z][\da-z]*);|[^]/giu) ?? [];
  return found.map((character) => (character.length > 2 ? character : escapeHtml(character)));
}
