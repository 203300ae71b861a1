import { describe, expect, test, vi } from "vitest";
import type { WSGIApplication } from "../../../framework/wsgi.ts";
import { RawClient } from "../../support/raw-client.ts";
import { head } from "../../support/request-heads.ts";
import { answering, bytes, CountedBody, serveWSGI } from "../../support/wsgi-servers.ts";

const PAGE = "A server error occurred.  Please contact the administrator.";
const OK = answering([bytes("fine")]);

function* boomAfter(...texts: readonly string[]): Generator<Buffer> {
  for (const text of texts) yield bytes(text);
  throw new Error("boom");
}

describe("ServerHandler answers 500 when the application", () => {
  test.each<[what: string, application: WSGIApplication, report: string]>([
    [
      "throws",
      () => {
        throw new Error("boom");
      },
      "Error: boom",
    ],
    ["rejects", () => Promise.reject(new Error("boom")), "Error: boom"],
    [
      "fails like a broken pipe elsewhere",
      () => {
        throw Object.assign(new Error("database gone"), { code: "ECONNRESET" });
      },
      "database gone",
    ],
    ["throws before its first chunk", answering(boomAfter()), "Error: boom"],
    ["throws after an empty chunk", answering(boomAfter("")), "Error: boom"],
    ["returns nothing", answering(undefined as never), "returned undefined instead of a body"],
    ["returns a string", answering("text" as never), "TypeError"],
    [
      "returns bytes without a list",
      answering(bytes("text") as never),
      "bytes (Uint8Array); found 116",
    ],
    ["yields a string", answering(["text"] as never), "bytes (Uint8Array); found 'text'"],
    ["does not call startResponse", () => [], "without calling startResponse()"],
    ["yields before startResponse", () => [bytes("x")], "write() before startResponse()"],
    [
      "calls startResponse twice",
      (environ, startResponse) => {
        startResponse("200 OK", []);
        return OK(environ, startResponse);
      },
      "called twice",
    ],
    ["sets a hop-by-hop header", answering([], [["Connection", "close"]]), "Hop-by-hop"],
    [
      "splits the response by a header",
      answering([], [["X", "a\r\nSet-Cookie: b"]]),
      "cannot have the value",
    ],
    ["splits the response by its status", answering([], [], "200 OK\r\nX: y"), "a status is"],
  ])("%s", async (_, application, report) => {
    await using server = await serveWSGI(application);

    const { status, headers, body } = await server.fetch();

    expect([status, body, headers.get("content-length")]).toEqual([500, PAGE, "59"]);
    expect(headers.get("content-type")).toBe("text/plain");
    expect(server.reported.join("")).toContain(report);
    expect(server.logger.lines).toEqual(['error "GET / HTTP/1.1" 500 59']);
  });

  test("fails at HEAD: without the page", async () => {
    await using server = await serveWSGI(answering(undefined as never));

    const { status, headers, body } = await server.fetch("HEAD");

    expect([status, headers.get("content-length"), body]).toEqual([500, "59", ""]);
  });
});

