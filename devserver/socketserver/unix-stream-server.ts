/**
 * A server for connections over a Unix socket.
 *
 * Layer 1 (socketserver). Source: CPython Lib/socketserver.py (`UnixStreamServer`).
 * Errors: binding throws Node's system errors; `EADDRINUSE` only when somebody listens at the path.
 * Differs from Python: a socket file that a dead process has left is replaced; the file is removed on close.
 */
import net, { type Socket } from "node:net";
import { MessageChannel, MessagePort } from "node:worker_threads";
import type { Task } from "../workers/pool.ts";
import type { TaskLink } from "../workers/worker-side.ts";
import type { RequestHandlerClass, WorkerPlace } from "./base-server.ts";
import { RelayedSocket, relaySocket } from "./relayed-socket.ts";
import { type InheritedSocket, StreamServer } from "./stream-server.ts";
import { bindUnixPath } from "./unix-path.ts";

/** The address is the path of the socket file; clients have none, so theirs is `""`. */
export class UnixStreamServer extends StreamServer<string> {
  constructor(
    target: string | InheritedSocket,
    handlerClass: RequestHandlerClass<Socket, string, never>,
  ) {
    super(target, handlerClass, "");
  }

  protected override bind(path: string): Promise<net.BoundSocket> {
    return bindUnixPath(path, () => bindPath(path));
  }

  protected override addressOf(bound: net.AddressInfo | string): string {
    return typeof bound === "string" ? bound : bound.address;
  }

  protected override clientAddressOf(): string {
    return "";
  }

  /** A thread cannot be given such a socket: its bytes are relayed. */
  override packRequest(socket: Socket, place: WorkerPlace): Task {
    if (place === "process") return super.packRequest(socket, place);
    const { port1, port2 } = new MessageChannel();
    return {
      payload: port2,
      cargo: { transfer: [port2] },
      onGiven: () => relaySocket(socket, port1),
    };
  }

  override unpackRequest(payload: unknown, link: TaskLink, socket: Socket | undefined): Socket {
    const request = payload instanceof MessagePort ? new RelayedSocket(payload) : socket;
    return super.unpackRequest(undefined, link, request);
  }
}

function bindPath(path: string): net.BoundSocket {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node takes a path (24.19); its published types do not know yet
  return new net.BoundSocket({ path } as net.BoundSocketOptions);
}
