/**
 * One message to every thread of this process, the sender's own included.
 *
 * Layer 0 (workers). Messages survive the structured clone algorithm. Whoever listens does not keep the process alive.
 */

export function broadcast(topic: string, message: unknown): void {
  const channel = new BroadcastChannel(topic);
  channel.postMessage(message);
  channel.close();
}

/** Calls `listener` for every message on `topic` from now on. */
export function onBroadcast(topic: string, listener: (message: unknown) => void): Disposable {
  const channel = new BroadcastChannel(topic);
  channel.addEventListener("message", (event) => {
    if (event instanceof MessageEvent) listener(event.data);
  });
  channel.unref();
  return { [Symbol.dispose]: () => channel.close() };
}
