/**
 * A TCP server that knows its HTTP name.
 *
 * Layer 2 (httpserver). Source: CPython http/server.py (`HTTPServer`).
 * Differs from Python: no DNS look-up for the name; loopback is `localhost`.
 */
import type { Socket } from "node:net";
import { startReading } from "../workers/move-socket.ts";
import { type TCPAddress, TCPServer } from "../socketserver/tcp-server.ts";

/** Takes a connection that is between two requests, with what was read of the next one. */
export type ConnectionTaker = (connection: Socket, unread: Buffer) => void;

export class HTTPServer extends TCPServer {
  /**
   * Where connections go on when this server shuts down, each as soon as it has the answer to what it asked: to
   * another process, say. By default they are closed.
   */
  moveConnection: ConnectionTaker | undefined;
  /** How many connections it has accepted so far, those of other servers not counted. */
  acceptedConnections = 0;
  readonly #moved: WeakSet<Socket> = new WeakSet<Socket>();

  /** The host name for URLs and `SERVER_NAME`. */
  get serverName(): string {
    const [host] = this.serverAddress;
    return host === "127.0.0.1" || host === "::1" ? "localhost" : host;
  }

  get serverPort(): number {
    return this.serverAddress[1];
  }

  /** For handlers: gives the connection to `moveConnection`. Nothing else is done with it here. */
  giveAway(connection: Socket, unread: Buffer): void {
    this.#moved.add(connection);
    this.moveConnection?.(connection, unread);
  }

  /** Serves a connection that another server has given away. The socket must not be reading. */
  adoptConnection(connection: Socket, unread: Buffer): void {
    // What a process is sent does not remember it.
    connection.allowHalfOpen = true;
    connection.on("error", () => undefined);
    void this.acceptRequest(...this.getRequest(connection));
    this.acceptedConnections -= 1;
    startReading(connection, unread);
  }

  override getRequest(socket: Socket): readonly [request: Socket, clientAddress: TCPAddress] {
    this.acceptedConnections += 1;
    return super.getRequest(socket);
  }

  override shutdownRequest(connection: Socket): void {
    if (!this.#moved.has(connection)) super.shutdownRequest(connection);
  }
}
