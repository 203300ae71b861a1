/**
 * An asynchronous body, read as long as there is somebody to read it for.
 *
 * Layer 8 (adapters). Why: a body that waits between its pieces (a chat, a log) would otherwise be closed
 * only when it has its next piece, which may be never.
 * Errors: the client's, as soon as it is gone, also in the middle of a wait.
 */
import type { Chunk, ClientConnection } from "../wsgi.ts";

/** The value of `promise`, unless the client goes first. */
export async function orGone<Value>(
  promise: Promise<Value>,
  client: ClientConnection,
): Promise<Value> {
  const { promise: first, resolve, reject } = Promise.withResolvers<Value>();
  using _listener = client.onGone(reject);
  promise.then(resolve, reject);
  return await first;
}

/** The chunks of `body`. A generator that is left while it waits runs its `finally` when its wait is over. */
export async function* untilGone(
  body: AsyncIterable<Chunk>,
  client: ClientConnection,
): AsyncGenerator<Chunk> {
  const iterator = body[Symbol.asyncIterator]();
  let finished = false;
  try {
    for (;;) {
      const next = await orGone(iterator.next(), client);
      if (next.done === true) {
        finished = true;
        return;
      }
      yield next.value;
    }
  } finally {
    // Not awaited: it waits for the very piece that may never come.
    if (!finished) iterator.return?.().catch(() => undefined);
  }
}
