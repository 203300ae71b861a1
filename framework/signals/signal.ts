/**
 * Signals: tell whoever wants to know that something happened.
 *
 * Layer 1. Source: Django dispatch/dispatcher.py. Receivers run in the order they connected.
 * Differs from Django: no weak references (JavaScript closures live as long as the signal holds
 * them), no senders; a receiver gets one typed event.
 */
export type Receiver<Event> = (event: Event) => void;

/** A typed signal. `send` lets a receiver's error through: it is a bug of the project, not of the sender. */
export class Signal<Event> {
  readonly #receivers: Set<Receiver<Event>> = new Set<Receiver<Event>>();

  /** Connecting the same function twice changes nothing. Returns a function that disconnects it. */
  connect(receiver: Receiver<Event>): () => void {
    if (typeof receiver !== "function") throw new TypeError("Signal receivers must be callable.");
    this.#receivers.add(receiver);
    return () => void this.disconnect(receiver);
  }

  /** True when the receiver had been connected. */
  disconnect(receiver: Receiver<Event>): boolean {
    return this.#receivers.delete(receiver);
  }

  get hasListeners(): boolean {
    return this.#receivers.size > 0;
  }

  send(event: Event): void {
    for (const receiver of this.#receivers) receiver(event);
  }
}
