/**
 * A response whose body is produced while it is sent.
 *
 * Layer 2 (http). Source: Django http/response.py (`StreamingHttpResponse`).
 * The source is read no faster than the client takes it, and is told when the client goes away
 * (a generator's `finally` runs).
 */
import type { Chunk } from "../wsgi.ts";
import { HttpResponseBase, type ResponseOptions } from "./response.ts";

type Piece = string | Uint8Array;

/** `source` is any iterable or async iterable of strings (sent as UTF-8) and bytes. It is read once. */
export class StreamingHttpResponse extends HttpResponseBase implements AsyncIterable<Chunk> {
  override readonly streaming = true;
  readonly #source: Iterable<Piece> | AsyncIterable<Piece>;

  constructor(
    source: Piece | Iterable<Piece> | AsyncIterable<Piece>,
    options: ResponseOptions = {},
  ) {
    super(options);
    // Strings and byte arrays are iterable themselves: character by character, number by number.
    this.#source = typeof source === "string" || source instanceof Uint8Array ? [source] : source;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Chunk> {
    for await (const piece of this.#source)
      yield typeof piece === "string" ? Buffer.from(piece) : piece;
  }
}
