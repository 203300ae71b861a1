import { describe, expect, test } from "vitest";
import { parseResponse, parseResponses } from "../../support/http-responses.ts";
import { EchoHandler, serveEcho } from "../../support/http-servers.ts";
import { eventually } from "../../support/processes.ts";
import { RawClient, exchange } from "../../support/raw-client.ts";
import { head } from "../../support/request-heads.ts";

const CLOSE = "Connection: close";

describe("BaseHTTPRequestHandler dispatches", () => {
  test("a request to the method named after its own", async () => {
    await using server = await serveEcho();

    const text = await exchange(server.port, head("GET /a?b HTTP/1.1", "Host: x", CLOSE));

    expect(parseResponse(text)).toMatchObject({ status: 200, body: "GET /a?b" });
    expect(server.lines).toEqual(['"GET /a?b HTTP/1.1" 200 -']);
  });

  test("methods that HTTP does not know", async () => {
    await using server = await serveEcho();

    const text = await exchange(server.port, head("SPAM / HTTP/1.1", "Host: x", CLOSE));

    expect(parseResponse(text).body).toBe("spam");
  });

  test.each(["DELETE", "get", "FOO", "constructor"])("no method for %s: 501", async (method) => {
    await using server = await serveEcho();

    const text = await exchange(server.port, head(`${method} / HTTP/1.1`, "Host: x"));

    const { status, headers, body } = parseResponse(text);
    expect([status, headers.get("connection")]).toEqual([501, "close"]);
    expect(body).toContain(`Unsupported method ('${method}')`);
  });

  test("an error to a HEAD request without a body", async () => {
    await using server = await serveEcho();

    const text = await exchange(server.port, head("HEAD / HTTP/1.1", "Host: x"));

    expect(parseResponse(text, "HEAD")).toMatchObject({ status: 501, body: "" });
  });

  test("several slashes at the start of a path as one", async () => {
    await using server = await serveEcho();

    const text = await exchange(server.port, head("GET ///evil/x HTTP/1.1", "Host: x", CLOSE));

    expect(parseResponse(text).body).toBe("GET /evil/x");
  });

  test("and reports what the method throws, and closes", async () => {
    await using server = await serveEcho();

    expect(await exchange(server.port, head("BOOM / HTTP/1.1", "Host: x"))).toBe("");
    expect(server.errors).toEqual([new Error("boom")]);
  });
});

describe("BaseHTTPRequestHandler keeps a connection", () => {
  test.each<[version: string, lines: readonly string[], answers: number]>([
    ["HTTP/1.1", [], 2],
    ["HTTP/1.1", [CLOSE], 1],
    ["HTTP/1.0", [], 1],
    ["HTTP/1.0", ["Connection: keep-alive"], 2],
  ])("of %s with %j for %d answers", async (version, lines, answers) => {
    await using server = await serveEcho();
    const last = head("GET /2 HTTP/1.1", "Host: x", CLOSE);

    const text = await exchange(server.port, head(`GET /1 ${version}`, "Host: x", ...lines) + last);

    expect(parseResponses(text)).toHaveLength(answers);
  });

  test("and answers HTTP/0.9 with a body alone", async () => {
    await using server = await serveEcho();

    expect(await exchange(server.port, "GET /old\r\n")).toBe("GET /old");
  });

  test("and answers pipelined requests in their order", async () => {
    await using server = await serveEcho();
    const paths = Array.from({ length: 50 }, (_, index) => `/${index}`);
    const requests = paths.map((path) => head(`GET ${path} HTTP/1.1`, "Host: x"));

    const text = await exchange(
      server.port,
      requests.join("") + head("GET /last HTTP/1.1", "Host: x", CLOSE),
    );

    expect(parseResponses(text).map(({ body }) => body)).toEqual(
      [...paths, "/last"].map((path) => `GET ${path}`),
    );
  });

  test("and closes it without a word when it stays idle", async () => {
    class Hasty extends EchoHandler {
      static override readonly keepAliveTimeout: number = 30;
    }
    await using server = await serveEcho(Hasty);

    const text = await exchange(server.port, head("GET / HTTP/1.1", "Host: x"));

    expect(parseResponses(text)).toHaveLength(1);
    expect(server.lines).toEqual(['"GET / HTTP/1.1" 200 -']);
  });

  test("until the server shuts down: an idle one is closed at once", async () => {
    await using server = await serveEcho();
    await using client = await RawClient.connect(server.port);
    await client.send(head("GET / HTTP/1.1", "Host: x")).waitFor("GET /");

    await server.serverClose();

    expect(parseResponses(await client.untilEnd())).toHaveLength(1);
  });

  test("until the client is gone, which is no error", async () => {
    await using server = await serveEcho();
    await using client = await RawClient.connect(server.port);
    await client.send(head("GET / HTTP/1.1", "Host: x")).waitFor("GET /");

    client.reset();
    await server.serverClose();

    expect(server.errors).toEqual([]);
  });
});

