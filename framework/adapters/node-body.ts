/**
 * The body of a `node:http` request, piece by piece.
 *
 * Layer 8 (adapters). Reads only when asked, so a client that sends faster than the application reads has to wait.
 */
import type { IncomingMessage } from "node:http";
import type { Chunk } from "../wsgi.ts";
import type { PieceSource } from "./body-input.ts";
import type { Client } from "./client.ts";

const EVENTS = ["readable", "end", "error", "close"] as const;

export class NodeBody implements PieceSource {
  readonly #request: IncomingMessage;
  readonly #client: Client;
  #isStarted = false;
  #isReleased = false;
  #event: PromiseWithResolvers<void> | undefined;

  constructor(request: IncomingMessage, client: Client) {
    this.#request = request;
    this.#client = client;
  }

  async next(): Promise<Chunk | undefined> {
    const request = this.#request;
    for (;;) {
      if (this.#isReleased) throw new Error("the request body was read after the answer was out");
      this.#start();
      const piece: unknown = request.read();
      if (piece instanceof Uint8Array) return piece;
      // Somebody before us has called setEncoding().
      if (typeof piece === "string") return Buffer.from(piece, request.readableEncoding ?? "utf8");
      if (request.readableEnded) return undefined;
      if (request.destroyed) throw this.#client.leave();
      this.#event ??= Promise.withResolvers();
      await this.#event.promise;
    }
  }

  /** The answer is out. What nobody has read is dropped, or the connection would never come to its next request. */
  release(): void {
    this.#isReleased = true;
    if (!this.#isStarted) return;
    for (const event of EVENTS) this.#request.off(event, this.#wake);
    this.#wake();
    // node:http does this itself only for a body that nobody has begun to read.
    if (!this.#request.readableEnded) this.#request.resume();
  }

  #start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    for (const event of EVENTS) this.#request.on(event, this.#wake);
  }

  readonly #wake = (): void => {
    this.#event?.resolve();
    this.#event = undefined;
  };
}
