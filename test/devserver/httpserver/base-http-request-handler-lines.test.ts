import { describe, expect, test } from "vitest";
import { parseResponse, parseResponses } from "../../support/http-responses.ts";
import { EchoHandler, serveEcho } from "../../support/http-servers.ts";
import { RawClient, exchange } from "../../support/raw-client.ts";
import { head } from "../../support/request-heads.ts";

const CLOSE = "Connection: close";
const get = head("GET /a HTTP/1.1", "Host: x", CLOSE);

describe("BaseHTTPRequestHandler answers a request body", () => {
  class Impatient extends EchoHandler {
    static override readonly timeout: number = 40;

    /** Answers first and reads then. */
    async doPATCH(): Promise<void> {
      await this.answer("early");
      await this.body.read();
    }
  }
  const chunked = (method: string): string =>
    head(`${method} / HTTP/1.1`, "Host: x", "Transfer-Encoding: chunked");

  test.each<[what: string, request: string, status: number]>([
    ["that is bad", `${chunked("POST")}nonsense\r\n`, 400],
    ["that does not come", `${head("POST / HTTP/1.1", "Host: x", "Content-Length: 5")}he`, 408],
  ])("%s with its status", async (_, request, status) => {
    await using server = await serveEcho(Impatient);

    const response = parseResponse(await exchange(server.port, request));

    expect([response.status, response.headers.get("connection")]).toEqual([status, "close"]);
    expect(server.errors).toEqual([]);
  });

  test.each<[what: string, request: string, line: string]>([
    ["that is bad", `${chunked("PATCH")}nonsense\r\n`, "Bad chunk size"],
    [
      "that does not come",
      `${head("PATCH / HTTP/1.1", "Host: x", "Content-Length: 5")}he`,
      "Request timed out: timed out after 40 ms",
    ],
  ])("%s, when the answer is out, with a line in the log", async (_, request, line) => {
    await using server = await serveEcho(Impatient);

    const text = await exchange(server.port, request);

    expect(parseResponses(text).map(({ body }) => body)).toEqual(["early"]);
    expect(server.lines.at(-1)).toBe(line);
  });
});

describe("BaseHTTPRequestHandler and empty lines between requests", () => {
  class Hasty extends EchoHandler {
    static override readonly headTimeout: number = 30;
  }

  test("stays idle: no head has begun that could be late", async () => {
    await using server = await serveEcho(Hasty);
    await using client = await RawClient.connect(server.port);

    await client.send(head("GET /1 HTTP/1.1", "Host: x")).waitFor("GET /1");
    client.send("\r\n");
    await new Promise((resolve) => setTimeout(resolve, 90));
    client.send(`\r\n${head("GET /2 HTTP/1.1", "Host: x", CLOSE)}`);

    expect(parseResponses(await client.untilEnd()).map(({ status }) => status)).toEqual([200, 200]);
  });

  test("is closed without a word when nothing else comes", async () => {
    class Sleepy extends EchoHandler {
      static override readonly keepAliveTimeout: number = 30;
    }
    await using server = await serveEcho(Sleepy);

    const text = await exchange(server.port, `${head("GET / HTTP/1.1", "Host: x")}\r\n`);

    expect(parseResponses(text)).toHaveLength(1);
    expect(server.lines).toHaveLength(1);
  });

  test("is closed at once when the server shuts down", async () => {
    await using server = await serveEcho();
    await using client = await RawClient.connect(server.port);
    await client.send(`${head("GET / HTTP/1.1", "Host: x")}\r\n`).waitFor("GET /");

    await server.serverClose();

    expect(parseResponses(await client.untilEnd())).toHaveLength(1);
  });

  test("closes without a reply or a line in the log after an empty line alone", async () => {
    await using server = await serveEcho();
    await using client = await RawClient.connect(server.port);

    client.send("\r\n").end();

    expect(await client.untilEnd()).toBe("");
    expect([server.lines, server.errors]).toEqual([[], []]);
  });

  test("takes a half that comes before its other half", async () => {
    await using server = await serveEcho();
    await using client = await RawClient.connect(server.port);

    client.send("\r");
    await new Promise((resolve) => setTimeout(resolve, 20));
    client.send(`\n${get}`);

    expect(parseResponse(await client.untilEnd()).status).toBe(200);
  });

  test("refuses a ninth one", async () => {
    await using server = await serveEcho();

    expect(parseResponse(await exchange(server.port, "\r\n".repeat(9))).status).toBe(400);
  });
});