describe("BaseHTTPRequestHandler and request bodies", () => {
  const next = head("GET /next HTTP/1.1", "Host: x", CLOSE);
  const chunked = "5\r\nhello\r\n0\r\n\r\n";

  test.each<[what: string, request: string, body: string]>([
    [
      "read, by length",
      `${head("POST /p HTTP/1.1", "Host: x", "Content-Length: 5")}hello`,
      "/p: hello",
    ],
    [
      "read, chunked",
      head("POST /p HTTP/1.1", "Host: x", "Transfer-Encoding: chunked") + chunked,
      "/p: hello",
    ],
    [
      "unread, by length",
      `${head("PUT / HTTP/1.1", "Host: x", "Content-Length: 18")}GET /evil HTTP/1.1`,
      "unread",
    ],
    [
      "unread, chunked",
      head("PUT / HTTP/1.1", "Host: x", "Transfer-Encoding: chunked") + chunked,
      "unread",
    ],
  ])("finds the next request after one that is %s", async (_, request, body) => {
    await using server = await serveEcho();

    const text = await exchange(server.port, request + next);

    expect(parseResponses(text).map((response) => response.body)).toEqual([body, "GET /next"]);
  });

  test("closes rather than drains a body that is too large", async () => {
    class Small extends EchoHandler {
      static override readonly drainLimit: number = 10;
    }
    await using server = await serveEcho(Small);
    const request = `${head("PUT / HTTP/1.1", "Host: x", "Content-Length: 20")}${"x".repeat(20)}`;

    const text = await exchange(server.port, request + next);

    expect(parseResponses(text).map(({ body }) => body)).toEqual(["unread"]);
  });

  test("logs a broken body that nobody read, and closes", async () => {
    await using server = await serveEcho();
    const request = head("PUT / HTTP/1.1", "Host: x", "Transfer-Encoding: chunked");

    const text = await exchange(server.port, `${request}nonsense\r\n${next}`);

    expect(parseResponses(text)).toHaveLength(1);
    expect(server.lines.at(-1)).toBe("request body: Bad chunk size");
  });
});

describe("BaseHTTPRequestHandler and Expect: 100-continue", () => {
  const expecting = (method: string): string =>
    head(`${method} /p HTTP/1.1`, "Host: x", "Content-Length: 5", "Expect: 100-continue");

  test("says Continue when the body is read", async () => {
    await using server = await serveEcho();
    await using client = await RawClient.connect(server.port);

    await client.send(expecting("POST")).waitFor("HTTP/1.1 100 Continue\r\n\r\n");
    await client.send("hello").waitFor("/p: hello");

    const [interim, final] = parseResponses(client.received);
    expect([interim?.status, final?.body]).toEqual([100, "/p: hello"]);
  });

  test("does not say it when nobody reads, and closes without waiting for the body", async () => {
    await using server = await serveEcho();

    const text = await exchange(server.port, expecting("PUT"));

    expect(parseResponse(text).body).toBe("unread");
  });

  test("does not say it in the middle of an answer", async () => {
    class Late extends EchoHandler {
      override async doPOST(): Promise<void> {
        await this.answer("answer");
        await this.body.read();
      }
    }
    await using server = await serveEcho(Late);
    await using client = await RawClient.connect(server.port);

    await client.send(expecting("POST")).waitFor("answer");
    client.send("hello").send(head("GET /next HTTP/1.1", "Host: x", CLOSE));

    expect(parseResponses(await client.untilEnd()).map(({ status }) => status)).toEqual([200, 200]);
  });
});

test("an idle connection holds nothing of its last request, and serves the next", async () => {
  const handlers: EchoHandler[] = [];
  class Watched extends EchoHandler {
    override async doGET(): Promise<void> {
      handlers.push(this);
      await this.answer(`for ${this.headers.get("X")}`);
    }
  }
  await using server = await serveEcho(Watched);
  await using client = await RawClient.connect(server.port);

  await client.send(head("GET /1 HTTP/1.1", "Host: x", "X: one")).waitFor("for one");
  const [handler] = handlers;
  const held = await eventually(async () =>
    handler?.path === "" ? [handler.requestLine, ...handler.headers] : undefined,
  );
  await client.send(head("GET /2 HTTP/1.1", "Host: x", "X: two")).waitFor("for two");

  expect(held).toEqual([""]);
});
