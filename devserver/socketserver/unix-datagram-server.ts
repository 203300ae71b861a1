/**
 * A server for datagrams over a Unix socket.
 *
 * Layer 1 (socketserver). Source: CPython Lib/socketserver.py (`UnixDatagramServer`).
 * Node has no such sockets of its own: the package `node-unix-socket` brings them (docs/decisions/008).
 * Errors: binding rejects when that package is missing, saying so, or when the path cannot be had.
 * Differs from Python: a socket file that a dead process has left is replaced; the file is removed on close.
 */
import { unlink } from "node:fs/promises";
import type { DgramSocket } from "node-unix-socket";
import { DatagramServer } from "./datagram-server.ts";
import { bindUnixPath } from "./unix-path.ts";

/** The address is the path of the socket file. A client that has bound none has `""` and cannot be answered. */
export class UnixDatagramServer extends DatagramServer<string> {
  #socket: DgramSocket | undefined;

  override async sendTo(data: Uint8Array, path: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    if (this.#socket === undefined) throw new Error("the server has no socket yet");
    if (path === "") throw new Error("the client has bound no path, so it cannot be answered");
    this.#socket.sendTo(Buffer.from(data), 0, data.byteLength, path, (error) =>
      error === undefined ? resolve() : reject(error),
    );
    await promise;
  }

  protected override async open(path: string): Promise<string> {
    const Socket = await importSocketClass();
    this.#socket = await bindUnixPath(path, () => bindSocket(new Socket(), path));
    this.#socket.on("data", (packet: Buffer, from: string) => this.receive(packet, from));
    this.#socket.on("error", (error: Error) => this.handleSocketError(error));
    return path;
  }

  protected override async close(): Promise<void> {
    this.#socket?.close();
    await unlink(this.serverAddress).catch(() => undefined);
  }
}

function bindSocket(socket: DgramSocket, path: string): DgramSocket {
  try {
    socket.bind(path);
    return socket;
  } catch (error) {
    socket.close();
    throw new Error(
      `cannot bind ${path}: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
}

async function importSocketClass(): Promise<typeof DgramSocket> {
  try {
    return (await import("node-unix-socket")).DgramSocket;
  } catch (error) {
    throw new Error(
      "UnixDatagramServer needs the package node-unix-socket, since Node has no Unix datagram sockets. " +
        "Install it: npm install node-unix-socket",
      { cause: error },
    );
  }
}
