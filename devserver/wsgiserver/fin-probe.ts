/**
 * Finds out whether a client that has sent its FIN still reads its chunked response.
 *
 * Layer 3 (wsgiserver). Units: milliseconds. FIN says "I send no more", and a client that has closed altogether says no
 * more than that either, until it gets a byte: that it answers with a reset. While a body waits for its next
 * piece (a chat, a log) nothing is sent, and it would be kept for a client that is long gone.
 * So zeros are sent, now and then: the size of the next chunk may begin with any number of them (RFC 9112
 * section 7.1, `1*HEXDIG`), and a client that does read gets its response as it would have.
 */

/** The first zero calls for the reset, the second meets it; the others are for clients that are far away. */
const FIRST_DELAY = 10;
const LAST_DELAY = 20_000;

const ZERO: Buffer = Buffer.from("0", "latin1");

/** What is probed; `wfile` is one. */
export interface ProbedSink {
  readonly closed: boolean;
  /** Everything that was written is on its way. */
  readonly drained: boolean;
  write(data: Uint8Array): void | Promise<void>;
  /** Calls `listener` when the client has sent its FIN, at the latest now if it has. */
  onFin(listener: () => void): Disposable;
}

/** To be made once the response is known to be chunked; to be disposed before its last chunk. Never writes at once. */
export class FinProbe implements Disposable {
  readonly #sink: ProbedSink;
  readonly #listening: Disposable;
  #timer: NodeJS.Timeout | undefined;
  #delay = FIRST_DELAY;

  constructor(sink: ProbedSink) {
    this.#sink = sink;
    this.#listening = sink.onFin(() => this.#wait());
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#listening[Symbol.dispose]();
  }

  #wait(): void {
    if (this.#delay > LAST_DELAY) return;
    this.#timer = setTimeout(() => this.#probe(), this.#delay);
    this.#delay *= 2;
  }

  #probe(): void {
    if (this.#sink.closed) return;
    // What is waiting to be sent is as good a probe.
    if (this.#sink.drained) void this.#sink.write(ZERO);
    this.#wait();
  }
}
