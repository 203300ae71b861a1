/**
 * A connection whose socket stays in another thread: its bytes travel over a message port.
 *
 * Layer 1 (socketserver). For sockets that cannot be moved between threads (those of Unix paths).
 * Both ends are such a socket: the one beside the real socket is piped to it, the other is what a handler gets.
 * A piece is sent when the one before it was taken, so back-pressure reaches from the handler to the client.
 */
import { Socket } from "node:net";
import type { MessagePort } from "node:worker_threads";

type Message =
  | { readonly type: "data"; readonly chunk: Uint8Array }
  /** The piece was taken: another may follow. */
  | { readonly type: "taken" }
  | { readonly type: "end" };

/** Pipes `socket` to and from the far end of `port`; when one of the two is gone, so is the other. */
export function relaySocket(socket: Socket, port: MessagePort): void {
  const relayed = new RelayedSocket(port);
  relayed.on("error", () => socket.destroy());
  relayed.on("close", () => (relayed.readableEnded ? undefined : socket.destroy()));
  socket.on("close", () => relayed.destroy());
  socket.pipe(relayed);
  relayed.pipe(socket);
}

export class RelayedSocket extends Socket {
  readonly #port: MessagePort;
  #owesTaken = false;
  #onTaken: ((error?: Error | null) => void) | undefined;
  #ended = false;

  constructor(port: MessagePort) {
    super({ allowHalfOpen: true });
    this.#port = port;
    port.on("message", (message: Message) => this.#onMessage(message));
    port.on("close", () => this.#onPortClose());
  }

  override _read(): void {
    if (!this.#owesTaken) return;
    this.#owesTaken = false;
    this.#post({ type: "taken" });
  }

  override _write(
    chunk: Uint8Array,
    _encoding: BufferEncoding,
    callback: (error?: Error | null) => void,
  ): void {
    this.#onTaken = callback;
    // A copy: a slice would take the whole memory along that it is a slice of.
    this.#post({ type: "data", chunk: new Uint8Array(chunk) });
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#post({ type: "end" });
    callback();
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.#port.close();
    callback(error);
  }

  #post(message: Message): void {
    this.#port.postMessage(message);
  }

  #onMessage(message: Message): void {
    switch (message.type) {
      case "data":
        this.#owesTaken = true;
        if (this.push(Buffer.from(message.chunk.buffer))) this._read();
        return;
      case "taken":
        this.#taken();
        return;
      case "end":
        this.#ended = true;
        this.push(null);
    }
    // The idle time counts from the last byte.
    if (this.timeout) this.setTimeout(this.timeout);
  }

  #onPortClose(): void {
    const error: NodeJS.ErrnoException = new Error("the other end of the connection is gone");
    error.code = "EPIPE";
    this.#taken(error);
    // What has arrived before the end may still be read.
    if (!this.#ended) this.destroy();
  }

  #taken(error?: Error): void {
    const onTaken = this.#onTaken;
    this.#onTaken = undefined;
    onTaken?.(error ?? null);
  }
}
