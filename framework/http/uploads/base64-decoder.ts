/**
 * Base64 in pieces of any size (`Content-Transfer-Encoding: base64`).
 *
 * Layer 2 (http). Pure. White space may stand anywhere, as mail programs break lines; nothing else may.
 * Errors: `MultiPartParserError`. Source: RFC 2045 section 6.8; Django http/multipartparser.py.
 */
import type { Chunk } from "../../wsgi.ts";
import { MultiPartParserError } from "./multipart-error.ts";

export class Base64Decoder {
  /** Characters of a group of four that is not whole yet. */
  #rest = "";
  #padded = false;

  /** The bytes of all groups that are whole. */
  decode(chunk: Chunk): Buffer {
    const text =
      this.#rest +
      Buffer.from(chunk)
        .toString("latin1")
        .replaceAll(/[\t\n\f\r ]+/g, "");
    const whole = text.length - (text.length % 4);
    this.#rest = text.slice(whole);
    return this.#decodeGroups(text.slice(0, whole));
  }

  /** To be called at the end: nothing may be left over. */
  end(): void {
    if (this.#rest !== "") throw invalid();
  }

  #decodeGroups(groups: string): Buffer {
    if (groups === "") return Buffer.alloc(0);
    if (this.#padded || !/^[A-Za-z0-9+/]+={0,2}$/.test(groups)) throw invalid();
    this.#padded = groups.endsWith("=");
    return Buffer.from(groups, "base64");
  }
}

function invalid(): MultiPartParserError {
  return new MultiPartParserError("Could not decode base64 data.");
}
