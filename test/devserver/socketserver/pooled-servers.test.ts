import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createConnection, type Socket } from "node:net";
import { join } from "node:path";
import { DgramSocket } from "node-unix-socket";
import { describe, expect, test } from "vitest";
import {
  ForkingTCPServer,
  ForkingUDPServer,
  ForkingUnixDatagramServer,
  ForkingUnixStreamServer,
} from "../../../devserver/socketserver/forking-servers.ts";
import type { TCPAddress } from "../../../devserver/socketserver/tcp-server.ts";
import {
  ThreadingTCPServer,
  ThreadingUDPServer,
  ThreadingUnixDatagramServer,
  ThreadingUnixStreamServer,
} from "../../../devserver/socketserver/threading-servers.ts";
import { GreetingServer, HERE, UnnamedServer } from "../../support/pooled-handlers.ts";
import { TemporaryFolder } from "../../support/projects.ts";

const STREAM = { module: HERE, export: "ObeyingHandler" };
const DATAGRAM = { module: HERE, export: "ObeyingDatagramHandler" };
const LOOPBACK: TCPAddress = ["127.0.0.1", 0];

/** A client that sends lines and reads lines. */
class LineClient implements Disposable {
  readonly #socket: Socket;
  readonly #lines: AsyncIterator<string>;

  constructor(address: TCPAddress | string) {
    this.#socket =
      typeof address === "string"
        ? createConnection({ path: address })
        : createConnection({ host: address[0], port: address[1] });
    this.#socket.on("error", () => undefined);
    this.#lines = linesOf(this.#socket);
  }

  /** The next line; `undefined` when the server has closed. */
  async read(): Promise<string | undefined> {
    const next = await this.#lines.next();
    return next.done === true ? undefined : next.value;
  }

  async ask(order: string): Promise<string | undefined> {
    this.#socket.write(`${order}\n`);
    return await this.read();
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }
}

async function* linesOf(socket: Socket): AsyncGenerator<string> {
  let text = "";
  try {
    for await (const chunk of socket) {
      const lines = (text + String(chunk)).split("\n");
      text = lines.pop() ?? "";
      yield* lines;
    }
  } catch {
    // A reset is an end here.
  }
}

async function askUdp([host, port]: TCPAddress, order: string): Promise<string> {
  const client = createSocket("udp4");
  client.send(order, port, host);
  const [answer] = await once(client, "message");
  client.close();
  return String(answer);
}

async function askUnixDatagram(server: string, client: string, order: string): Promise<string> {
  const socket = new DgramSocket();
  socket.bind(client);
  const answer = once(socket, "data");
  socket.sendTo(Buffer.from(order), 0, order.length, server);
  const [data] = await answer;
  socket.close();
  return String(data);
}

describe.each([
  ["ThreadingTCPServer", ThreadingTCPServer],
  ["ForkingTCPServer", ForkingTCPServer],
])("%s", (_name, Server) => {
  test("handles connections elsewhere", async () => {
    await using server = await new Server(LOOPBACK, STREAM).start();
    using client = new LineClient(server.serverAddress);

    const where = await client.ask("where");

    expect(where).toMatch(/^\d+ \d+$/);
    expect(where).not.toBe(`${process.pid} 0`);
    expect(await client.ask("hello")).toBe("HELLO");
  });

  test("answers others while a handler computes", async () => {
    await using server = await new Server(LOOPBACK, STREAM).start();
    const clients = [1, 2, 3].map(() => new LineClient(server.serverAddress));
    const done: number[] = [];

    await Promise.all(
      clients.map(async (client, index) => {
        await client.ask(index === 0 ? "spin 1500" : "hello");
        done.push(index);
        client[Symbol.dispose]();
      }),
    );

    expect(done.at(-1)).toBe(0);
  });

  test("goes on after a handler that throws, and replaces a worker that ends", async () => {
    await using server = await new Server(LOOPBACK, STREAM).start();
    using thrower = new LineClient(server.serverAddress);
    using exiter = new LineClient(server.serverAddress);

    const answers = [await thrower.ask("throw"), await exiter.ask("exit")];
    using client = new LineClient(server.serverAddress);

    expect(answers).toEqual([undefined, undefined]);
    expect(await client.ask("hello")).toBe("HELLO");
  });

  test("says what is missing when a worker cannot find the handler", async () => {
    const server = new Server(LOOPBACK, { module: HERE, export: "NoHandler" });

    await expect(server.start()).rejects.toThrow(
      /exports no "NoHandler"; it exports .*ObeyingHandler/,
    );
  });

  test("refuses what is no class", async () => {
    const server = new Server(LOOPBACK, { module: HERE, export: "notAHandler" });

    await expect(server.start()).rejects.toThrow("is no request handler class");
  });
});

describe.each([
  ["ThreadingUDPServer", ThreadingUDPServer],
  ["ForkingUDPServer", ForkingUDPServer],
])("%s", (_name, Server) => {
  test("handles datagrams elsewhere and answers from its own address", async () => {
    await using server = await new Server(LOOPBACK, DATAGRAM).start();

    expect(await askUdp(server.serverAddress, "where")).not.toContain(`${process.pid} 0`);
    expect(await askUdp(server.serverAddress, "hello")).toBe("HELLO\n");
  });
});

describe.each([
  ["ThreadingUnixStreamServer", ThreadingUnixStreamServer],
  ["ForkingUnixStreamServer", ForkingUnixStreamServer],
])("%s", (_name, Server) => {
  test("handles connections elsewhere, large ones too", async () => {
    using folder = new TemporaryFolder();
    await using server = await new Server(join(folder.path, "socket"), STREAM).start();
    using client = new LineClient(server.serverAddress);
    const long = "x".repeat(300_000);

    expect(await client.ask("where")).not.toBe(`${process.pid} 0`);
    expect(await client.ask(long)).toBe(long.toUpperCase());
  });

  test("closes the connection when the handler is done or fails", async () => {
    using folder = new TemporaryFolder();
    await using server = await new Server(join(folder.path, "socket"), STREAM).start();
    using client = new LineClient(server.serverAddress);

    expect(await client.ask("exit")).toBeUndefined();
  });
});

describe.each([
  ["ThreadingUnixDatagramServer", ThreadingUnixDatagramServer],
  ["ForkingUnixDatagramServer", ForkingUnixDatagramServer],
])("%s", (_name, Server) => {
  test("handles datagrams elsewhere and answers from its own address", async () => {
    using folder = new TemporaryFolder();
    await using server = await new Server(join(folder.path, "socket"), DATAGRAM).start();

    const answer = await askUnixDatagram(
      server.serverAddress,
      join(folder.path, "client"),
      "hello",
    );

    expect(answer).toBe("HELLO\n");
  });
});

describe("a server class of one's own", () => {
  test("has its hooks in the worker", async () => {
    await using server = await new GreetingServer(LOOPBACK, STREAM).start();
    using client = new LineClient(server.serverAddress);

    expect(await client.read()).toBe("welcome");
    expect(await client.ask("hello")).toBe("HELLO");
  });

  test("must say where the workers find it when it overrides what they run", async () => {
    const server = new UnnamedServer(LOOPBACK, STREAM);

    await expect(server.start()).rejects.toThrow(
      "the workers have to import UnnamedServer (it overrides finishRequest): export it under its name, and give it",
    );
  });
});