describe("ServerHandler after an error", () => {
  test("in the middle of a chunked body breaks off without the last chunk", async () => {
    await using server = await serveWSGI(answering(boomAfter("start")));

    const text = await server.ask(head("GET / HTTP/1.1", "Host: x").repeat(2));

    expect(text.endsWith("5\r\nstart\r\n")).toBe(true);
    expect(server.reported.join("")).toContain("Error: boom");
  });

  test("lets the application start another response, given the error", async () => {
    await using server = await serveWSGI((_environ, startResponse) => {
      startResponse("200 OK", [["X-Old", "1"]]);
      startResponse("400 Bad Request", [["X-New", "1"]], new Error("bad"));
      return [bytes("sorry")];
    });

    const { status, headers, body } = await server.fetch();

    expect([status, body]).toEqual([400, "sorry"]);
    expect([headers.has("x-old"), headers.has("x-new")]).toEqual([false, true]);
  });

  test("gives the application its error back when the headers are out", async () => {
    const error = new Error("too late");
    let caught: unknown;
    await using server = await serveWSGI(async (_environ, startResponse) => {
      await startResponse("200 OK", [])(bytes("sent"));
      try {
        startResponse("500 Oh no", [], error);
      } catch (thrown) {
        caught = thrown;
      }
      return [];
    });

    const { status, body } = await server.fetch();

    expect([status, body, caught]).toEqual([200, "sent", error]);
  });

  test("sends nothing of a response that startResponse refused, though the application goes on", async () => {
    await using server = await serveWSGI((_environ, startResponse) => {
      try {
        startResponse("200 OK", [["X", "a\r\nSet-Cookie: evil"]]);
      } catch {
        // As careless code does.
      }
      return [bytes("body")];
    });

    expect(await server.ask(head("GET / HTTP/1.1", "Host: x"))).not.toContain("evil");
  });

  test("serves the next connection", async () => {
    let calls = 0;
    await using server = await serveWSGI((environ, startResponse) => {
      calls += 1;
      if (calls === 1) throw new Error("boom");
      return OK(environ, startResponse);
    });

    expect((await server.fetch()).status).toBe(500);
    expect((await server.fetch()).status).toBe(200);
  });
});

describe("ServerHandler closes the body once", () => {
  test.each<[what: string, method: string, chunks: () => Iterable<Buffer>]>([
    ["after success", "GET", () => [bytes("a"), bytes("b")]],
    ["after HEAD", "HEAD", () => [bytes("a")]],
    ["after an error before the headers", "GET", () => boomAfter()],
    ["after an error in the middle", "GET", () => boomAfter("a")],
  ])("%s", async (_, method, chunks) => {
    const body = new CountedBody(chunks);
    await using server = await serveWSGI(answering(body));

    await server.ask(head(`${method} / HTTP/1.1`, "Host: x", "Connection: close"));

    expect(body.closed).toBe(1);
  });

  test("when the client leaves in the middle: one line in the log, no traceback", async () => {
    const body = new CountedBody(function* () {
      for (;;) yield Buffer.alloc(65_536);
    });
    await using server = await serveWSGI(answering(body));
    await using client = await RawClient.connect(server.port);
    const { localPort } = client.socket;

    await client.send(head("GET / HTTP/1.1", "Host: x")).waitFor("200 OK");
    client.reset();
    await vi.waitFor(() => expect(body.closed).toBe(1), { timeout: 10_000 });
    await server.serverClose();

    expect(body.closed).toBe(1);
    expect(server.reported).toEqual([]);
    expect(server.logger.lines.at(-1)).toBe(`info - Broken pipe from ('127.0.0.1', ${localPort})`);
  });

  test("and no line at all where the answer is not logged", async () => {
    const body = new CountedBody(function* () {
      for (;;) yield Buffer.alloc(65_536);
    });
    const application = answering(body);
    await using server = await serveWSGI((environ, startResponse) => {
      environ["minorswing.unlogged"] = true;
      return application(environ, startResponse);
    });
    await using client = await RawClient.connect(server.port);

    await client.send(head("GET / HTTP/1.1", "Host: x")).waitFor("200 OK");
    client.reset();
    await vi.waitFor(() => expect(body.closed).toBe(1), { timeout: 10_000 });
    await server.serverClose();

    expect(server.reported).toEqual([]);
    expect(server.logger.lines).toEqual([]);
  });

  test("and reports a close() that throws, with the response whole", async () => {
    const body = Object.assign([bytes("hello")], {
      close: () => {
        throw new Error("cannot close");
      },
    });
    await using server = await serveWSGI(answering(body));

    expect((await server.fetch()).body).toBe("hello");
    expect(server.reported.join("")).toContain("cannot close");
  });

  test("and answers 500 though close() throws too", async () => {
    const body = Object.assign(boomAfter(), {
      close: () => {
        throw new Error("cannot close");
      },
    });
    await using server = await serveWSGI(answering(body));

    expect((await server.fetch()).status).toBe(500);
  });
});
