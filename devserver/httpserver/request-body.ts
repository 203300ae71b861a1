/**
 * The body of one request, cut out of its connection.
 *
 * Layer 2 (httpserver). Units: bytes, milliseconds. It ends where the body ends, whatever follows on the connection.
 * Errors: `HTTPRequestError` for bad chunked framing, `BrokenPipeError` when the client leaves in the middle,
 * `TimeoutError` when it sends nothing for `rfile.timeout`, or so little that it may have been waited for no longer:
 * `rfile.timeout`, and a second more for every `minRate` bytes. Only waiting counts, not what the application does meanwhile.
 * Source: Apache mod_reqtimeout (`RequestReadTimeout body=20,MinRate=500`).
 */
import type { InputStream } from "../../framework/wsgi.ts";
import type { StreamReader } from "../socketserver/stream-reader.ts";
import { BrokenPipeError } from "../socketserver/stream-writer.ts";
import { TimeoutError } from "../socketserver/timeout-error.ts";
import { ChunkedDecoder } from "./chunked-decoder.ts";

const EMPTY = Buffer.alloc(0);

export class RequestBody implements InputStream {
  readonly #rfile: StreamReader;
  readonly #decoder: ChunkedDecoder | undefined;
  readonly #beforeRead: (() => void | Promise<void>) | undefined;
  readonly #minRate: number;
  readonly #patience: number;
  #left: number;
  #started = false;
  #received = 0;
  #waited = 0;

  /**
   * `contentLength` is `undefined` for a chunked body. `beforeRead` runs once, before the first byte is waited for.
   * `minRate` is in bytes a second; 0 for none.
   */
  constructor(
    rfile: StreamReader,
    contentLength: number | undefined,
    beforeRead?: () => void | Promise<void>,
    minRate: number = 0,
  ) {
    this.#minRate = minRate;
    this.#patience = rfile.timeout;
    this.#rfile = rfile;
    this.#left = contentLength ?? 0;
    this.#decoder = contentLength === undefined ? new ChunkedDecoder() : undefined;
    this.#beforeRead = beforeRead;
  }

  /** The whole body has been read. */
  get ended(): boolean {
    return this.#decoder === undefined ? this.#left === 0 : this.#decoder.done;
  }

  /** Somebody has begun to read it. */
  get started(): boolean {
    return this.#started;
  }

  async read(size: number = Number.POSITIVE_INFINITY): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let missing = size;
    while (missing > 0) {
      const chunk = await this.#next(missing);
      if (chunk.length === 0) break;
      missing -= chunk.length;
      chunks.push(chunk);
    }
    return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
  }

  async readline(size: number = Number.POSITIVE_INFINITY): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let missing = size;
    while (missing > 0) {
      const chunk = await this.#next(missing, true);
      if (chunk.length === 0) break;
      missing -= chunk.length;
      chunks.push(chunk);
      if (chunk.at(-1) === 0x0a) break;
    }
    return Buffer.concat(chunks);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for (;;) {
      const chunk = await this.#next(Number.POSITIVE_INFINITY);
      if (chunk.length === 0) return;
      yield chunk;
    }
  }

  /** Reads and drops what nobody has read, at most `limit` bytes; true when the body ended. */
  async drain(limit: number): Promise<boolean> {
    let dropped = 0;
    while (!this.ended) {
      if (dropped > limit || this.#left > limit) return false;
      dropped += (await this.#next(Number.POSITIVE_INFINITY)).length;
    }
    return true;
  }

  /** At least one byte and at most `limit`, up to a line feed if `untilLine`; nothing at the end of the body. */
  async #next(limit: number, untilLine = false): Promise<Buffer> {
    if (this.ended) return EMPTY;
    if (!this.#started) {
      this.#started = true;
      await this.#beforeRead?.();
    }
    for (;;) {
      const chunk = this.#takeBuffered(limit, untilLine);
      if (chunk.length > 0 || this.ended) return chunk;
      if (!(await this.#more()))
        throw new BrokenPipeError("the client left in the middle of its request body");
    }
  }

  /** As `rfile.more`, within the time that is left for this body. */
  #more(): Promise<boolean> {
    const allowed = this.#patience + (this.#received / this.#minRate) * 1000 - this.#waited;
    // Most bodies come fast enough for a wait of any length.
    const isHurried = this.#patience > 0 && this.#minRate > 0 && allowed < this.#patience;
    return isHurried ? this.#moreWithin(allowed) : this.#timed(this.#rfile.more());
  }

  async #moreWithin(allowed: number): Promise<boolean> {
    if (allowed <= 0) throw new TimeoutError(this.#patience);
    this.#rfile.timeout = Math.ceil(allowed);
    try {
      return await this.#timed(this.#rfile.more());
    } finally {
      this.#rfile.timeout = this.#patience;
    }
  }

  async #timed(wait: Promise<boolean>): Promise<boolean> {
    const start = performance.now();
    const more = await wait;
    this.#waited += performance.now() - start;
    return more;
  }

  #takeBuffered(limit: number, untilLine: boolean): Buffer {
    const { buffered } = this.#rfile;
    const most = untilLine ? upToLineFeed(buffered, limit) : limit;
    if (this.#decoder === undefined) {
      const chunk = this.#rfile.take(Math.min(buffered.length, this.#left, most));
      this.#left -= chunk.length;
      this.#received += chunk.length;
      return chunk;
    }
    // With chunks between the lines the line feed may lie in the framing: byte by byte is right, if slow.
    const { data, consumed } = this.#decoder.decode(buffered, untilLine ? 1 : limit);
    this.#rfile.take(consumed);
    this.#received += consumed;
    return data;
  }
}

function upToLineFeed(bytes: Buffer, limit: number): number {
  const lineFeed = bytes.indexOf(0x0a);
  return lineFeed < 0 ? limit : Math.min(lineFeed + 1, limit);
}
