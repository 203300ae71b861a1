/**
 * Header values with parameters: `text/plain; charset="utf-8"; title*=UTF-8''b%20c`.
 *
 * Layer 2 (http). Pure. Errors: `BadRequest` for an extended parameter in an unknown encoding.
 * Source: RFC 9110 section 5.6, RFC 2231 section 4; Django utils/http.py (`parse_header_parameters`).
 * Differs from Django: where a parameter has both forms, the extended one wins (RFC 6266 section 4.3).
 */
import { BadRequest } from "../exceptions.ts";
import { encodingName, unquote } from "../utils/quote.ts";

export interface HeaderParameters {
  /** What stands before the first `;`, lower case. */
  readonly value: string;
  /** By name, lower case and without the `*` of an extended one. A map, since clients choose the names. */
  readonly params: ReadonlyMap<string, string>;
}

export function parseHeaderParameters(line: string): HeaderParameters {
  const [value = "", ...pieces] = splitOutsideQuotes(line, ";");
  const plain = new Map<string, string>();
  const extended = new Map<string, string>();
  for (const piece of pieces) {
    const equals = piece.indexOf("=");
    if (equals < 0) continue;
    const name = piece.slice(0, equals).trim().toLowerCase();
    const text = unquoteString(piece.slice(equals + 1).trim());
    const bare = name.endsWith("*") ? name.slice(0, -1) : name;
    const parts = text.split("'");
    if (bare !== name && parts.length === 3) extended.set(bare, decodeExtended(parts));
    else plain.set(bare, text);
  }
  return { value: value.trim().toLowerCase(), params: new Map([...plain, ...extended]) };
}

/** Cuts at each `separator` that is not inside of quotes. */
export function splitOutsideQuotes(line: string, separator: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line[at];
    if (character === '"') quoted = !quoted;
    else if (quoted && character === "\\") at++;
    else if (!quoted && character === separator) {
      pieces.push(line.slice(start, at));
      start = at + 1;
    }
  }
  pieces.push(line.slice(start));
  return pieces;
}

/** `"a \"b\""` → `a "b"`. A backslash before anything else stays: old browsers send Windows paths. */
function unquoteString(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  return text.slice(1, -1).replaceAll(/\\(["\\])/g, "$1");
}

/** `UTF-8'en'b%20c`, cut at its quotes → `b c`. */
function decodeExtended([label = "", , escaped = ""]: readonly string[]): string {
  const encoding = encodingName(label);
  if (encoding === undefined)
    throw new BadRequest(`Invalid encoding '${label}' for RFC 2231 param.`);
  return unquote(escaped, encoding);
}
