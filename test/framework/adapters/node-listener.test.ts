import { once } from "node:events";
import {
  createServer as createHTTPServer,
  IncomingMessage,
  request as requestHTTP,
  ServerResponse,
} from "node:http";
import { createServer as createHTTPSServer } from "node:https";
import { Socket } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { connect as connectTLS } from "node:tls";
import { describe, expect, test, vi } from "vitest";
import { toNodeListener } from "../../../framework/adapters/node-listener.ts";
import type { WSGIApplication } from "../../../framework/wsgi.ts";
import { parseResponse, parseResponses } from "../../support/http-responses.ts";
import { answer, bytes, echo, json } from "../../support/message-contract.ts";
import { NodeServer } from "../../support/node-servers.ts";
import { eventually } from "../../support/processes.ts";
import { TemporaryFolder } from "../../support/projects.ts";
import { RawClient } from "../../support/raw-client.ts";
import { head } from "../../support/request-heads.ts";

const GET = head("GET / HTTP/1.1", "Host: x");

function post(content: string): string {
  return head("POST / HTTP/1.1", "Host: x", `Content-Length: ${content.length}`) + content;
}

const where = echo((environ) => [
  environ["wsgi.url_scheme"],
  environ.SERVER_NAME,
  environ.SERVER_PORT,
  environ.REMOTE_ADDR ?? "nobody",
]);

describe("toNodeListener says where a request came in", () => {
  test("over TCP", async () => {
    await using server = await NodeServer.start(where());

    const response = await fetch(`http://127.0.0.1:${server.port}/`);

    expect(await response.json()).toEqual(["http", "localhost", String(server.port), "127.0.0.1"]);
  });

  test("over TLS", async () => {
    // A key that both sides know: TLS without certificates.
    const psk = Buffer.from("minor swing");
    const shared = { ciphers: "PSK", maxVersion: "TLSv1.2" } as const;
    await using server = await NodeServer.start(where(), {
      makeServer: (listener) => createHTTPSServer({ ...shared, pskCallback: () => psk }, listener),
    });

    const socket = connectTLS({
      ...shared,
      port: server.port,
      host: "127.0.0.1",
      pskCallback: () => ({ psk, identity: "django" }),
      checkServerIdentity: () => undefined,
    });
    socket.write(head("GET / HTTP/1.1", "Host: x", "Connection: close"));
    const { body } = parseResponse(await text(socket));

    expect(JSON.parse(body)).toEqual(["https", "localhost", String(server.port), "127.0.0.1"]);
  });

  test("over a Unix socket: locally, on the scheme's port, from nobody", async () => {
    using folder = new TemporaryFolder();
    const path = join(folder.path, "site.sock");
    await using _server = await NodeServer.start(where(), { listen: { path } });

    const request = requestHTTP({ socketPath: path }).end();
    const [response] = await once(request, "response");

    expect(await text(response)).toBe(json(["http", "localhost", "80", "nobody"]));
  });
});

describe("toNodeListener and its options", () => {
  test("has standard error and one process unless it is told otherwise", () => {
    const seen: unknown[] = [];
    const look: WSGIApplication = (environ) => {
      seen.push(environ["wsgi.errors"], environ["wsgi.multiprocess"]);
      return [];
    };
    const errors = { write: () => undefined };
    const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);

    for (const options of [undefined, { errors, multiprocess: true }]) {
      const server = createHTTPServer(toNodeListener(look, options));
      const { request, response } = unsent();
      server.emit("request", request, response);
    }

    expect(seen).toEqual([process.stderr, false, errors, true]);
    expect(write).toHaveBeenCalledWith(expect.stringContaining("without calling startResponse()"));
    write.mockRestore();
  });
});

/** A request that nobody has sent, and the response to it. */
function unsent(): { request: IncomingMessage; response: ServerResponse } {
  const request = new IncomingMessage(new Socket());
  return { request, response: new ServerResponse(request) };
}

