/**
 * A server for TCP connections, over IPv4 and IPv6.
 *
 * Layer 1 (socketserver). Source: CPython Lib/socketserver.py (`TCPServer`).
 * Errors: binding throws Node's system errors (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`, …), or a
 * `RangeError` for a port outside 0 to 65535.
 * Why `net.BoundSocket`: it binds synchronously and without listening, so that `serverBind` and
 * `serverActivate` are the two steps they are in Python, and a bound socket can be handed to a child.
 */
import { lookup } from "node:dns/promises";
import net, { type Socket } from "node:net";
import type { RequestHandlerClass } from "./base-server.ts";
import { type InheritedSocket, StreamServer } from "./stream-server.ts";

/** Host and port. Port 0 lets the system choose; after `serverBind` it is the real one. */
export type TCPAddress = readonly [host: string, port: number];

/** Where a server listens: an address to bind, or a descriptor that somebody else has bound. */
export type ListenTarget = TCPAddress | InheritedSocket;

/** The address `::` takes IPv4 clients too. */
export class TCPServer extends StreamServer<TCPAddress> {
  /** `handlerClass` may ask for the very server class that it is given to. */
  constructor(target: ListenTarget, handlerClass: RequestHandlerClass<Socket, TCPAddress, never>) {
    super(target, handlerClass, ["", 0]);
  }

  protected override bind(address: TCPAddress): Promise<net.BoundSocket> {
    return bindSocket(address);
  }

  protected override addressOf(bound: net.AddressInfo | string): TCPAddress {
    return typeof bound === "string" ? ["", 0] : [bound.address, bound.port];
  }

  protected override clientAddressOf(socket: Socket): TCPAddress {
    return [socket.remoteAddress ?? "", socket.remotePort ?? 0];
  }
}

/** Binds without listening. A host name is looked up first, since `BoundSocket` takes addresses only. */
export async function bindSocket([host, port]: TCPAddress): Promise<net.BoundSocket> {
  const { address } = net.isIP(host) === 0 ? await lookup(host) : { address: host };
  return new net.BoundSocket({ host: address, port });
}
