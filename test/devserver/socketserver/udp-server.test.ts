import { createSocket } from "node:dgram";
import { once } from "node:events";
import { isIPv6 } from "node:net";
import { describe, expect, test } from "vitest";
import { DatagramRequestHandler } from "../../../devserver/socketserver/datagram-request-handler.ts";
import type { Datagram } from "../../../devserver/socketserver/datagram-server.ts";
import { type UDPAddress, UDPServer } from "../../../devserver/socketserver/udp-server.ts";

class UpperCaser extends DatagramRequestHandler {
  override handle(): void {
    if (String(this.packet) === "fail") throw new Error("as asked");
    if (String(this.packet) === "silence") return;
    this.wfile.write(Buffer.from(String(this.packet).toUpperCase()));
    this.wfile.write(Buffer.from("!"));
  }
}

/** Sends datagrams one after another; the answer to each of the last `expected`. */
async function ask(
  server: UDPServer,
  packets: readonly string[],
  expected = 1,
  host = server.serverAddress[0],
): Promise<string[]> {
  const client = createSocket(isIPv6(host) ? "udp6" : "udp4");
  const port = server.serverAddress[1];
  const answers: string[] = [];
  for (const packet of packets) client.send(packet, port, host);
  while (answers.length < expected) answers.push(String((await once(client, "message"))[0]));
  client.close();
  return answers;
}

describe("UDPServer", () => {
  test("answers a datagram with one datagram", async () => {
    await using server = await new UDPServer(["127.0.0.1", 0], UpperCaser).start();

    expect(await ask(server, ["hello"])).toEqual(["HELLO!"]);
  });

  test.each([
    ["::1", "::1"],
    ["::", "::1"],
    ["::", "127.0.0.1"],
    ["0.0.0.0", "127.0.0.1"],
  ])("bound to %s, it answers a client that sends to %s", async (bound, to) => {
    await using server = await new UDPServer([bound, 0], UpperCaser).start();

    expect(await ask(server, ["hello"], 1, to)).toEqual(["HELLO!"]);
  });

  test("sends nothing when the handler has written nothing", async () => {
    await using server = await new UDPServer(["127.0.0.1", 0], UpperCaser).start();

    expect(await ask(server, ["silence", "hello"])).toEqual(["HELLO!"]);
  });

  test("cuts off what is longer than a packet may be", async () => {
    class SmallServer extends UDPServer {
      static override readonly maxPacketSize: number = 4;
    }
    await using server = await new SmallServer(["127.0.0.1", 0], UpperCaser).start();

    expect(await ask(server, ["123456"])).toEqual(["1234!"]);
  });

  test("goes on after a handler that failed, and asks verifyRequest first", async () => {
    const events: string[] = [];
    class WatchedServer extends UDPServer {
      override verifyRequest({ packet }: Datagram<UDPAddress>): boolean {
        return String(packet) !== "refused";
      }

      override handleError(
        _request: Datagram<UDPAddress>,
        [host]: UDPAddress,
        error: unknown,
      ): void {
        events.push(`${host} ${String(error)}`);
      }
    }
    await using server = await new WatchedServer(["127.0.0.1", 0], UpperCaser).start();

    const answers = await ask(server, ["fail", "refused", "hello"]);

    expect(answers).toEqual(["HELLO!"]);
    expect(events).toEqual(["127.0.0.1 Error: as asked"]);
  });

  test("rejects when the port is in use", async () => {
    await using server = await new UDPServer(["127.0.0.1", 0], UpperCaser).start();

    await expect(new UDPServer(server.serverAddress, UpperCaser).start()).rejects.toThrow(
      "EADDRINUSE",
    );
  });

  test("serves until it is shut down", async () => {
    const server = await new UDPServer(["127.0.0.1", 0], UpperCaser).start();
    const serving = server.serveForever();

    await server.serverClose();

    await expect(serving).resolves.toBeUndefined();
  });
});
