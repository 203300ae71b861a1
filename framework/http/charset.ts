/**
 * Text to bytes and back, in the charset of a response.
 *
 * Layer 2 (http). Pure. Errors: `RangeError` for a charset that text cannot be written in, `TypeError` for
 * text that the charset has no bytes for.
 * Source: Django http/response.py (`charset`, `make_bytes`). Differs from it: text is written as UTF-8,
 * UTF-16, latin-1 or ASCII only (what Node writes); bytes may be in any charset, and are read in any.
 */

export const DEFAULT_CHARSET = "utf-8";

/** The charset that a Content-Type names, without its quotes; `utf-8` when it names none. */
export function charsetOf(contentType: string | undefined): string {
  if (contentType === undefined) return DEFAULT_CHARSET;
  return /;\s*charset=\s*"?([^\s;"]+)/i.exec(contentType)?.[1] ?? DEFAULT_CHARSET;
}

/** How Node calls the charsets it can write, and the last character each of them has. */
const WRITABLE: Readonly<Record<string, readonly [encoding: BufferEncoding, last: number]>> = {
  "utf-8": ["utf8", 0x10ffff],
  utf8: ["utf8", 0x10ffff],
  "utf-16le": ["utf16le", 0x10ffff],
  "iso-8859-1": ["latin1", 0xff],
  latin1: ["latin1", 0xff],
  "latin-1": ["latin1", 0xff],
  "us-ascii": ["latin1", 0x7f],
  ascii: ["latin1", 0x7f],
};

export function encodeText(text: string, charset: string): Buffer {
  if (charset === DEFAULT_CHARSET) return Buffer.from(text);
  const [encoding, last] = WRITABLE[charset.toLowerCase()] ?? [];
  if (encoding === undefined || last === undefined) {
    throw new RangeError(`text cannot be written as ${charset}: pass bytes, or use utf-8`);
  }
  if (last < 0x10ffff) checkCharacters(text, last, charset);
  return Buffer.from(text, encoding);
}

/** Bytes as text; what makes no sense becomes U+FFFD. */
export function decodeBytes(bytes: Buffer, charset: string): string {
  if (charset === DEFAULT_CHARSET) return bytes.toString();
  const [encoding, last] = WRITABLE[charset.toLowerCase()] ?? [];
  // TextDecoder reads "latin1" as windows-1252; what was written as ISO 8859-1 is read as that.
  return last === 0xff ? bytes.toString(encoding) : new TextDecoder(charset).decode(bytes);
}

function checkCharacters(text: string, last: number, charset: string): void {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code > last) {
      const name = code.toString(16).toUpperCase().padStart(4, "0");
      throw new TypeError(`${charset} has no character U+${name}`);
    }
  }
}
