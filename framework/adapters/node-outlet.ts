/**
 * An answer on its way out through `node:http`.
 *
 * Layer 8 (adapters). Framing, `Date` and the connection are node:http's business.
 */
import type { ServerResponse } from "node:http";
import type { Chunk } from "../wsgi.ts";
import type { Client } from "./client.ts";
import type { ResponseHead } from "./response-head.ts";
import { orGone } from "./until-gone.ts";
import type { Outlet } from "./wsgi-call.ts";

export class NodeOutlet implements Outlet {
  readonly #response: ServerResponse;
  readonly #client: Client;
  #draining: Promise<void> | undefined;

  constructor(response: ServerResponse, client: Client) {
    this.#response = response;
    this.#client = client;
  }

  begin(head: ResponseHead, piece: Chunk, isWhole: boolean): void | Promise<void> {
    this.#client.checkPresence();
    // In turn, not as an object: several Set-Cookie headers stay apart, and the order is kept.
    this.#response.writeHead(head.status, head.reason, head.headers.flat());
    if (!isWhole && piece.byteLength > 0) return this.write(piece);
    if (!isWhole) this.#response.flushHeaders();
    else if (piece.byteLength === 0) this.#response.end();
    else this.#response.end(piece);
    return undefined;
  }

  write(piece: Chunk): void | Promise<void> {
    this.#client.checkPresence();
    return this.#response.write(piece) ? undefined : this.#drained();
  }

  finish(closeConnection: boolean): void {
    if (!this.#response.writableEnded) this.#response.end();
    if (closeConnection) this.#close();
  }

  breakOff(): void {
    if (!this.#response.destroyed) this.#close();
  }

  /** Closes when what was written has left; without the last chunk of a body that has not ended. */
  #close(): void {
    const { socket } = this.#response;
    // A response that waits behind another one of its connection has no socket yet.
    if (socket === null) this.#response.destroy();
    else socket.destroySoon();
  }

  /** One wait for all who do not wait for each other's. */
  #drained(): Promise<void> {
    if (this.#draining !== undefined) return this.#draining;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#response.once("drain", resolve);
    const draining = orGone(promise, this.#client).finally(() => {
      this.#response.off("drain", resolve);
      this.#draining = undefined;
    });
    // Whoever does not wait learns of it from the next write; it must not end the process.
    draining.catch(() => undefined);
    this.#draining = draining;
    return draining;
  }
}
