import { describe, expect, test, vi } from "vitest";
import { BaseHTTPRequestHandler } from "../../../devserver/httpserver/base-http-request-handler.ts";
import { parseResponse, parseResponses } from "../../support/http-responses.ts";
import { EchoHandler, serveEcho } from "../../support/http-servers.ts";
import { RawClient, exchange } from "../../support/raw-client.ts";
import { head } from "../../support/request-heads.ts";

const CLOSE = "Connection: close";

describe("BaseHTTPRequestHandler refuses", () => {
  test.each<[what: string, request: string, status: number]>([
    ["a head that is none", "nonsense\r\n\r\n", 400],
    ["HTTP/1.1 without a Host", head("GET / HTTP/1.1"), 400],
    [
      "two framings",
      head("GET / HTTP/1.1", "Host: x", "Content-Length: 1", "Transfer-Encoding: chunked"),
      400,
    ],
    ["a target that is too long", `GET /${"a".repeat(70_000)}`, 414],
    ["a header that is too long", `GET / HTTP/1.1\r\nA: ${"a".repeat(70_000)}`, 431],
    ["too many headers", head("GET / HTTP/1.1", ...Array<string>(101).fill("A: b")), 431],
    ["HTTP/2.0", head("GET / HTTP/2.0"), 505],
  ])("%s with its status, and closes", async (_, request, status) => {
    await using server = await serveEcho();

    const response = parseResponse(await exchange(server.port, request));

    expect(response.status).toBe(status);
    expect(response.headers.get("connection")).toBe("close");
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  });

  test("a head that is not whole within its time with 408, and does not log another's request line", async () => {
    class Impatient extends EchoHandler {
      static override readonly headTimeout: number = 40;
    }
    await using server = await serveEcho(Impatient);
    const slow = `${head("GET /first HTTP/1.1", "Host: x")}GET /slow HTTP/1.1\r\nHo`;

    const text = await exchange(server.port, slow);

    expect(parseResponses(text).map(({ status }) => status)).toEqual([200, 408]);
    expect(server.lines.at(-1)).toBe('"" 408 -');
  });

  test.each<[line: string, status: number]>([
    ["GET / FUBAR", 400],
    ["GET", 400],
    ["POST /", 400],
    ["GET / HTTP/2.0", 505],
  ])("%j with a status line, though its version is not known", async (line, status) => {
    await using server = await serveEcho();

    const response = parseResponse(await exchange(server.port, head(line)));

    expect(response.statusLine).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  test("nothing when the client leaves before its head is whole", async () => {
    await using server = await serveEcho();
    await using client = await RawClient.connect(server.port);

    client.send("GET / HTTP/1.1\r\nHo").end();

    expect(await client.untilEnd()).toBe("");
    expect([server.lines, server.errors]).toEqual([[], []]);
  });
});

describe("BaseHTTPRequestHandler writes", () => {
  class Splitting extends EchoHandler {
    override async doGET(): Promise<void> {
      this.sendResponse(200, "a\r\nX-Evil: b");
      this.sendHeader("X-Evil", "a\r\nSet-Cookie: b");
      await this.endHeaders();
    }

    override async doPOST(): Promise<void> {
      this.sendResponse(200, "a\r\nX-Evil: b");
      this.sendHeader("Content-Length", "0");
      await this.endHeaders();
    }
  }

  test("no header that could split the response", async () => {
    await using server = await serveEcho(Splitting);

    expect(await exchange(server.port, head("GET / HTTP/1.1", "Host: x"))).toBe("");
    expect(server.errors).toEqual([expect.any(TypeError)]);
  });

  test("no phrase that could split the response", async () => {
    await using server = await serveEcho(Splitting);

    const text = await exchange(server.port, head("POST / HTTP/1.1", "Host: x", CLOSE));

    expect(parseResponse(text).statusLine).toBe("HTTP/1.1 200 a??X-Evil: b");
  });

  test("Server and Date", async () => {
    await using server = await serveEcho();

    const text = await exchange(server.port, head("GET / HTTP/1.1", "Host: x", CLOSE));

    const { headers } = parseResponse(text);
    expect(headers.get("server")).toMatch(/^BaseHTTP\/\d\S* Node\/\d/);
    expect(headers.get("date")).toMatch(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/);
  });

  test("log lines with client and time to standard error, controls escaped", async () => {
    class Plain extends BaseHTTPRequestHandler {
      async doGET(): Promise<void> {
        this.sendResponse(204);
        await this.endHeaders();
      }
    }
    const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await using server = await serveEcho(Plain);

    await exchange(server.port, head("GET /\x9b31m HTTP/1.1", "Host: x", CLOSE));
    const text = write.mock.calls.map(([chunk]) => String(chunk)).join("");
    write.mockRestore();

    expect(text).toMatch(
      /^127\.0\.0\.1 - - \[\d\d\/\w{3}\/\d{4} \d\d:\d\d:\d\d\] "GET \/\\x9b31m HTTP\/1\.1" 204 -\n$/,
    );
  });
});
