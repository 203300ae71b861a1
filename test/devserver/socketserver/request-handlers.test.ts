import { describe, expect, test } from "vitest";
import { BaseRequestHandler } from "../../../devserver/socketserver/request-handlers.ts";
import { TimeoutError } from "../../../devserver/socketserver/timeout-error.ts";
import { RawClient, exchange } from "../../support/raw-client.ts";
import { serveStream } from "../../support/stream-servers.ts";

class Tracing extends BaseRequestHandler<string, string, undefined> {
  readonly trace: string[] = [];
  failing = "";

  #step(name: string): void {
    this.trace.push(name);
    if (name === this.failing) throw new Error(name);
  }

  override async setup(): Promise<void> {
    await Promise.resolve();
    this.#step("setup");
  }

  override async handle(): Promise<void> {
    await Promise.resolve();
    this.#step("handle");
  }

  override finish(): void {
    this.#step("finish");
  }
}

describe("BaseRequestHandler", () => {
  test("does no work in its constructor", () => {
    const handler = new Tracing("request", "address", undefined);

    expect(handler.trace).toEqual([]);
    expect([handler.request, handler.clientAddress]).toEqual(["request", "address"]);
  });

  test("runs setup, handle and finish one after another", async () => {
    const handler = new Tracing("request", "address", undefined);

    await handler.run();

    expect(handler.trace).toEqual(["setup", "handle", "finish"]);
  });

  test("finishes also when handle throws", async () => {
    const handler = new Tracing("request", "address", undefined);
    handler.failing = "handle";

    await expect(handler.run()).rejects.toThrow("handle");
    expect(handler.trace).toEqual(["setup", "handle", "finish"]);
  });

  test("neither handles nor finishes when setup throws", async () => {
    const handler = new Tracing("request", "address", undefined);
    handler.failing = "setup";

    await expect(handler.run()).rejects.toThrow("setup");
    expect(handler.trace).toEqual(["setup"]);
  });
});

describe("StreamRequestHandler", () => {
  test("reads from rfile and writes to wfile", async () => {
    await using server = await serveStream(async ({ rfile, wfile }) => {
      const line = await rfile.readline();
      await wfile.write(Buffer.from(String(line).toUpperCase()));
    });

    expect(await exchange(server.port, "hello\n")).toBe("HELLO\n");
  });

  test("delivers a whole large answer before it closes", async () => {
    await using server = await serveStream(({ wfile }) => {
      void wfile.write(Buffer.alloc(5_000_000, "x"));
    });

    expect((await exchange(server.port, "")).length).toBe(5_000_000);
  });

  test("does not take a client that left before the flush for an error", async () => {
    const { promise: left, resolve } = Promise.withResolvers<void>();
    await using server = await serveStream(async ({ wfile, connection }) => {
      void wfile.write(Buffer.alloc(20_000_000, "x"));
      connection.once("close", () => resolve());
    });
    await using client = await RawClient.connect(server.port);
    client.socket.pause();

    client.reset();
    await left;
    await server.serverClose();

    expect(server.errors).toEqual([]);
  });

  test("does not wait a second time for a client that has stalled", async () => {
    const flushes: boolean[] = [];
    const { promise: finished, resolve } = Promise.withResolvers<void>();
    await using server = await serveStream(async ({ wfile, connection }) => {
      connection.once("close", () => resolve());
      wfile.timeout = 30;
      const flush = wfile.flush.bind(wfile);
      wfile.flush = () => {
        flushes.push(wfile.stalled);
        return flush();
      };
      await wfile.write(Buffer.alloc(20_000_000, "x"));
    });
    await using client = await RawClient.connect(server.port);
    client.socket.pause();

    await finished;

    expect(server.errors).toEqual([expect.any(TimeoutError)]);
    expect(flushes).toEqual([false]);
  });
});
