/**
 * Signals: tell whoever wants to know that something happened.
 *
 * Layer 1. Source: Django dispatch/dispatcher.py. Receivers run in the order they connected; who connects or
 * disconnects while a signal is being sent changes nothing for that sending.
 * Differs from Django: no weak references (JavaScript closures live as long as the signal holds them); no senders: a
 * receiver gets one typed event, and what it is about stands there; receivers can be connected for one time.
 */
import { errorMessage } from "../utils/describe.ts";
import { getLogger } from "../utils/logger.ts";
import { isPromise } from "../utils/maybe-promise.ts";

/** Gets the event. What it returns is given to whoever sends; only `asend` and `asendRobust` wait for a promise. */
export type Receiver<Event> = (event: Event) => unknown;

export interface ConnectOptions {
  /** Disconnect after the first event. @default false */
  readonly once?: boolean;
  /** Names the connection: another one of that name is ignored, and `disconnect` takes it too. @default the receiver */
  readonly dispatchUid?: string;
}

/** What a receiver returned. */
export interface Reply<Event> {
  readonly receiver: Receiver<Event>;
  readonly value: unknown;
}

/** What a receiver returned or threw. */
export type Outcome<Event> =
  | (Reply<Event> & { readonly ok: true })
  | { readonly ok: false; readonly receiver: Receiver<Event>; readonly error: unknown };

interface Connection<Event> {
  readonly key: Receiver<Event> | string;
  readonly receiver: Receiver<Event>;
  readonly once: boolean;
}

const NOBODY: readonly never[] = Object.freeze([]);

/** A typed signal. */
export class Signal<Event> {
  /** Replaced, never changed: a sending goes on with those it began with. */
  #connections: readonly Connection<Event>[] = NOBODY;

  /** Connecting the same receiver, or the same `dispatchUid`, twice changes nothing. Returns a function that disconnects. */
  connect(receiver: Receiver<Event>, options: ConnectOptions = {}): () => void {
    if (typeof receiver !== "function") throw new TypeError("Signal receivers must be callable.");
    const { once = false, dispatchUid: key = receiver } = options;
    if (!this.#connections.some((connection) => connection.key === key))
      this.#connections = [...this.#connections, { key, receiver, once }];
    return () => void this.disconnect(key);
  }

  /** Takes the receiver, or the `dispatchUid` it was connected with. True when it had been connected. */
  disconnect(key: Receiver<Event> | string): boolean {
    const left = this.#connections.filter((connection) => connection.key !== key);
    const found = left.length < this.#connections.length;
    this.#connections = left.length === 0 ? NOBODY : left;
    return found;
  }

  get hasListeners(): boolean {
    return this.#connections.length > 0;
  }

  /**
   * Calls every receiver. The first error ends that and is thrown: it is a bug of the receiver, which the sender may
   * not have to live with, see `sendRobust`. A promise is not waited for, and logged when it is rejected.
   */
  send(event: Event): readonly Reply<Event>[] {
    const connections = this.#connections;
    if (connections.length === 0) return NOBODY;
    return connections.map((connection) => {
      const value = this.#call(connection, event);
      logRejection("send", connection.receiver, value);
      return { receiver: connection.receiver, value };
    });
  }

  /** Calls every receiver, whatever the others do. Errors are logged as `minorswing.dispatch`, and among the outcomes. */
  sendRobust(event: Event): readonly Outcome<Event>[] {
    const connections = this.#connections;
    if (connections.length === 0) return NOBODY;
    return connections.map((connection): Outcome<Event> => {
      const { receiver } = connection;
      try {
        const value = this.#call(connection, event);
        logRejection("sendRobust", receiver, value);
        return { ok: true, receiver, value };
      } catch (error) {
        logError("sendRobust", receiver, error);
        return { ok: false, receiver, error };
      }
    });
  }

  /** As `send`, and waits for promises, all at the same time. Rejects with the first error, once all have settled. */
  async asend(event: Event): Promise<readonly Reply<Event>[]> {
    const outcomes = await this.#settle(event);
    for (const outcome of outcomes) if (!outcome.ok) throw outcome.error;
    return outcomes.filter((outcome) => outcome.ok);
  }

  /** As `sendRobust`, and waits for promises, all at the same time. */
  async asendRobust(event: Event): Promise<readonly Outcome<Event>[]> {
    const outcomes = await this.#settle(event);
    for (const outcome of outcomes)
      if (!outcome.ok) logError("asendRobust", outcome.receiver, outcome.error);
    return outcomes;
  }

  async #settle(event: Event): Promise<Outcome<Event>[]> {
    return await Promise.all(
      this.#connections.map(async (connection): Promise<Outcome<Event>> => {
        const { receiver } = connection;
        try {
          return { ok: true, receiver, value: await this.#call(connection, event) };
        } catch (error) {
          return { ok: false, receiver, error };
        }
      }),
    );
  }

  #call({ key, receiver, once }: Connection<Event>, event: Event): unknown {
    // Gone already when a receiver before this one has sent the signal again.
    if (once && !this.disconnect(key)) return undefined;
    return receiver(event);
  }
}

function logRejection(method: string, receiver: object, value: unknown): void {
  if (isPromise(value)) value.then(undefined, (error) => logError(method, receiver, error));
}

/** Source of the words: `Signal._log_robust_failure`. */
function logError(method: string, receiver: object, error: unknown): void {
  const name = "name" in receiver && receiver.name !== "" ? String(receiver.name) : "(anonymous)";
  getLogger("minorswing.dispatch").error(
    `Error calling ${name} in Signal.${method}() (${errorMessage(error)})`,
    { error },
  );
}
