import { describe, expect, test } from "vitest";
import { RequestBody } from "../../../devserver/httpserver/request-body.ts";
import { StreamReader } from "../../../devserver/socketserver/stream-reader.ts";
import { TimeoutError } from "../../../devserver/socketserver/timeout-error.ts";
import { SocketPair } from "../../support/stream-servers.ts";

const CHUNKED = "2\r\non\r\n3\r\ne\nt\r\n3\r\nwo\n\r\n5\r\nthree\r\n0\r\n\r\n";

/** The same body in both framings, with another request after it. */
describe.each<[framing: string, bytes: string, length: number | undefined]>([
  ["with a Content-Length", "one\ntwo\nthree", 13],
  ["that is chunked", CHUNKED, undefined],
])("RequestBody %s", (_, bytes, length) => {
  const open = async (text: string): Promise<[SocketPair, RequestBody, StreamReader]> => {
    const pair = await SocketPair.open();
    const rfile = new StreamReader(pair.socket);
    pair.client.send(text);
    return [pair, new RequestBody(rfile, length), rfile];
  };

  test("read returns all of it and stops before the next request", async () => {
    const [pair, body, rfile] = await open(`${bytes}NEXT`);
    await using _pair = pair;

    const text = String(await body.read());

    expect(text).toBe("one\ntwo\nthree");
    expect([body.ended, String(await rfile.read(4))]).toEqual([true, "NEXT"]);
  });

  test("read returns as much as asked for, then the rest, then nothing", async () => {
    const [pair, body] = await open(bytes);
    await using _pair = pair;

    const parts = [await body.read(5), await body.read(100), await body.read(1)].map(String);

    expect(parts).toEqual(["one\nt", "wo\nthree", ""]);
  });

  test("readline returns line after line, the last without a line feed", async () => {
    const [pair, body] = await open(bytes);
    await using _pair = pair;

    const lines: string[] = [];
    for (let count = 0; count < 4; count += 1) lines.push(String(await body.readline()));

    expect(lines).toEqual(["one\n", "two\n", "three", ""]);
  });

  test("readline stops at its limit", async () => {
    const [pair, body] = await open(bytes);
    await using _pair = pair;

    const parts = [await body.readline(2), await body.readline(2), await body.readline()];

    expect(parts.map(String)).toEqual(["on", "e\n", "two\n"]);
  });

  test("is iterated to its end", async () => {
    const [pair, body] = await open(`${bytes}NEXT`);
    await using _pair = pair;

    let text = "";
    for await (const chunk of body) text += String(chunk);

    expect(text).toBe("one\ntwo\nthree");
  });

  test("drain drops what was not read", async () => {
    const [pair, body, rfile] = await open(`${bytes}NEXT`);
    await using _pair = pair;
    await body.read(1);

    const isDrained = await body.drain(1000);

    expect([isDrained, String(await rfile.read(4))]).toEqual([true, "NEXT"]);
  });

  test("drain gives up on more than its limit", async () => {
    const [pair, body] = await open(bytes);
    await using _pair = pair;

    expect([await body.drain(1), body.ended]).toEqual([false, false]);
  });

  test("rejects with a broken pipe when the client leaves in the middle", async () => {
    const [pair, body] = await open(bytes.slice(0, 6));
    await using _pair = pair;
    pair.client.end();

    await expect(body.read()).rejects.toMatchObject({ code: "EPIPE" });
  });

  test("calls beforeRead once, before it waits for the first byte", async () => {
    await using pair = await SocketPair.open();
    let calls = 0;
    const body = new RequestBody(new StreamReader(pair.socket), length, () => {
      calls += 1;
      pair.client.send(bytes);
    });
    const before = [calls, body.started];

    await body.read(1);
    await body.read();

    expect([before, calls, body.started]).toEqual([[0, false], 1, true]);
  });
});

describe("RequestBody", () => {
  test("of no bytes has ended, and asks for nothing", async () => {
    await using pair = await SocketPair.open();
    let calls = 0;
    const body = new RequestBody(new StreamReader(pair.socket), 0, () => void (calls += 1));

    expect([body.ended, String(await body.read()), await body.drain(0), calls]).toEqual([
      true,
      "",
      true,
      0,
    ]);
  });

  test("rejects with 400 for chunks that are none", async () => {
    await using pair = await SocketPair.open();
    pair.client.send("hello\r\n");
    const body = new RequestBody(new StreamReader(pair.socket), undefined);

    await expect(body.read()).rejects.toMatchObject({ status: 400 });
  });

  test("carries a large body through a paused socket without losing a byte", async () => {
    await using pair = await SocketPair.open();
    const sent = Buffer.alloc(3_000_000, "0123456789abcdef!");
    pair.client.send(sent);
    const body = new RequestBody(new StreamReader(pair.socket), sent.length);

    expect((await body.read()).equals(sent)).toBe(true);
  });
});

describe("RequestBody of a client that sends a byte now and then", () => {
  const PATIENCE = 60;

  /** Ten bytes, one every 15 milliseconds: each well within the time-out, all together not. */
  async function dribble(minRate: number): Promise<string> {
    await using pair = await SocketPair.open();
    const rfile = new StreamReader(pair.socket);
    rfile.timeout = PATIENCE;
    const body = new RequestBody(rfile, 10, undefined, minRate);
    const timer = setInterval(() => pair.client.send("x"), 15);
    try {
      return String(await body.read());
    } finally {
      clearInterval(timer);
    }
  }

  test("times out below the least rate", async () => {
    await expect(dribble(1000)).rejects.toThrow(TimeoutError);
  });

  test.each([
    ["above it", 1],
    ["where there is none", 0],
  ])("is read to its end %s", async (_, minRate) => {
    expect(await dribble(minRate)).toBe("x".repeat(10));
  });

  test("does not pay for the time that the application takes", async () => {
    await using pair = await SocketPair.open();
    const rfile = new StreamReader(pair.socket);
    rfile.timeout = PATIENCE;
    const body = new RequestBody(rfile, 3, undefined, 1000);
    pair.client.send("a");

    const first = await body.read(1);
    await new Promise((resolve) => setTimeout(resolve, PATIENCE * 2));
    pair.client.send("bc");

    expect([String(first), String(await body.read())]).toEqual(["a", "bc"]);
    expect(rfile.timeout).toBe(PATIENCE);
  });
});
