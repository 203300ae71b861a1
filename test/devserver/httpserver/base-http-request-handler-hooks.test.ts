import { describe, expect, test } from "vitest";
import { BaseHTTPRequestHandler } from "../../../devserver/httpserver/base-http-request-handler.ts";
import { HTTPRequestError } from "../../../devserver/httpserver/http-error.ts";
import { HTTPHeaders } from "../../../devserver/httpserver/http-headers.ts";
import type { RequestHead } from "../../../devserver/httpserver/request-head.ts";
import { RESPONSES, type Responses } from "../../../devserver/httpserver/responses.ts";
import { parseResponse } from "../../support/http-responses.ts";
import { EchoHandler, serveEcho } from "../../support/http-servers.ts";
import { exchange } from "../../support/raw-client.ts";
import { head } from "../../support/request-heads.ts";

const CLOSE = "Connection: close";
const get = head("GET /a HTTP/1.1", "Host: x", CLOSE);

describe("BaseHTTPRequestHandler's class attributes", () => {
  test("protocolVersion HTTP/1.0: its status lines say so, and each answer closes", async () => {
    class Old extends EchoHandler {
      static override readonly protocolVersion = "HTTP/1.0";
    }
    await using server = await serveEcho(Old);

    const text = await exchange(server.port, head("GET / HTTP/1.1", "Host: x").repeat(2));

    expect(text).toMatch(/^HTTP\/1\.0 200 OK\r\n/);
    expect(text.match(/^HTTP/gm)).toHaveLength(1);
  });

  test("protocolVersion HTTP/1.0: no 100 Continue", async () => {
    class Old extends EchoHandler {
      static override readonly protocolVersion = "HTTP/1.0";
    }
    await using server = await serveEcho(Old);
    const request = head(
      "POST /p HTTP/1.1",
      "Host: x",
      "Content-Length: 2",
      "Expect: 100-continue",
    );

    const text = await exchange(server.port, `${request}ab`);

    expect(text).not.toContain("100 Continue");
    expect(text.endsWith("/p: ab")).toBe(true);
  });

  test("defaultRequestVersion: what a request line without a version has", async () => {
    class Newer extends EchoHandler {
      static override readonly defaultRequestVersion: string = "HTTP/1.0";
    }
    await using server = await serveEcho(Newer);

    expect(await exchange(server.port, "GET /old\r\n")).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  test("errorMessageFormat and errorContentType: the page of an error, escaped", async () => {
    class Plain extends EchoHandler {
      static override readonly errorMessageFormat: string =
        "%(code)d|%(message)s|%(explain)s|%(other)s";
      static override readonly errorContentType: string = "text/plain";
    }
    await using server = await serveEcho(Plain);

    const response = parseResponse(await exchange(server.port, "a b <c> d\r\n\r\n"));

    expect(response.headers.get("content-type")).toBe("text/plain");
    expect(response.body).toBe(
      "400|Bad request syntax ('a b &lt;c&gt; d')|Bad request syntax or unsupported method|%(other)s",
    );
  });

  test("responses: phrases and sentences", async () => {
    class Polite extends EchoHandler {
      static override readonly responses: Responses = new Map([
        ...RESPONSES,
        [501, ["Sorry", "Nobody here can do this"]],
      ]);

      override async doGET(): Promise<void> {
        await this.sendError(501);
      }
    }
    await using server = await serveEcho(Polite);

    const response = parseResponse(await exchange(server.port, get));

    expect(response.statusLine).toBe("HTTP/1.1 501 Sorry");
    expect(response.body).toContain("501 - Nobody here can do this.");
  });

  test("messageClass: what headers is made of", async () => {
    class Counting extends HTTPHeaders {
      get count(): number {
        return this.fields.length / 2;
      }
    }
    class Counter extends EchoHandler {
      static override readonly messageClass = Counting;

      override async doGET(): Promise<void> {
        await this.answer(String(this.headers instanceof Counting && this.headers.count));
      }
    }
    await using server = await serveEcho(Counter);

    expect(parseResponse(await exchange(server.port, get)).body).toBe("2");
  });
});

describe("BaseHTTPRequestHandler's hooks", () => {
  test("parseRequest may change what was read", async () => {
    class Rewriting extends EchoHandler {
      protected override parseRequest(found: RequestHead): boolean | Promise<boolean> {
        return super.parseRequest({ ...found, target: `/moved${found.target}` });
      }
    }
    await using server = await serveEcho(Rewriting);

    expect(parseResponse(await exchange(server.port, get)).body).toBe("GET /moved/a");
  });

  test("parseRequest may answer by itself, and say so", async () => {
    class Closed extends EchoHandler {
      protected override async parseRequest(found: RequestHead): Promise<boolean> {
        await super.parseRequest(found);
        await this.sendError(503, "Closed", "Come again");
        return false;
      }
    }
    await using server = await serveEcho(Closed);

    const response = parseResponse(await exchange(server.port, get));

    expect([response.status, server.lines]).toEqual([
      503,
      ["code 503, message Closed", '"GET /a HTTP/1.1" 503 -'],
    ]);
    expect(response.body).toContain("503 - Come again.");
  });

  test.each([
    [
      "at once",
      (): boolean => {
        throw new HTTPRequestError(421, "Not here");
      },
    ],
    [
      "later",
      async (): Promise<boolean> => {
        throw new HTTPRequestError(421, "Not here");
      },
    ],
  ])("parseRequest may refuse, %s", async (_, refuse) => {
    class Elsewhere extends EchoHandler {
      protected override parseRequest(): boolean | Promise<boolean> {
        return refuse();
      }
    }
    await using server = await serveEcho(Elsewhere);

    expect(parseResponse(await exchange(server.port, get)).status).toBe(421);
  });

  test("handleOneRequest is called for each request", async () => {
    const seen: string[] = [];
    class Counted extends EchoHandler {
      override handleOneRequest(): void | Promise<void> {
        seen.push("request");
        return super.handleOneRequest();
      }
    }
    await using server = await serveEcho(Counted);

    await exchange(server.port, head("GET /1 HTTP/1.1", "Host: x") + get);

    expect(seen).toEqual(["request", "request"]);
  });

  test("respond may answer whatever the method", async () => {
    class Same extends EchoHandler {
      protected override async respond(): Promise<void> {
        await this.answer(`same for ${this.command}`);
      }
    }
    await using server = await serveEcho(Same);

    const text = await exchange(server.port, head("LINK / HTTP/1.1", "Host: x", CLOSE));

    expect(parseResponse(text).body).toBe("same for LINK");
  });

  test("handleExpect100 may refuse a body before it is sent", async () => {
    class Picky extends EchoHandler {
      override handleExpect100(): void {
        throw new HTTPRequestError(417, "Too much");
      }
    }
    await using server = await serveEcho(Picky);
    const request = head("POST / HTTP/1.1", "Host: x", "Content-Length: 5", "Expect: 100-continue");

    const response = parseResponse(await exchange(server.port, request));

    expect([response.status, response.headers.get("connection")]).toEqual([417, "close"]);
  });

  test("endHeaders sends all headers in one write, through flushHeaders", async () => {
    const flushed: number[] = [];
    class Counting extends EchoHandler {
      override flushHeaders(): void | Promise<void> {
        flushed.push(this.connection.bytesWritten);
        return super.flushHeaders();
      }
    }
    await using server = await serveEcho(Counting);

    await exchange(server.port, get);

    expect(flushed).toEqual([0]);
  });

  test("the log goes through logRequest and logError, with who and when", async () => {
    const lines: string[] = [];
    class Logging extends BaseHTTPRequestHandler {
      override logRequest(code: number): void {
        lines.push(`request ${code}`);
      }

      override logError(message: string): void {
        lines.push(`error ${message}`);
      }

      override versionString(): string {
        return "Mine/1";
      }

      override dateTimeString(): string {
        return "today";
      }
    }
    await using server = await serveEcho(Logging);

    const { headers } = parseResponse(await exchange(server.port, get));

    expect(lines).toEqual(["error code 501, message Unsupported method ('GET')", "request 501"]);
    expect([headers.get("server"), headers.get("date")]).toEqual(["Mine/1", "today"]);
  });

  test.each([204, 205, 304])("sendError(%d) has no page", async (code) => {
    class Bodiless extends EchoHandler {
      override async doGET(): Promise<void> {
        await this.sendError(code);
      }
    }
    await using server = await serveEcho(Bodiless);

    const text = await exchange(server.port, get);

    expect(text).toMatch(/\r\n\r\n$/);
    expect(text).not.toContain("Content-Type");
  });
});
