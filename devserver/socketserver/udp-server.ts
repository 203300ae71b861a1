/**
 * A server for UDP datagrams, over IPv4 and IPv6.
 *
 * Layer 1 (socketserver). Source: CPython Lib/socketserver.py (`UDPServer`).
 * Errors: binding rejects with Node's system errors. The address `::` takes IPv4 clients too.
 */
import { createSocket, type Socket } from "node:dgram";
import { isIPv6 } from "node:net";
import { DatagramServer } from "./datagram-server.ts";
import type { TCPAddress } from "./tcp-server.ts";

/** Host and port, as with TCP. */
export type UDPAddress = TCPAddress;

export class UDPServer extends DatagramServer<UDPAddress> {
  #socket: Socket | undefined;

  override async sendTo(data: Uint8Array, [host, port]: UDPAddress): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    if (this.#socket === undefined) throw new Error("the server has no socket yet");
    this.#socket.send(data, port, host, (error) => (error === null ? resolve() : reject(error)));
    await promise;
  }

  protected override async open([host, port]: UDPAddress): Promise<UDPAddress> {
    const socket = createSocket(isIPv6(host) ? "udp6" : "udp4");
    this.#socket = socket;
    const bound = Promise.withResolvers<void>();
    socket.once("error", bound.reject);
    socket.bind(port, host, bound.resolve);
    await bound.promise;
    socket.off("error", bound.reject);
    socket.on("error", (error) => this.handleSocketError(error));
    socket.on("message", (packet, from) => this.receive(packet, [from.address, from.port]));
    const { address, port: boundPort } = socket.address();
    return [address, boundPort];
  }

  protected override close(): void {
    this.#socket?.close();
  }
}
