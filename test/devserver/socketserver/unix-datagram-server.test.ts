import { once } from "node:events";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DgramSocket } from "node-unix-socket";
import { afterEach, describe, expect, test, vi } from "vitest";
import { DatagramRequestHandler } from "../../../devserver/socketserver/datagram-request-handler.ts";
import { UnixDatagramServer } from "../../../devserver/socketserver/unix-datagram-server.ts";
import { TemporaryFolder } from "../../support/projects.ts";

class UpperCaser extends DatagramRequestHandler<string, UnixDatagramServer> {
  override handle(): void {
    this.wfile.write(Buffer.from(String(this.packet).toUpperCase()));
  }
}

/** A server that keeps what its handlers throw. */
class Server extends UnixDatagramServer {
  readonly errors: unknown[] = [];

  override handleError(_request: unknown, _clientAddress: string, error: unknown): void {
    this.errors.push(error);
  }
}

/** `from` is the path that the client binds, if it does. */
async function ask(path: string, text: string, from: string): Promise<string> {
  const socket = new DgramSocket();
  socket.bind(from);
  const answer = once(socket, "data");
  socket.sendTo(Buffer.from(text), 0, text.length, path);
  const [data] = await answer;
  socket.close();
  return String(data);
}

function tell(path: string, text: string): void {
  const socket = new DgramSocket();
  socket.sendTo(Buffer.from(text), 0, text.length, path, () => socket.close());
}

describe("UnixDatagramServer", () => {
  test("answers a datagram with one datagram, and takes its file away when it closes", async () => {
    using folder = new TemporaryFolder();
    const path = join(folder.path, "server.sock");
    const server = await new Server(path, UpperCaser).start();

    const answer = await ask(path, "hello", join(folder.path, "client.sock"));
    await server.serverClose();

    expect(answer).toBe("HELLO");
    expect(server.serverAddress).toBe(path);
    expect(existsSync(path)).toBe(false);
  });

  test("goes on after a client that has bound no path, and so cannot be answered", async () => {
    using folder = new TemporaryFolder();
    await using server = await new Server(join(folder.path, "server.sock"), UpperCaser).start();

    tell(server.serverAddress, "nobody");
    const answer = await ask(server.serverAddress, "hello", join(folder.path, "client.sock"));

    expect(answer).toBe("HELLO");
    expect(String(server.errors)).toContain("the client has bound no path");
  });

  test("never replaces a file that is no socket", async () => {
    using folder = new TemporaryFolder();
    const path = join(folder.path, "notes.txt");
    await writeFile(path, "mine");

    await expect(new Server(path, UpperCaser).start()).rejects.toThrow(path);
  });
});

describe("without the package node-unix-socket", () => {
  afterEach(() => vi.doUnmock("node-unix-socket"));

  test("binding says what to install", async () => {
    using folder = new TemporaryFolder();
    vi.doMock("node-unix-socket", () => {
      throw new Error("Cannot find package 'node-unix-socket'");
    });

    const server = new Server(join(folder.path, "server.sock"), UpperCaser);

    await expect(server.start()).rejects.toThrow("Install it: npm install node-unix-socket");
  });
});