describe("toNodeListener answers", () => {
  test("before it returns when the application does not wait", async () => {
    const ended: boolean[] = [];
    const listener = toNodeListener(answer([bytes("now")]));
    const server = createHTTPServer((request, response) => {
      listener(request, response);
      ended.push(response.writableEnded);
    });
    await using _server = server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();

    await fetch(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/`);

    expect(ended).toEqual([true]);
  });

  test("with the headers that somebody before it has set, and a Date", async () => {
    await using server = await NodeServer.start(answer([bytes("ok")], [["X-Mine", "1"]]), {
      makeServer: (listener) =>
        createHTTPServer((request, response) => {
          response.setHeader("X-Theirs", "2");
          listener(request, response);
        }),
    });

    const { headers } = await fetch(`http://127.0.0.1:${server.port}/`);

    expect([headers.get("x-mine"), headers.get("x-theirs"), headers.has("date")]).toEqual([
      "1",
      "2",
      true,
    ]);
  });

  test("an HTTP/1.0 client by closing after a body of unknown length", async () => {
    await using server = await NodeServer.start(answer([bytes("a"), bytes("b")]));
    await using client = await RawClient.connect(server.port);

    const received = await client.send(head("GET / HTTP/1.0")).untilEnd();

    expect(received).not.toMatch(/transfer-encoding/i);
    expect(received).toMatch(/\r\n\r\nab$/);
  });
});

describe("toNodeListener keeps the connection", () => {
  const readsThree: WSGIApplication = async (environ, startResponse) => {
    const piece = await environ["wsgi.input"].read(3);
    return await answer([piece])(environ, startResponse);
  };

  test.each([
    ["that was read", echo(async (e) => (await e["wsgi.input"].read()).byteLength)()],
    ["that was read in part", readsThree],
    ["that nobody read", answer([bytes("unread")])],
  ])("after a body %s", async (_what, application) => {
    await using server = await NodeServer.start(application);
    await using client = await RawClient.connect(server.port);
    const large = post("x".repeat(500_000));

    client.send(large.repeat(2) + head("GET / HTTP/1.1", "Host: x", "Connection: close"));
    const responses = parseResponses(await client.untilEnd());

    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(server.reported).toEqual([]);
  });

  test("and answers pipelined requests in order, however long each takes", async () => {
    const waits: PromiseWithResolvers<void>[] = [];
    await using server = await NodeServer.start(async (environ, startResponse) => {
      const wait = Promise.withResolvers<void>();
      waits.push(wait);
      await wait.promise;
      return await answer([bytes(environ.PATH_INFO), bytes("!")])(environ, startResponse);
    });
    await using client = await RawClient.connect(server.port);

    client.send(
      ["/one", "/two", "/six"].map((path) => head(`GET ${path} HTTP/1.1`, "Host: x")).join(""),
    );
    await eventually(async () => (waits.length === 3 ? true : undefined));
    for (const { resolve } of waits.toReversed()) resolve();
    await client.waitFor("/six");
    await client.waitFor("!\r\n0\r\n\r\n");

    expect(client.received.match(/\/(?:one|two|six)/g)).toEqual(["/one", "/two", "/six"]);
  });

  test("but closes it after a body that is not as long as it says", async () => {
    const lengths = [["Content-Length", "5"]] as const;
    await using server = await NodeServer.start((environ, startResponse) =>
      answer([bytes(environ.PATH_INFO)], lengths)(environ, startResponse),
    );
    await using short = await RawClient.connect(server.port);
    await using long = await RawClient.connect(server.port);

    short.send(head("GET /abc HTTP/1.1", "Host: x").repeat(2));
    long.send(head("GET /abcdef HTTP/1.1", "Host: x").repeat(2));

    expect(await short.untilEnd()).toMatch(/\r\n\r\n\/abc$/);
    expect(await long.untilEnd()).toMatch(/\r\n\r\n\/abcd$/);
  });
});

describe("toNodeListener and a client", () => {
  test("that leaves with many requests waiting: tells each, without a warning", async () => {
    const warned = vi.spyOn(process, "emitWarning");
    let [begun, told] = [0, 0];
    await using server = await NodeServer.start(async (environ) => {
      const { promise, resolve } = Promise.withResolvers<Error>();
      environ["minorswing.client"]?.onGone(resolve);
      begun += 1;
      await promise;
      told += 1;
      return [];
    });
    await using client = await RawClient.connect(server.port);

    client.send(GET.repeat(30));
    await eventually(async () => (begun === 30 ? true : undefined));
    client.reset();

    await eventually(async () => (told === 30 ? true : undefined));
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });

  test("that has its answer: hears no more of it", async () => {
    const gone = vi.fn();
    await using server = await NodeServer.start((environ, startResponse) => {
      environ["minorswing.client"]?.onGone(gone);
      return answer([bytes("ok")])(environ, startResponse);
    });
    await using client = await RawClient.connect(server.port);

    await client.send(GET).waitFor("ok");
    client.reset();
    await eventually(async () => ((await connections(server)) === 0 ? true : undefined));

    expect(gone).not.toHaveBeenCalled();
  });
});

async function connections({ server }: NodeServer): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
  return await promise;
}
