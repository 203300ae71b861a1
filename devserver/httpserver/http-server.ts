/**
 * A TCP server that knows its HTTP name.
 *
 * Layer 2 (httpserver). Source: CPython http/server.py (`HTTPServer`).
 * Differs from Python: no DNS look-up for the name; loopback is `localhost`.
 */
import { TCPServer } from "../socketserver/tcp-server.ts";

export class HTTPServer extends TCPServer {
  /** The host name for URLs and `SERVER_NAME`. */
  get serverName(): string {
    const [host] = this.serverAddress;
    return host === "127.0.0.1" || host === "::1" ? "localhost" : host;
  }

  get serverPort(): number {
    return this.serverAddress[1];
  }
}
