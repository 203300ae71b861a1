/**
 * Servers that handle requests in threads.
 *
 * Layer 1 (socketserver). Source: CPython Lib/socketserver.py (`ThreadingMixIn`).
 * Differs from Python: a pool of threads, since one takes 25 to 55 ms to start; a thread whose handlers only
 * wait takes more of them; nothing is shared between threads, each imports the handler's module for itself.
 * Connections over TCP are moved to the thread; those over Unix sockets and datagrams are relayed.
 */
import { startThread } from "../workers/carrier.ts";
import {
  type PoolPlan,
  pooledServer,
  type PooledServerClass,
  type ServerClass,
} from "./pooled-server.ts";

export interface ThreadingStatics {
  /** Threads of the pool. */
  readonly threads: number;
}

/** `class ThreadingEchoServer extends ThreadingMixIn(TCPServer) { static override readonly module = import.meta.url; }` */
export function ThreadingMixIn<Base extends ServerClass>(
  base: Base,
): PooledServerClass<Base, ThreadingStatics> {
  class ThreadingServer extends pooledServer(base) {
    declare ["constructor"]: Pick<typeof ThreadingServer, keyof typeof ThreadingServer>;
    static readonly threads: number = 4;

    override poolPlan(): PoolPlan {
      const { threads } = this.constructor;
      return { place: "thread", start: startThread, size: threads, maxSize: threads };
    }
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a mix-in's type is that of its base, which the class expression has lost
  return ThreadingServer as unknown as PooledServerClass<Base, ThreadingStatics>;
}
