/**
 * `request.signal`: the client's presence as an `AbortSignal`.
 *
 * Layer 2 (http). Where a server cannot tell, the signal never fires.
 * Source: no model in Django; the Fetch standard's `Request.signal`.
 */
import type { Environ } from "../wsgi.ts";

export class ClientSignal implements Disposable {
  readonly signal: AbortSignal;
  readonly #listener: Disposable | undefined;

  /** Fires with the server's error as its reason, at once when the client is gone already. */
  constructor(environ: Environ) {
    const controller = new AbortController();
    this.signal = controller.signal;
    this.#listener = environ["minorswing.client"]?.onGone((error) => controller.abort(error));
  }

  /** From now on it never fires. */
  [Symbol.dispose](): void {
    this.#listener?.[Symbol.dispose]();
  }
}
