/**
 * The decoder of chunked bodies.
 *
 * Layer 2 (httpserver). Pure and incremental: bytes in, data out. Strict by RFC 9112 section 7.1.
 * Extensions and trailers are read and dropped, within a limit. Errors: `HTTPRequestError` 400.
 * Stricter than the RFC, as llhttp is: no blanks around extensions, and no trailer that speaks of framing.
 */
import { HTTPRequestError } from "./http-error.ts";

/** Longest chunk-size line with its extensions, and longest trailer section, in bytes. */
const MAX_LINE = 4096;
const MAX_TRAILERS = 16_384;

const SIZE_LINE =
  /^([0-9A-Fa-f]{1,13})(?:;[!#$%&'*+\-.^_`|~0-9A-Za-z]+(?:=(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]*|"(?:[\t\x20\x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t\x20-\x7e\x80-\xff])*"))?)*$/;
const FRAMING_TRAILER = /^(?:content-length|transfer-encoding):/i;
const TRAILER = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*$/;

export interface Decoded {
  /** The next piece of data; empty when more bytes are needed, or at the end. */
  readonly data: Buffer;
  /** How many of the bytes are dealt with. */
  readonly consumed: number;
}

export class ChunkedDecoder {
  /** The last chunk and its trailers have been read. */
  done = false;
  #state: "size" | "data" | "data-end" | "trailers" = "size";
  #left = 0;
  #trailerBytes = 0;

  /** Decodes from the start of `bytes`, at most one piece of data and at most `limit` bytes of it. */
  decode(bytes: Buffer, limit: number = Number.POSITIVE_INFINITY): Decoded {
    let position = 0;
    while (!this.done) {
      if (this.#state === "data") {
        const end = Math.min(bytes.length, position + Math.min(this.#left, limit));
        const data = bytes.subarray(position, end);
        this.#left -= data.length;
        if (this.#left === 0) this.#state = "data-end";
        return { data, consumed: end };
      }
      const next = this.#readLine(bytes, position);
      if (next === undefined) break;
      position = next;
    }
    return { data: bytes.subarray(0, 0), consumed: position };
  }

  /** Reads one line of framing; returns the position after it, or `undefined` when it has not arrived whole. */
  #readLine(bytes: Buffer, start: number): number | undefined {
    const lineFeed = bytes.indexOf(0x0a, start);
    const length = (lineFeed < 0 ? bytes.length : lineFeed) - start;
    if (length > MAX_LINE) throw new HTTPRequestError(400, "Chunk line too long");
    if (lineFeed < 0) return undefined;
    if (bytes[lineFeed - 1] !== 0x0d || lineFeed === start)
      throw new HTTPRequestError(400, "Bad line end in a chunked body");
    this.#takeLine(bytes.toString("latin1", start, lineFeed - 1));
    return lineFeed + 1;
  }

  #takeLine(line: string): void {
    if (this.#state === "size") this.#takeSize(line);
    else if (this.#state === "data-end") this.#takeDataEnd(line);
    else this.#takeTrailer(line);
  }

  #takeSize(line: string): void {
    const size = SIZE_LINE.exec(line)?.[1];
    if (size === undefined) throw new HTTPRequestError(400, "Bad chunk size");
    this.#left = Number.parseInt(size, 16);
    this.#state = this.#left === 0 ? "trailers" : "data";
  }

  #takeDataEnd(line: string): void {
    if (line !== "") throw new HTTPRequestError(400, "Chunk data longer than its size");
    this.#state = "size";
  }

  #takeTrailer(line: string): void {
    this.#trailerBytes += line.length + 2;
    if (this.#trailerBytes > MAX_TRAILERS)
      throw new HTTPRequestError(400, "Trailer section too large");
    if (line === "") this.done = true;
    else if (!TRAILER.test(line) || FRAMING_TRAILER.test(line))
      throw new HTTPRequestError(400, "Bad trailer line");
  }
}
