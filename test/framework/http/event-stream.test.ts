import { describe, expect, test } from "vitest";
import {
  eventStream,
  formatEvent,
  type ServerSentEvent,
} from "../../../framework/http/event-stream.ts";
import type { StreamingHttpResponse } from "../../../framework/http/streaming-response.ts";
import { path } from "../../../framework/urls/path.ts";
import { RawClient } from "../../support/raw-client.ts";
import { makeApplication } from "../../support/wsgi.ts";
import { serveWSGI } from "../../support/wsgi-servers.ts";

const OPENING = ":\n\n";

async function read(response: StreamingHttpResponse): Promise<string> {
  let text = "";
  for await (const chunk of response) text += Buffer.from(chunk).toString();
  return text;
}

describe("formatEvent", () => {
  test.each<[event: ServerSentEvent | string, text: string]>([
    ["hello", "data: hello\n\n"],
    ["", "data: \n\n"],
    [{ data: "a\nb\r\nc\rd\n" }, "data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n"],
    [{ data: " leading" }, "data:  leading\n\n"],
    [
      { event: "tune", data: "é", id: "7", retry: 1500, comment: "hi\nyou" },
      ": hi\n: you\nevent: tune\nid: 7\nretry: 1500\ndata: é\n\n",
    ],
    [{ id: "" }, "id: \n\n"],
    [{ retry: 0 }, "retry: 0\n\n"],
  ])("writes %j", (event, text) => {
    expect(formatEvent(event)).toBe(text);
  });

  test.each<[event: ServerSentEvent]>([
    [{ event: "a\ndata: b" }],
    [{ id: "a\rb" }],
    [{ id: "a\0b" }],
    [{ retry: -1 }],
    [{ retry: 1.5 }],
    [{ retry: Number.NaN }],
  ])("refuses %j", (event) => {
    expect(() => formatEvent(event)).toThrow(TypeError);
  });
});

describe("eventStream", () => {
  test("is a response that browsers read and nobody keeps", () => {
    const { headers } = eventStream([], { headers: { "cache-control": "no-store" } });

    expect([...headers]).toEqual([
      ["cache-control", "no-store"],
      ["Content-Type", "text/event-stream"],
      ["X-Accel-Buffering", "no"],
    ]);
  });

  test.each<[what: string, source: Parameters<typeof eventStream>[0]]>([
    ["an array", ["a", { data: "b" }]],
    [
      "an async generator",
      (async function* () {
        yield "a";
        yield { data: "b" };
      })(),
    ],
    [
      "a web stream",
      ReadableStream.from<ServerSentEvent | string>(["a", { data: "b" }]) as ReadableStream,
    ],
  ])("sends the events of %s, after the sign that it is open", async (_what, source) => {
    expect(await read(eventStream(source))).toBe(`${OPENING}data: a\n\ndata: b\n\n`);
  });

  test("beats while nothing comes, and loses nothing that comes meanwhile", async () => {
    const event = Promise.withResolvers<string>();
    const source = (async function* () {
      yield await event.promise;
      yield "b";
    })();
    const chunks = eventStream(source, { heartbeat: 1 })[Symbol.asyncIterator]();
    const next = async (): Promise<string> => String((await chunks.next()).value);

    const before = [await next(), await next(), await next()];
    event.resolve("a");
    await new Promise(setImmediate);
    const after = [await next(), await next()].filter((text) => text !== OPENING);

    expect(before).toEqual([OPENING, OPENING, OPENING]);
    expect(after.join("")).toMatch(/^data: a\n\n/);
    await chunks.return?.();
  });

  test("does not beat when told not to", async () => {
    const source = (async function* () {
      await new Promise((resolve) => void setTimeout(resolve, 10));
      yield "a";
    })();

    expect(await read(eventStream(source, { heartbeat: 0 }))).toBe(`${OPENING}data: a\n\n`);
  });

  test("passes an error of its source on", async () => {
    const source = (async function* () {
      yield "a";
      throw new Error("out of tune");
    })();

    await expect(read(eventStream(source))).rejects.toThrow("out of tune");
  });

  test.each([0, 1, 2, 9])("closes its source once, read %i times", async (times) => {
    const events: string[] = [];
    const source = {
      next: () => Promise.resolve({ done: false as const, value: "a" }),
      return() {
        events.push("return");
        return Promise.resolve({ done: true as const, value: undefined });
      },
      [Symbol.asyncIterator]() {
        return this;
      },
      close: () => void events.push("close"),
    };
    const response = eventStream(source);
    const chunks = response[Symbol.asyncIterator]();
    for (let count = 0; count < times; count++) await chunks.next();

    await chunks.return?.();
    await response.close();

    expect(events).toEqual(["return", "close"]);
  });

  test("lets go of a source that waits for ever, and of whoever waits for it", async () => {
    let returned = 0;
    const source = {
      next: () => new Promise<never>(() => undefined),
      return() {
        returned += 1;
        return Promise.resolve({ done: true as const, value: undefined });
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
    const response = eventStream(source);
    const chunks = response[Symbol.asyncIterator]();
    await chunks.next();
    const waiting = chunks.next();

    await response.close();

    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(returned).toBe(1);
  });

  test("is closed as soon as its client goes away", async () => {
    const events: string[] = [];
    const source = new ReadableStream<string>({
      start: (controller) => controller.enqueue("hello"),
      cancel: () => void events.push("cancelled"),
    });
    const application = await makeApplication([path("", () => eventStream(source))]);
    await using server = await serveWSGI(application);
    const client = await RawClient.connect(server.port);

    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    await client.waitFor("data: hello\n\n");
    client.reset();

    await expect.poll(() => events).toEqual(["cancelled"]);
  });
});
