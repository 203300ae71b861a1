import { describe, expect, test } from "vitest";
import { ThreadedWSGIServer } from "../../../devserver/wsgiserver/threaded-wsgi-server.ts";
import { eventually } from "../../support/processes.ts";
import { exchange, RawClient } from "../../support/raw-client.ts";
import { parseResponse, parseResponses } from "../../support/http-responses.ts";
import { head } from "../../support/request-heads.ts";
import { LOOPBACK } from "../../support/stream-servers.ts";
import { HERE } from "../../support/threaded-application.ts";
import { RecordingLogger } from "../../support/wsgi-servers.ts";

const APPLICATION = { module: HERE, export: "application" };

class Server extends ThreadedWSGIServer {
  static override readonly closeTimeout: number = 5000;
  override readonly logger: RecordingLogger;
  readonly errors: unknown[] = [];

  constructor(threads: number) {
    const logger = new RecordingLogger();
    super(LOOPBACK, { application: APPLICATION, threads, logger });
    this.logger = logger;
  }

  async ask(path: string, body: string = ""): Promise<string> {
    const request = `${head(`POST ${path} HTTP/1.1`, "Host: x", "Connection: close", `Content-Length: ${body.length}`)}${body}`;
    return parseResponse(await exchange(this.serverPort, request), "POST").body;
  }
}

async function serve(threads: number): Promise<Server> {
  return await new Server(threads).start();
}

const get = (path: string): string => head(`GET ${path} HTTP/1.1`, "Host: x");

describe("ThreadedWSGIServer", () => {
  test("runs the application in a thread, and says so in the environ", async () => {
    await using server = await serve(1);

    expect(await server.ask("/where")).toMatch(new RegExp(`^${process.pid} [1-9]`));
    expect(await server.ask("/flags")).toBe("true false");
  });

  test("ends an event stream when it shuts down", async () => {
    await using server = await serve(1);
    await using client = await RawClient.connect(server.serverPort);
    client.send(get("/events"));
    await client.waitFor("tick");

    server.shutdown();

    expect(await client.untilEnd()).toMatch(/\r\n0\r\n\r\n$/);
  });

  test("logs each request where its connection is", async () => {
    await using server = await serve(1);

    await server.ask("/where");

    expect(server.logger.lines).toEqual([
      expect.stringMatching(/^info "POST \/where HTTP\/1\.1" 200 \d+$/),
    ]);
  });

  test("keeps connections and answers pipelined requests in order", async () => {
    await using server = await serve(2);
    await using client = await RawClient.connect(server.serverPort);

    client.send(get("/wait") + get("/flags") + get("/nowhere"));
    const text = await client.waitFor("nothing");

    expect(parseResponses(text).map(({ body }) => body)).toEqual([
      "waited",
      "true false",
      "nothing",
    ]);
  });

  test("answers others, on open connections too, while three of four threads compute", async () => {
    await using server = await serve(4);
    await using kept = await RawClient.connect(server.serverPort);
    kept.send(get("/nowhere"));
    await kept.waitFor("nothing");
    kept.received = "";
    let spinning = 3;
    const spins = [1, 2, 3].map(async () => {
      await server.ask("/spin?2000");
      spinning -= 1;
    });
    await new Promise((resolve) => setTimeout(resolve, 200));

    for (let round = 0; round < 5; round += 1) {
      kept.received = "";
      kept.send(get("/nowhere"));
      await kept.waitFor("nothing");
      await server.ask("/where");
    }

    expect(spinning).toBe(3);
    await Promise.all(spins);
  });

  test.each([
    ["/echo", "a body", "a body"],
    ["/lines", "first\nsecond\nthird", "first|second\nthird"],
    ["/echo", "", ""],
  ])("gives %s the request body %j", async (path, body, expected) => {
    await using server = await serve(1);

    expect(await server.ask(path, body)).toBe(expected);
  });

  test("carries large bodies both ways", async () => {
    await using server = await serve(1);

    expect(await server.ask("/count", "x".repeat(3_000_000))).toBe("3000000");
    expect(await server.ask("/large?50")).toHaveLength(50 * 65_536);
  });

  test("sends 100 Continue when the application reads", async () => {
    await using server = await serve(1);
    await using client = await RawClient.connect(server.serverPort);

    client.send(
      head("POST /echo HTTP/1.1", "Host: x", "Content-Length: 2", "Expect: 100-continue"),
    );
    await client.waitFor("100 Continue");
    client.send("ok");

    expect(await client.waitFor("\r\nok\r\n")).toContain("200 OK");
  });

  test("answers a bad request body with 400", async () => {
    await using server = await serve(1);
    const request = head("POST /echo HTTP/1.1", "Host: x", "Transfer-Encoding: chunked");

    const text = await exchange(server.serverPort, `${request}zz\r\n`);

    expect(text).toContain("HTTP/1.1 400 Bad Request");
  });

  test("answers 500 for an application that throws, and goes on", async () => {
    await using server = await serve(1);

    expect(await server.ask("/throw")).toContain("A server error occurred");
    expect(await server.ask("/nowhere")).toBe("nothing");
  });

  test.each(["/exit", "/reject"])(
    "answers 500 when %s ends the thread, and starts another",
    async (path) => {
      await using server = await serve(1);

      expect(await server.ask(path)).toContain("A server error occurred");
      expect(await server.ask("/nowhere")).toBe("nothing");
      expect(server.logger.lines.join("\n")).toContain("a worker thread ended");
    },
  );

  test("logs what has ended a thread", async () => {
    await using server = await serve(1);

    await server.ask("/reject");

    expect(server.logger.lines.join("\n")).toContain("Error: nobody catches this");
  });

  test("ends a generator when its client goes away", async () => {
    await using server = await serve(1);
    await using client = await RawClient.connect(server.serverPort);
    client.send(get("/forever"));
    await client.waitFor("tick");

    client.reset();

    await eventually(async () => ((await server.ask("/ended")) === "1" ? true : undefined));
    expect(server.logger.lines.join("\n")).toContain("Broken pipe");
  });

  test("logs no line where the answer is not logged", async () => {
    await using server = await serve(1);
    await using client = await RawClient.connect(server.serverPort);
    client.send(get("/unlogged"));
    await client.waitFor("tick");

    client.reset();

    await eventually(async () => ((await server.ask("/ended")) === "1" ? true : undefined));
    expect(server.logger.lines.join("\n")).not.toMatch(/Broken pipe|unlogged/);
  });

  test("ends a body that waits when its client has closed", async () => {
    await using server = await serve(1);
    const client = await RawClient.connect(server.serverPort);
    await client.send(get("/silent")).waitFor("tick");

    client.socket.destroy();

    await eventually(async () => ((await server.ask("/ended")) === "1" ? true : undefined));
  });

  test("stops reading a generator whose client takes nothing", async () => {
    await using server = await serve(1);
    await using client = await RawClient.connect(server.serverPort);
    client.socket.pause();
    client.send(get("/large?10000"));
    const before = process.memoryUsage().rss;
    await new Promise((resolve) => setTimeout(resolve, 300));

    // 10,000 pieces would be 625 MiB.
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
    client.reset();
  });

  test("does not start when the application is none", async () => {
    const name = { module: HERE, export: "notAnApplication" };

    await expect(new ThreadedWSGIServer(LOOPBACK, { application: name }).start()).rejects.toThrow(
      /exports as "notAnApplication" no WSGI application \(a function\); found number$/,
    );
  });
});
