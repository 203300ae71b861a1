/**
 * A server for connections over a Unix socket.
 *
 * Layer 1 (socketserver). Source: CPython Lib/socketserver.py (`UnixStreamServer`).
 * Errors: binding throws Node's system errors; `EADDRINUSE` only when somebody listens at the path.
 * Differs from Python: a socket file that a dead process has left is replaced; the file is removed on close.
 */
import { stat, unlink } from "node:fs/promises";
import net, { type Socket } from "node:net";
import type { RequestHandlerClass } from "./base-server.ts";
import { type InheritedSocket, StreamServer } from "./stream-server.ts";

/** The address is the path of the socket file; clients have none, so theirs is `""`. */
export class UnixStreamServer extends StreamServer<string> {
  constructor(
    target: string | InheritedSocket,
    handlerClass: RequestHandlerClass<Socket, string, never>,
  ) {
    super(target, handlerClass, "");
  }

  protected override async bind(path: string): Promise<net.BoundSocket> {
    try {
      return bindPath(path);
    } catch (error) {
      const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
      if (!isTaken || !(await isAbandoned(path))) throw error;
      await unlink(path);
      return bindPath(path);
    }
  }

  protected override addressOf(bound: net.AddressInfo | string): string {
    return typeof bound === "string" ? bound : bound.address;
  }

  protected override clientAddressOf(): string {
    return "";
  }
}

function bindPath(path: string): net.BoundSocket {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node takes a path (24.19); its published types do not know yet
  return new net.BoundSocket({ path } as net.BoundSocketOptions);
}

/** True when the file is a socket that nobody listens on any more. */
async function isAbandoned(path: string): Promise<boolean> {
  // To connect to an ordinary file is refused as well.
  if (!(await stat(path)).isSocket()) return false;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const probe = net.connect({ path });
  probe.on("connect", () => resolve(false));
  probe.on("error", (error: NodeJS.ErrnoException) => resolve(error.code === "ECONNREFUSED"));
  const abandoned = await promise;
  probe.destroy();
  return abandoned;
}
