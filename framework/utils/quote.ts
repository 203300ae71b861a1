/**
 * Percent-encoding of single names and values, in both directions.
 *
 * Layer 0. Pure. Errors: `RangeError` for an encoding that no standard names.
 * Source: CPython urllib/parse.py (`quote`, `quote_plus`, `unquote`); RFC 3986 section 2.
 * Differs from Python: encodings are those of the WHATWG Encoding standard (`latin1` means windows-1252).
 */
import { percentEscape, unquoteToLatin1 } from "./encoding.ts";

/** Text → percent-escapes of its UTF-8. Letters, digits, `_.-~` and what is in `safe` stay. */
export function quote(text: string, safe = ""): string {
  const escaped = encodeURIComponent(text.toWellFormed()).replaceAll(/[!*'()]/g, (character) =>
    percentEscape(character.charCodeAt(0)),
  );
  if (safe === "") return escaped;
  return escaped.replaceAll(/%[0-7][0-9A-F]/g, (escape) => {
    const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    return safe.includes(character) ? character : escape;
  });
}

/** As `quote`, but with `+` for a space, as forms have it. */
export function quotePlus(text: string): string {
  return quote(text, " ").replaceAll(" ", "+");
}

/** Percent-escapes → text. Escapes that are none stay; bytes that mean nothing in the encoding become U+FFFD. */
export function unquote(text: string, encoding = "utf-8"): string {
  if (!text.includes("%")) return text;
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  // What is not ASCII is text already, so it cannot be part of a character whose bytes are escaped.
  return text.replaceAll(/[\0-\x7f]+/g, (run) =>
    decoder.decode(Buffer.from(unquoteToLatin1(run), "latin1")),
  );
}

/** The standard's name of an encoding (`UTF8` → `utf-8`), or `undefined` when there is no such encoding. */
export function encodingName(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}
