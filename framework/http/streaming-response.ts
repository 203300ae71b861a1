/**
 * A response whose body is produced while it is sent.
 *
 * Layer 2 (http). Source: Django http/response.py (`StreamingHttpResponse`).
 * The source is read no faster than the client takes it, and is closed exactly once: when it ends, when the
 * client goes away, and also when nobody ever reads it (HEAD, an error after the view). Closed means: a
 * generator's `finally` runs (one that never started has none to run), a web stream is cancelled, a Node
 * stream is destroyed, and a `close()` is called where there is one.
 */
import type { Body, Chunk, Environ } from "../wsgi.ts";
import { BodySource, type PieceSource } from "./body-source.ts";
import { encodeText } from "./charset.ts";
import { HttpResponseBase, type Piece, type ResponseOptions } from "./response.ts";

/**
 * `source` is any iterable, async iterable or web stream of strings (sent in the response's charset) and bytes.
 * It is read once.
 */
export class StreamingHttpResponse extends HttpResponseBase implements AsyncIterable<Chunk> {
  override readonly streaming = true;
  #source: BodySource;

  constructor(source: Piece | PieceSource = [], options: ResponseOptions = {}) {
    super(options);
    this.#source = this.#open(source);
  }

  /** Whether the body may have to be waited for. */
  get isAsync(): boolean {
    return this.#source.isAsync;
  }

  /**
   * The body as bytes. A middleware that changes it reads this and assigns what it made of it; the source that was
   * there before is closed with the response all the same.
   */
  get streamingContent(): BodySource {
    return this.#source;
  }

  set streamingContent(source: Piece | PieceSource) {
    this.#source = this.#open(source);
  }

  /** A source that never waits is sent without promises. */
  override bodyFor(_environ: Environ): Body | Promise<Body> {
    const source = this.#source;
    if (source.isAsync) return this;
    return { [Symbol.iterator]: () => source.chunks(), close: () => this.close() };
  }

  [Symbol.asyncIterator](): AsyncIterator<Chunk> {
    return this.#source[Symbol.asyncIterator]();
  }

  #open(source: Piece | PieceSource): BodySource {
    // Strings and byte arrays are iterable themselves: character by character, number by number.
    const pieces = typeof source === "string" || source instanceof Uint8Array ? [source] : source;
    const opened = new BodySource(pieces, (text) => encodeText(text, this.charset));
    this.onClose(() => opened.close());
    return opened;
  }
}
