/**
 * A TCP client that sends exactly the bytes it is told to and collects what comes back.
 */
import { once } from "node:events";
import net, { type Socket } from "node:net";
import tls from "node:tls";
import { eventually } from "./processes.ts";

/** Text is latin-1, one character per byte, both ways. `await using` closes it. */
export class RawClient implements AsyncDisposable {
  readonly socket: Socket;
  /** Everything received so far. */
  received = "";
  /** The server has sent its FIN. */
  ended = false;
  readonly #closed: Promise<unknown>;

  private constructor(socket: Socket) {
    this.socket = socket;
    this.#closed = new Promise((resolve) => socket.once("close", resolve));
    socket.setEncoding("latin1");
    socket.on("data", (text) => (this.received += String(text)));
    socket.on("end", () => (this.ended = true));
    // The server may reset the connection; what counts is what has arrived.
    socket.on("error", () => undefined);
  }

  /** With `allowHalfOpen` the client stays after the server's FIN. */
  static async connect(
    port: number,
    options: { readonly allowHalfOpen?: boolean } = {},
  ): Promise<RawClient> {
    const socket = net.connect({ port, host: "127.0.0.1", noDelay: true, ...options });
    const client = new RawClient(socket);
    await once(socket, "connect");
    return client;
  }

  /** The same over TLS; whoever the server is. */
  static async connectSecurely(options: tls.ConnectionOptions): Promise<RawClient> {
    const socket = tls.connect({ host: "127.0.0.1", rejectUnauthorized: false, ...options });
    const client = new RawClient(socket);
    await once(socket, "secureConnect");
    return client;
  }

  send(data: string | Uint8Array): this {
    if (typeof data === "string") this.socket.write(data, "latin1");
    else this.socket.write(data);
    return this;
  }

  /** Sends FIN; still reads. */
  end(): this {
    this.socket.end();
    return this;
  }

  /** Leaves with an RST. */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  /** Waits until `text` has arrived; returns everything received. */
  async waitFor(text: string): Promise<string> {
    return await eventually(async () => (this.received.includes(text) ? this.received : undefined));
  }

  /** Everything up to the server's FIN. */
  async untilEnd(): Promise<string> {
    return await eventually(async () =>
      this.ended || this.socket.destroyed ? this.received : undefined,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.destroy();
    await this.#closed;
  }
}

/** Sends `bytes` on a new connection; everything that comes back until the server closes. */
export async function exchange(port: number, bytes: string): Promise<string> {
  await using client = await RawClient.connect(port);
  return await client.send(bytes).untilEnd();
}
