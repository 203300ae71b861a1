import { describe, expect, test } from "vitest";
import type { Body, StartResponse } from "../../../framework/wsgi.ts";
import { RawClient } from "../../support/raw-client.ts";
import { head } from "../../support/request-heads.ts";
import { answering, bytes, CountedBody, serveWSGI } from "../../support/wsgi-servers.ts";

describe("ServerHandler frames", () => {
  test("a body of one chunk with its length", async () => {
    await using server = await serveWSGI(answering([bytes("hello")]));

    const response = await server.fetch();

    expect(response.headers.get("content-length")).toBe("5");
    expect(response.body).toBe("hello");
  });

  test("an empty body with length 0", async () => {
    await using server = await serveWSGI(answering([]));

    const response = await server.fetch();

    expect([response.headers.get("content-length"), response.body]).toEqual(["0", ""]);
  });

  test("several chunks as chunked", async () => {
    await using server = await serveWSGI(answering([bytes("hello "), bytes("world")]));

    const response = await server.fetch();

    expect(response.headers.get("transfer-encoding")).toBe("chunked");
    expect(response.body).toBe("hello world");
  });

  test("a stream as chunked", async () => {
    const stream = async function* (): AsyncGenerator<Buffer> {
      yield bytes("a");
      await Promise.resolve();
      yield bytes("b");
    };
    await using server = await serveWSGI(answering(stream()));

    const response = await server.fetch();

    expect(response.headers.get("transfer-encoding")).toBe("chunked");
    expect(response.body).toBe("ab");
  });

  test("several chunks by the connection's end on HTTP/1.0", async () => {
    await using server = await serveWSGI(answering([bytes("a"), bytes("b")]));

    const text = await server.ask(head("GET / HTTP/1.0", "Connection: keep-alive"));

    expect(text).toContain("\r\nConnection: close\r\n");
    expect(text).not.toContain("Transfer-Encoding");
    expect(text.endsWith("\r\n\r\nab")).toBe(true);
  });

  test("nothing but the body in HTTP/0.9", async () => {
    await using server = await serveWSGI(answering([bytes("a"), bytes("b")]));

    expect(await server.ask("GET /\r\n")).toBe("ab");
  });

  test("an empty first chunk as no chunk: headers wait for the next", async () => {
    const chunks = [bytes(""), bytes("a"), bytes(""), bytes("b")];
    await using server = await serveWSGI(answering(chunks));

    const response = await server.fetch();

    expect(response.body).toBe("ab");
  });

  test("only empty chunks as an empty body", async () => {
    await using server = await serveWSGI(answering([bytes(""), bytes("")]));

    const response = await server.fetch();

    expect([response.headers.get("content-length"), response.body]).toEqual(["0", ""]);
  });

  test.each(["204 No Content", "304 Not Modified"])(
    "%s without a body or framing",
    async (status) => {
      await using server = await serveWSGI(answering([bytes("ignored")], [], status));

      const response = await server.fetch();

      expect(response.headers.has("content-length")).toBe(false);
      expect(response.headers.has("transfer-encoding")).toBe(false);
    },
  );

  test("and ends a 304 whose body never ends", async () => {
    const body = new CountedBody(function* () {
      for (;;) yield bytes("x");
    });
    await using server = await serveWSGI(answering(body, [], "304 Not Modified"));

    expect((await server.fetch()).status).toBe(304);
    expect(body.closed).toBe(1);
  });
});

