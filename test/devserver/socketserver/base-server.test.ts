import { describe, expect, test, vi } from "vitest";
import { BaseServer } from "../../../devserver/socketserver/base-server.ts";
import { TracingServer } from "../../support/tracing-server.ts";

describe("BaseServer", () => {
  test("takes a request through the hooks in Python's order", async () => {
    const server = new TracingServer();

    await server.arrive("one");

    expect(server.trace).toEqual([
      "verifyRequest one",
      "processRequest somewhere",
      "finishRequest",
      "createHandler one",
      "run",
      "shutdownRequest",
      "closeRequest one",
    ]);
  });

  test.each([
    ["false", false],
    ["a promise of false", Promise.resolve(false)],
  ])("only shuts a request down when verifyRequest says %s", async (_, isWelcome) => {
    const server = new TracingServer();
    server.isWelcome = isWelcome;

    await server.arrive("one");

    expect(server.trace).toEqual(["verifyRequest one", "shutdownRequest", "closeRequest one"]);
  });

  test("reports what a handler throws, then shuts the request down", async () => {
    const server = new TracingServer();
    server.work = async () => {
      throw new Error("boom");
    };

    await server.arrive("one");

    expect(server.trace.slice(-4)).toEqual([
      "run",
      "handleError Error: boom",
      "shutdownRequest",
      "closeRequest one",
    ]);
  });

  test("reports a shutdownRequest that throws instead of rejecting", async () => {
    const server = new TracingServer();
    server.shutdownRequest = () => {
      throw new Error("no way");
    };

    await server.arrive("one");

    expect(server.trace).toContain("handleError Error: no way");
  });

  test("stops every handler at work when it shuts down", async () => {
    const server = new TracingServer();
    const { promise, resolve } = Promise.withResolvers<void>();
    server.work = () => promise;
    const first = server.arrive("one");
    const second = server.arrive("two");
    await vi.waitFor(() => expect(server.trace.filter((line) => line === "run")).toHaveLength(2));

    server.shutdown();
    resolve();
    await Promise.all([first, second]);

    expect(server.trace.filter((line) => line === "stop")).toHaveLength(2);
    expect(server.isShuttingDown).toBe(true);
  });

  test("stops a handler that starts after the shutdown", async () => {
    const server = new TracingServer();
    server.shutdown();

    await server.arrive("late");

    expect(server.trace).toContain("stop");
  });

  test("shuts down once, however often it is asked", () => {
    const server = new TracingServer();

    server.shutdown();
    server.shutdown();

    expect(server.trace).toEqual(["stopAccepting"]);
  });
});

describe("BaseServer.serveForever", () => {
  test("settles on shutdown", async () => {
    const server = new TracingServer();
    const serving = server.serveForever();

    server.shutdown();

    await expect(serving).resolves.toBeUndefined();
  });

  test("refuses to run twice at the same time", async () => {
    const server = new TracingServer();
    const serving = server.serveForever();

    await expect(server.serveForever()).rejects.toThrow("running already");
    server.shutdown();
    await serving;
  });
});

describe("BaseServer.serverClose", () => {
  test("waits for the handlers at work", async () => {
    const server = new TracingServer();
    server.work = async () => {
      await Promise.resolve();
      server.trace.push("worked");
    };
    void server.arrive("one");
    await vi.waitFor(() => expect(server.trace).toContain("run"));

    await server.serverClose();

    expect(server.trace).toContain("worked");
  });

  test("gives up on a handler that never ends after closeTimeout", async () => {
    const server = new TracingServer();
    server.work = () => new Promise(() => undefined);
    void server.arrive("one");
    await vi.waitFor(() => expect(server.trace).toContain("run"));

    await expect(server.serverClose()).resolves.toBeUndefined();
  });

  test("is what `await using` calls", async () => {
    const server = new TracingServer();
    {
      await using _ = server;
    }

    expect(server.isShuttingDown).toBe(true);
  });
});

describe("BaseServer.handleError", () => {
  test("writes the client and the error to standard error, between lines", () => {
    const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const server = new TracingServer();

    BaseServer.prototype.handleError.call(server, "one", ["1.2.3.4", 5], new Error("boom"));
    const text = String(write.mock.calls[0]?.[0]);
    write.mockRestore();

    const line = "-".repeat(40);
    expect(text.startsWith(`${line}\nException occurred during processing of request from `)).toBe(
      true,
    );
    expect(text).toContain("[ '1.2.3.4', 5 ]\nError: boom\n");
    expect(text.endsWith(`\n${line}\n`)).toBe(true);
  });
});
