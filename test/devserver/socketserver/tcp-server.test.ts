import { once } from "node:events";
import net from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, test, vi } from "vitest";
import { StreamRequestHandler } from "../../../devserver/socketserver/request-handlers.ts";
import { type TCPAddress, TCPServer } from "../../../devserver/socketserver/tcp-server.ts";
import { RawClient, exchange } from "../../support/raw-client.ts";
import { LOOPBACK, RecordingServer, serveStream } from "../../support/stream-servers.ts";

class Silent extends StreamRequestHandler<TCPAddress, RecordingServer> {
  override handle(): void {}
}

class AddressServer extends TCPServer {
  get port(): number {
    return this.serverAddress[1];
  }
}

/** Answers with the address of its client. */
class AddressHandler extends StreamRequestHandler<TCPAddress, TCPServer> {
  override async handle(): Promise<void> {
    await this.wfile.write(Buffer.from(this.clientAddress[0]));
  }
}

/** Whether a new connection is taken. */
async function isOpen(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

describe("TCPServer", () => {
  test("binds first and listens only when it is activated", async () => {
    await using server = new RecordingServer(LOOPBACK, Silent);

    await server.serverBind();
    const { port } = server;
    const beforeActivate = await isOpen(port);
    await server.serverActivate();

    expect(port).toBeGreaterThan(0);
    expect(beforeActivate).toBe(false);
    expect(server.port).toBe(port);
    expect(await isOpen(port)).toBe(true);
  });

  test.each([
    ["::1", "::1", "::1"],
    ["::", "::1", "::1"],
    ["::", "127.0.0.1", "::ffff:127.0.0.1"],
    ["0.0.0.0", "127.0.0.1", "127.0.0.1"],
  ])("bound to %s, it takes a client from %s", async (bound, from, seen) => {
    await using server = await new AddressServer([bound, 0], AddressHandler).start();
    const serving = server.serveForever();

    const socket = net.connect(server.port, from);
    const answer = await text(socket);
    server.shutdown();
    await serving;

    expect(answer).toBe(seen);
  });

  test("bound to 0.0.0.0, it takes no client over IPv6", async () => {
    await using server = await new AddressServer(["0.0.0.0", 0], AddressHandler).start();

    await expect(once(net.connect(server.port, "::1"), "connect")).rejects.toMatchObject({
      code: "ECONNREFUSED",
    });
  });

  test("looks up a host name", async () => {
    await using server = await new RecordingServer(["localhost", 0], Silent).start();

    expect(["127.0.0.1", "::1"]).toContain(server.serverAddress[0]);
  });

  test("rejects with EADDRINUSE for a port that is taken", async () => {
    await using first = await new RecordingServer(LOOPBACK, Silent).start();
    const second = new RecordingServer(["127.0.0.1", first.port], Silent);

    await expect(second.start()).rejects.toMatchObject({ code: "EADDRINUSE" });
    expect(second.isShuttingDown).toBe(true);
  });

  test("rejects with EADDRINUSE also when the port is taken only once it listens", async () => {
    await using first = new RecordingServer(LOOPBACK, Silent);
    await first.serverBind();
    const second = new RecordingServer(["127.0.0.1", first.port], Silent);
    await second.serverBind();
    await first.serverActivate();

    await expect(second.serverActivate()).rejects.toMatchObject({ code: "EADDRINUSE" });
    await expect(second.serverClose()).resolves.toBeUndefined();
  });

  test("knows its descriptor while it has one", async () => {
    const server = new RecordingServer(LOOPBACK, Silent);

    const before = server.fileno();
    await server.serverBind();
    const bound = server.fileno();
    await server.serverActivate();
    const listening = server.fileno();
    await server.serverClose();

    expect(before).toBe(-1);
    expect(bound).toBeGreaterThan(2);
    expect(listening).toBe(bound);
    expect(server.fileno()).toBe(-1);
  });

  test("lets getRequest say who asks", async () => {
    const addresses: TCPAddress[] = [];
    class Proxied extends RecordingServer {
      override getRequest(socket: net.Socket): readonly [net.Socket, TCPAddress] {
        const [request] = super.getRequest(socket);
        return [request, ["192.0.2.1", 1]];
      }
    }
    class Asking extends Silent {
      override handle(): void {
        addresses.push(this.clientAddress);
      }
    }
    await using server = await new Proxied(LOOPBACK, Asking).start();

    await exchange(server.port, "");

    expect(addresses).toEqual([["192.0.2.1", 1]]);
  });

  test.each([65_536, -1, 1.5])("rejects the port %d with a RangeError", async (port) => {
    const server = new RecordingServer(["127.0.0.1", port], Silent);

    await expect(server.start()).rejects.toThrow(RangeError);
  });

  test("gives the port back when it is closed before it was activated", async () => {
    const server = new RecordingServer(LOOPBACK, Silent);
    await server.serverBind();

    await server.serverClose();

    await using next = await new RecordingServer(["127.0.0.1", server.port], Silent).start();
    expect(next.port).toBe(server.port);
  });

  test("can be closed before it was started", async () => {
    await expect(new TCPServer(LOOPBACK, Silent).serverClose()).resolves.toBeUndefined();
  });

  test("tells the handler who is there", async () => {
    const seen: TCPAddress[] = [];
    await using server = await serveStream((handler) => void seen.push(handler.clientAddress));
    await using client = await RawClient.connect(server.port);
    const { localPort } = client.socket;

    await client.untilEnd();

    expect(seen).toEqual([["127.0.0.1", localPort]]);
  });

  test("goes on after a handler has thrown", async () => {
    let calls = 0;
    await using server = await serveStream(({ wfile }) => {
      calls += 1;
      if (calls === 1) throw new Error("boom");
      return wfile.write(Buffer.from("fine"));
    });

    expect(await exchange(server.port, "")).toBe("");
    expect(await exchange(server.port, "")).toBe("fine");
    expect(server.errors).toEqual([new Error("boom")]);
  });

  test("closes the connection when setup throws", async () => {
    class Failing extends Silent {
      override setup(): void {
        throw new Error("no setup");
      }
    }
    await using server = await new RecordingServer(LOOPBACK, Failing).start();

    expect(await exchange(server.port, "hello")).toBe("");
    expect(server.errors).toEqual([new Error("no setup")]);
  });

  test("sends away whom verifyRequest refuses, without a byte", async () => {
    class Closed extends RecordingServer {
      override verifyRequest(): boolean {
        return false;
      }
    }
    await using server = await new Closed(LOOPBACK, Silent).start();

    expect(await exchange(server.port, "hello")).toBe("");
  });

  test("answers a client that has sent its FIN", async () => {
    await using server = await serveStream(async ({ rfile, wfile }) => {
      const text = await rfile.read();
      await wfile.write(Buffer.from(`got ${String(text)}`));
    });
    await using client = await RawClient.connect(server.port);

    client.send("all").end();

    expect(await client.untilEnd()).toBe("got all");
  });

  test("calls closeRequest once for each connection", async () => {
    const closeRequest = vi.spyOn(RecordingServer.prototype, "closeRequest");
    {
      await using server = await serveStream(() => undefined);
      await exchange(server.port, "");
      await vi.waitFor(() => expect(closeRequest).toHaveBeenCalled());
    }
    const calls = closeRequest.mock.calls.length;
    closeRequest.mockRestore();

    expect(calls).toBe(1);
  });
});

describe("TCPServer.shutdownRequest", () => {
  test("lets the answer arrive though the client still sends", async () => {
    await using server = await serveStream(({ wfile }) => wfile.write(Buffer.from("enough")));
    await using client = await RawClient.connect(server.port);

    client.send(Buffer.alloc(3_000_000));

    expect(await client.untilEnd()).toBe("enough");
  });

  test("closes on a client that goes on sending for ever", async () => {
    class Impatient extends RecordingServer {
      static override readonly lingerTimeout: number = 100;
    }
    await using server = await new Impatient(LOOPBACK, Silent).start();
    await using client = await RawClient.connect(server.port, { allowHalfOpen: true });
    const sending = setInterval(() => client.socket.writable && client.send("more"), 20);

    await vi.waitFor(() => expect(client.socket.destroyed).toBe(true), { timeout: 10_000 });
    clearInterval(sending);

    expect(client.socket.destroyed).toBe(true);
  });
});

describe("TCPServer.serverClose", () => {
  test("refuses new connections and lets a busy handler finish", async () => {
    const { promise: started, resolve: start } = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    await using server = await serveStream(async ({ wfile }) => {
      start();
      await released;
      await wfile.write(Buffer.from("done"));
    });
    await using client = await RawClient.connect(server.port);
    await started;

    const closing = server.serverClose();
    const isStillOpen = await isOpen(server.port);
    release();
    await closing;

    expect(isStillOpen).toBe(false);
    expect(await client.untilEnd()).toBe("done");
  });
});