describe("ServerHandler answers HEAD", () => {
  test.each<[what: string, body: () => Body, length: string | undefined]>([
    ["one chunk with its length", () => [bytes("hello")], "5"],
    ["several chunks without one", () => [bytes("a"), bytes("b")], undefined],
  ])("for %s, without the body", async (_, body, length) => {
    await using server = await serveWSGI(answering(body()));

    const response = await server.fetch("HEAD");

    expect([response.status, response.headers.get("content-length")]).toEqual([200, length]);
    expect(server.logger.lines).toEqual(['info "HEAD / HTTP/1.1" 200 0']);
  });

  test("with the length the application declares", async () => {
    await using server = await serveWSGI(answering([], [["Content-Length", "123"]]));

    expect((await server.fetch("HEAD")).headers.get("content-length")).toBe("123");
  });

  test("without a body from write() either", async () => {
    await using server = await serveWSGI(async (_environ, startResponse) => {
      await startResponse("200 OK", [])(bytes("written"));
      return [bytes("returned")];
    });

    expect((await server.fetch("HEAD")).body).toBe("");
  });

  test("of an application that starts its response with its first chunk", async () => {
    await using server = await serveWSGI((_environ, startResponse) => startLate(startResponse));

    expect((await server.fetch("HEAD")).status).toBe(200);
    expect(server.reported).toEqual([]);
  });

  function* startLate(startResponse: StartResponse): Generator<Buffer> {
    startResponse("200 OK", []);
    for (;;) yield bytes("for ever");
  }
});

describe("ServerHandler and a declared Content-Length", () => {
  const five = [["Content-Length", "5"]] as const;

  test("reports a body that is shorter, and closes", async () => {
    await using server = await serveWSGI(answering([bytes("abc")], five));

    const text = await server.ask(head("GET / HTTP/1.1", "Host: x"));

    expect(text.endsWith("\r\n\r\nabc")).toBe(true);
    expect(server.reported.join("")).toContain("the body has 3 bytes, its Content-Length says 5");
  });

  test("cuts a body that is longer, reports it once, and closes", async () => {
    const chunks = ["abc", "defg", "hij", "k"].map(bytes);
    await using server = await serveWSGI(answering(chunks, five));

    const text = await server.ask(head("GET / HTTP/1.1", "Host: x").repeat(2));

    expect(text.endsWith("\r\n\r\nabcde")).toBe(true);
    expect(server.reported).toHaveLength(1);
  });

  test("stops a body that never ends", async () => {
    const body = new CountedBody(function* () {
      for (;;) yield bytes("abc");
    });
    await using server = await serveWSGI(answering(body, five));

    expect((await server.fetch()).body).toBe("abcab");
    expect(body.closed).toBe(1);
  });

  test.each([
    ["is no number", [["Content-Length", "five"]]],
    [
      "is given twice",
      [
        ["Content-Length", "5"],
        ["Content-Length", "6"],
      ],
    ],
  ] as [string, [string, string][]][])("answers 500 when it %s", async (_, headers) => {
    await using server = await serveWSGI(answering([bytes("hello")], headers));

    expect((await server.fetch()).status).toBe(500);
  });
});

describe("ServerHandler's write()", () => {
  test("sends before the body that is returned", async () => {
    await using server = await serveWSGI(async (_environ, startResponse) => {
      const write = startResponse("200 OK", []);
      await write(bytes("one "));
      await write(bytes(""));
      await write(bytes("two "));
      return [bytes("three")];
    });

    expect((await server.fetch()).body).toBe("one two three");
  });

  test("sends the headers while the application is still at work", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    await using server = await serveWSGI(async (_environ, startResponse) => {
      await startResponse("200 OK", [])(bytes("early"));
      await promise;
      return [];
    });
    await using client = await RawClient.connect(server.port);

    client.send(head("GET / HTTP/1.1", "Host: x", "Connection: close"));
    const early = await client.waitFor("early");
    resolve();

    expect(early).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(await client.untilEnd()).toMatch(/early\r\n0\r\n\r\n$/);
  });
});

describe("ServerHandler gives the application its input", () => {
  test("and does not say 100 Continue in the middle of the answer", async () => {
    await using server = await serveWSGI(async (environ, startResponse) => {
      await startResponse("200 OK", [])(bytes("started"));
      await environ["wsgi.input"].read();
      return [];
    });
    await using client = await RawClient.connect(server.port);
    const request = head("PUT / HTTP/1.1", "Host: x", "Content-Length: 5", "Expect: 100-continue");

    await client.send(request).waitFor("started");
    client.send("hello");

    expect(await client.untilEnd()).toMatch(/started\r\n0\r\n\r\n$/);
    expect(client.received).not.toContain("100 Continue");
  });
});
