/**
 * `wsgi.input` of a request whose connection is in another thread: a piece is asked for when it is wanted.
 *
 * Layer 3 (wsgiserver). Errors: whatever reading the body failed with in the other thread.
 */
import type { InputStream } from "../../framework/wsgi.ts";
import { ByteReader } from "../socketserver/byte-reader.ts";

const EMPTY = Buffer.alloc(0);

export class RemoteInput extends ByteReader implements InputStream {
  /** Somebody has begun to read. */
  started = false;
  readonly #ask: () => void;
  #buffered: Buffer = EMPTY;
  #ended = false;
  #error: unknown;
  #waiting: PromiseWithResolvers<boolean> | undefined;

  /** `ask` makes the other thread call `push`, `end` or `fail`. */
  constructor(ask: () => void) {
    super();
    this.#ask = ask;
  }

  override get buffered(): Buffer {
    return this.#buffered;
  }

  override take(size: number): Buffer {
    const taken = this.#buffered.subarray(0, size);
    this.#buffered = this.#buffered.subarray(size);
    return taken;
  }

  override more(): Promise<boolean> {
    if (this.#error !== undefined) return Promise.reject(this.#error);
    if (this.#ended) return Promise.resolve(false);
    if (this.#waiting === undefined) {
      this.started = true;
      this.#waiting = Promise.withResolvers<boolean>();
      this.#ask();
    }
    return this.#waiting.promise;
  }

  push(chunk: Uint8Array): void {
    const piece = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.#buffered = this.#buffered.length === 0 ? piece : Buffer.concat([this.#buffered, piece]);
    this.#settle()?.resolve(true);
  }

  end(): void {
    this.#ended = true;
    this.#settle()?.resolve(false);
  }

  fail(error: unknown): void {
    this.#error = error;
    this.#settle()?.reject(error);
  }

  #settle(): PromiseWithResolvers<boolean> | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }
}
