/**
 * The client of one request, as far as its transport can tell.
 *
 * Layer 8 (adapters). Errors: `ClientDisconnected`, for whoever waits for the client or writes to it.
 */
import { FrameworkError } from "../exceptions.ts";
import type { ClientConnection } from "../wsgi.ts";

/** The client went away before it had its answer, or before the request was whole. Never answered, never logged. */
export class ClientDisconnected extends FrameworkError {
  override readonly name = "ClientDisconnected";
  readonly code = "adapters.client_disconnected";
}

/** What a transport knows of its client. */
export interface Departure {
  /** The client has gone. */
  readonly hasHappened: boolean;
  /** Calls `listener` when it goes. */
  listen(listener: () => void): Disposable;
}

/** Watches its transport only while somebody wants to know. */
export class Client implements ClientConnection {
  readonly #departure: Departure;
  readonly #listeners = new Set<{ readonly listener: (error: Error) => void }>();
  #error: ClientDisconnected | undefined;
  #watch: Disposable | undefined;
  #isReleased = false;

  constructor(departure: Departure) {
    this.#departure = departure;
  }

  get isGone(): boolean {
    return this.#error !== undefined || (!this.#isReleased && this.#departure.hasHappened);
  }

  /** Throws `ClientDisconnected` when there is nobody to write to. */
  checkPresence(): void {
    if (this.isGone) throw this.leave();
  }

  onGone(listener: (error: Error) => void): Disposable {
    if (this.isGone) {
      listener(this.leave());
      return { [Symbol.dispose]: () => undefined };
    }
    const entry = { listener };
    this.#listeners.add(entry);
    if (!this.#isReleased) this.#watch ??= this.#departure.listen(() => this.leave());
    return { [Symbol.dispose]: () => void this.#listeners.delete(entry) };
  }

  /** The client has gone: tells everybody, once. The error that says so. */
  leave(): ClientDisconnected {
    if (this.#error !== undefined) return this.#error;
    const error = new ClientDisconnected("the client closed the connection");
    this.#error = error;
    const listeners = [...this.#listeners];
    this.release();
    for (const { listener } of listeners) listener(error);
    return error;
  }

  /** The answer is out: from now on nobody hears anything. */
  release(): void {
    this.#isReleased = true;
    this.#listeners.clear();
    this.#watch?.[Symbol.dispose]();
    this.#watch = undefined;
  }
}
