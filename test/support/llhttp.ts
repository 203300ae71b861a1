/**
 * The other parser: what `node:http` (llhttp, strict as by default) makes of the same bytes.
 */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { RawClient } from "./raw-client.ts";

/** The first request of a connection, whole. */
export interface Understood {
  readonly method: string;
  readonly target: string;
  /** Decoded, as latin-1. */
  readonly body: string;
}

export class Llhttp implements AsyncDisposable {
  readonly #server: Server;
  #understood: Understood | undefined;

  private constructor() {
    this.#server = createServer((request, response) => {
      let body = "";
      request.setEncoding("latin1");
      request.on("data", (text) => (body += String(text)));
      request.on("error", () => undefined);
      request.on("end", () => {
        this.#understood ??= { method: request.method ?? "", target: request.url ?? "", body };
        response.end();
      });
    });
    this.#server.on("clientError", (_error, socket) => socket.destroy());
  }

  static async start(): Promise<Llhttp> {
    const llhttp = new Llhttp();
    llhttp.#server.listen(0, "127.0.0.1");
    await once(llhttp.#server, "listening");
    return llhttp;
  }

  /** The first request in `bytes`; `undefined` when it is refused, or not whole. */
  async read(bytes: string): Promise<Understood | undefined> {
    const address = this.#server.address();
    await using client = await RawClient.connect(
      typeof address === "object" && address !== null ? address.port : 0,
    );
    this.#understood = undefined;
    client.send(bytes).end();
    await once(client.socket, "close");
    return this.#understood;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}
