/**
 * The event stream that one page listens to.
 *
 * Layer 4 (livereload). Units: milliseconds. Source: HTML standard, section "Server-sent events". The server ends it when it
 * stops, as it does with every event stream.
 */
import type { Chunk } from "../../framework/wsgi.ts";

/** A comment is sent after so long, so that nobody on the way gives up. */
const HEARTBEAT = 15_000;

/** An endless body; each message is sent as one event. */
export class EventSourceBody implements AsyncIterable<Chunk>, AsyncIterator<Chunk> {
  readonly #onClose: (body: EventSourceBody) => void;
  readonly #heartbeat: NodeJS.Timeout;
  #unsent = "";
  #closed = false;
  #wake: () => void = () => undefined;

  constructor(onClose: (body: EventSourceBody) => void) {
    this.#onClose = onClose;
    this.#heartbeat = setInterval(() => this.postText(":\n\n"), HEARTBEAT).unref();
  }

  post(message: unknown): void {
    this.postText(`data: ${JSON.stringify(message)}\n\n`);
  }

  /** Lines as the stream has them. */
  postText(text: string): void {
    this.#unsent += text;
    this.#wake();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Chunk, undefined>> {
    while (this.#unsent === "" && !this.#closed) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
    }
    if (this.#closed) return { done: true, value: undefined };
    const value = Buffer.from(this.#unsent);
    this.#unsent = "";
    return { done: false, value };
  }

  async return(): Promise<IteratorResult<Chunk, undefined>> {
    this.close();
    return { done: true, value: undefined };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#heartbeat);
    this.#wake();
    this.#onClose(this);
  }
}
