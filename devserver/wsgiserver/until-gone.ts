/**
 * An asynchronous body, read as long as there is somebody to read it for.
 *
 * Layer 3 (wsgiserver). Why: a body that waits between its pieces (a chat, a log) would otherwise be closed
 * only when it has its next piece, which may be never.
 * Errors: `BrokenPipeError` as soon as the client is gone, also in the middle of a wait.
 */
import type { Chunk, ClientConnection } from "../../framework/wsgi.ts";

/** Whoever knows that the server shuts down. */
export interface Stopper {
  onStop?(listener: () => void): Disposable;
}

/** The chunks of `body`, up to its end or to the server's. A generator that is left while it waits runs its `finally` when its wait is over. */
export async function* untilGone(
  body: AsyncIterable<Chunk>,
  client: ClientConnection,
  stopper?: Stopper,
): AsyncGenerator<Chunk> {
  const iterator = body[Symbol.asyncIterator]();
  let fail: (error: Error) => void = () => undefined;
  let end: () => void = () => undefined;
  let finished = false;
  let stopped = false;
  using _listener = client.onGone((error) => fail(error));
  using _stopListener = stopper?.onStop?.(() => {
    stopped = true;
    end();
  });
  try {
    for (;;) {
      if (stopped) return;
      // A promise of its own for each piece: one for all would keep every reaction of a long stream.
      const { promise, resolve, reject } = Promise.withResolvers<IteratorResult<Chunk>>();
      fail = reject;
      end = () => resolve({ done: true, value: undefined });
      iterator.next().then(resolve, reject);
      const next = await promise;
      if (next.done === true) {
        finished = !stopped;
        return;
      }
      yield next.value;
    }
  } finally {
    // Not awaited: it waits for the very piece that may never come.
    if (!finished) iterator.return?.().catch(() => undefined);
  }
}
