/**
 * TCP servers for tests: handlers written as functions, errors recorded, on port 0 of the loopback.
 */
import net, { type Socket } from "node:net";
import { once } from "node:events";
import { StreamRequestHandler } from "../../devserver/socketserver/request-handlers.ts";
import { type TCPAddress, TCPServer } from "../../devserver/socketserver/tcp-server.ts";
import { RawClient } from "./raw-client.ts";

export const LOOPBACK: TCPAddress = ["127.0.0.1", 0];

/** Records what a handler throws instead of printing it. */
export class RecordingServer extends TCPServer {
  static override readonly closeTimeout: number = 5000;
  readonly errors: unknown[] = [];

  get port(): number {
    return this.serverAddress[1];
  }

  override handleError(_request: Socket, _clientAddress: TCPAddress, error: unknown): void {
    this.errors.push(error);
  }
}

export type StreamHandler = StreamRequestHandler<TCPAddress, RecordingServer>;

/** A server whose handler does `handle`. */
export async function serveStream(
  handle: (handler: StreamHandler) => void | Promise<void>,
): Promise<RecordingServer> {
  class Handler extends StreamRequestHandler<TCPAddress, RecordingServer> {
    override handle(): void | Promise<void> {
      return handle(this);
    }
  }
  return await new RecordingServer(LOOPBACK, Handler).start();
}

/** Two connected sockets: ours, as a server has it, and the client's. `await using` closes both. */
export class SocketPair implements AsyncDisposable {
  readonly socket: Socket;
  readonly client: RawClient;
  /** Settles when our socket is closed, for whatever reason. */
  readonly closed: Promise<void>;

  private constructor(socket: Socket, client: RawClient) {
    this.socket = socket;
    this.closed = new Promise((resolve) => socket.once("close", () => resolve()));
    this.client = client;
  }

  static async open(): Promise<SocketPair> {
    const listener = net.createServer({ allowHalfOpen: true, noDelay: true });
    listener.listen(0, "127.0.0.1");
    await once(listener, "listening");
    const address = listener.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const accepted = once(listener, "connection");
    const client = await RawClient.connect(port, { allowHalfOpen: true });
    const [socket] = (await accepted) as [Socket];
    socket.on("error", () => undefined);
    listener.close();
    return new SocketPair(socket, client);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.destroy();
    await this.client[Symbol.asyncDispose]();
  }
}
