import { describe, expect, test, vi } from "vitest";
import { TracingServer } from "../../support/tracing-server.ts";

describe("BaseServer.handleRequest", () => {
  const requestsOf = (server: TracingServer): string[] =>
    server.trace.filter((line) => line.startsWith("createHandler"));

  test("handles one request, the next that comes", async () => {
    const server = new TracingServer();
    const handling = server.handleRequest();
    await Promise.all([server.knock("one"), server.knock("two")]);

    await handling;

    expect(requestsOf(server)).toEqual(["createHandler one"]);
  });

  test("takes requests that have waited in the order of their coming", async () => {
    const server = new TracingServer();
    await server.knock("one");
    await server.knock("two");

    await server.handleRequest();
    await server.handleRequest();

    expect(requestsOf(server)).toEqual(["createHandler one", "createHandler two"]);
  });

  test("calls handleTimeout when none comes in time", async () => {
    let timeouts = 0;
    class ImpatientServer extends TracingServer {
      static override readonly timeout: number = 10;

      override handleTimeout(): void {
        timeouts += 1;
      }
    }

    await new ImpatientServer().handleRequest();

    expect(timeouts).toBe(1);
  });

  test("ends when the server shuts down; requests that wait are shut down too", async () => {
    const server = new TracingServer();
    const handling = server.handleRequest();
    server.shutdown();

    await handling;
    await server.knock("late");
    const other = new TracingServer();
    await other.knock("one");
    other.shutdown();

    expect(requestsOf(server)).toEqual([]);
    expect(server.trace).toContain("closeRequest late");
    expect(other.trace).toContain("closeRequest one");
  });

  test("is refused while every request is handled", async () => {
    const server = new TracingServer();
    await server.arrive("one");

    await expect(server.handleRequest()).rejects.toThrow("no use while every request is handled");
  });
});

describe("BaseServer.serviceActions", () => {
  test("is called again and again while the server serves", async () => {
    let calls = 0;
    class BusyServer extends TracingServer {
      override serviceActions(): void {
        calls += 1;
        if (calls === 3) this.shutdown();
      }
    }

    await new BusyServer().serveForever({ pollInterval: 1 });

    expect(calls).toBe(3);
  });

  test("ends serveForever with what it throws", async () => {
    class FailingServer extends TracingServer {
      override serviceActions(): void {
        throw new Error("out of order");
      }
    }
    const server = new FailingServer();

    await expect(server.serveForever({ pollInterval: 1 })).rejects.toThrow("out of order");
    expect(server.isShuttingDown).toBe(true);
  });

  test("requests that came before serveForever are handled by it", async () => {
    const server = new TracingServer();
    await server.knock("early");
    const serving = server.serveForever();

    await vi.waitFor(() => expect(server.trace).toContain("closeRequest early"));
    server.shutdown();

    await serving;
  });
});
