/**
 * Links out of text: `urlize`, `urlizetrunc`.
 *
 * Layer 5 (templates). Pure. Source: Django utils/html.py (`Urlizer`), core/validators.py (`EmailValidator`).
 * Differs from it: of entities only HTML's five, `&nbsp;` and numbers are known.
 */
import { escapeHtml, unescapeHtml } from "../../utils/html.ts";
import { quote, unquote } from "../../utils/quote.ts";
import { SafeString, toText } from "../../utils/safe-string.ts";
import { type Escape, trimEndOf } from "./text.ts";

const LONGEST_URL = 2048;
/** RFC 5321: 64 characters, `@`, 255 characters. */
const LONGEST_EMAIL = 320;
const WITH_SCHEME = /^https?:\/\/\[?\w/i;
const WITHOUT_SCHEME = /^www\.|^(?!http)\w[^@]+\.(?:com|edu|gov|int|mil|net|org)(?:$|\/.*$)/i;
const EMAIL =
  /^[-!#$%&'*+/=?^_`{}|~\w]+(?:\.[-!#$%&'*+/=?^_`{}|~\w]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!-)(?:[a-z0-9-]{2,63})(?<!-)$/i;

/** Sub- and general delimiters of RFC 3986. */
const URL_SAFE = "!$&'()*+,;=:/?#[]@~";

/** What stands around a link: `(see www.a.org).` */
interface Trimmed {
  readonly lead: string;
  readonly middle: string;
  readonly trail: string;
}

/** The HTML of `value` with links, its text as `escape` writes it; that of a link is at most `limit` characters long. */
export function urlize(value: unknown, escape: Escape, limit?: number): string {
  const write = value instanceof SafeString ? toText : escape;
  const pieces = toText(value).split(/([\s<>"']+)/);
  return pieces.map((piece) => link(piece, limit, write) ?? write(piece)).join("");
}

function link(piece: string, limit: number | undefined, write: Escape): string | undefined {
  if (!/[.@:]/.test(piece)) return undefined;
  const { lead, middle, trail } = trim(piece);
  const target = targetOf(middle);
  if (target === undefined) return undefined;
  const text =
    limit === undefined || middle.length <= limit
      ? middle
      : `${middle.slice(0, Math.max(0, limit - 1))}…`;
  const attributes = target.startsWith("mailto:") ? "" : ' rel="nofollow"';
  return `${write(lead)}<a href="${escapeHtml(target)}"${attributes}>${write(text)}</a>${write(trail)}`;
}

function targetOf(text: string): string | undefined {
  if (text.length <= LONGEST_URL) {
    if (WITH_SCHEME.test(text)) return quoteUrl(unescapeHtml(text));
    if (WITHOUT_SCHEME.test(text)) return quoteUrl(`http://${unescapeHtml(text)}`);
  }
  if (text.length > LONGEST_EMAIL || text.includes(":") || !EMAIL.test(text)) return undefined;
  const at = text.lastIndexOf("@");
  return `mailto:${quote(text.slice(0, at))}@${quote(text.slice(at + 1))}`;
}

/** Escapes what is not escaped already. */
function quoteUrl(url: string): string {
  const [, before = "", query, hash = ""] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(url) ?? [];
  // As Python's urlunsplit: the scheme in small letters.
  const start = before.replace(/^[a-z]+(?=:)/i, (scheme) => scheme.toLowerCase());
  const search = query === undefined || query === "?" ? "" : `?${quoteQuery(query.slice(1))}`;
  return requote(start) + search + requote(hash);
}

function requote(text: string): string {
  return quote(unquote(text), URL_SAFE);
}

function quoteQuery(query: string): string {
  return new URLSearchParams(query).toString().replaceAll("%7E", "~").replaceAll("*", "%2A");
}

/** Takes brackets off that are opened outside, and punctuation off the end. */
function trim(word: string): Trimmed {
  let middle = word.replace(/^[([]+/, "");
  const lead = word.slice(0, word.length - middle.length);
  let trail = "";
  for (let before = ""; before !== middle && middle !== "";) {
    before = middle;
    for (const pair of ["()", "[]"]) middle = withoutBrackets(middle, pair);
    middle = withoutPunctuation(middle);
    trail = before.slice(middle.length) + trail;
  }
  return { lead, middle, trail };
}

/** `a)` → `a`, but `a(b)` stays. */
function withoutBrackets(text: string, pair: string): string {
  const [open = "", close = ""] = pair;
  const surplus = count(text, close) - count(text, open);
  return surplus > 0 && text.endsWith(close) ? text.slice(0, -surplus) : text;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** A semicolon that ends an entity stays. */
function withoutPunctuation(text: string): string {
  const entity = /&(?:#\d+|#x[\da-f]+|[a-z][\da-z]*);(?=[.,:;!]*$)/i.exec(text);
  if (entity !== null) return text.slice(0, entity.index + entity[0].length);
  return trimEndOf(text, ".,:;!");
}
