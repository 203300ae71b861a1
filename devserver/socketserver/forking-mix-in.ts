/**
 * Servers that handle requests in child processes.
 *
 * Layer 1 (socketserver). Source: CPython Lib/socketserver.py (`ForkingMixIn`).
 * Differs from Python: Node cannot fork, so children are started (27 to 90 ms) and kept for further requests;
 * a child imports the handler's module for itself; a child whose handlers only wait takes more of them.
 */
import { startProcess } from "../workers/carrier.ts";
import {
  type PoolPlan,
  pooledServer,
  type PooledServerClass,
  type ServerClass,
} from "./pooled-server.ts";

export interface ForkingStatics {
  /** The pool grows up to here while requests wait for a child. */
  readonly maxChildren: number;
}

/** `class ForkingEchoServer extends ForkingMixIn(TCPServer) { static override readonly module = import.meta.url; }` */
export function ForkingMixIn<Base extends ServerClass>(
  base: Base,
): PooledServerClass<Base, ForkingStatics> {
  class ForkingServer extends pooledServer(base) {
    declare ["constructor"]: Pick<typeof ForkingServer, keyof typeof ForkingServer>;
    static readonly maxChildren: number = 40;

    override poolPlan(): PoolPlan {
      const { maxChildren } = this.constructor;
      return { place: "process", start: startProcess, size: 1, maxSize: maxChildren };
    }
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a mix-in's type is that of its base, which the class expression has lost
  return ForkingServer as unknown as PooledServerClass<Base, ForkingStatics>;
}
