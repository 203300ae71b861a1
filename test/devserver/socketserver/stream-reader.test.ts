import { describe, expect, test } from "vitest";
import { StreamReader } from "../../../devserver/socketserver/stream-reader.ts";
import { TimeoutError } from "../../../devserver/socketserver/timeout-error.ts";
import { eventually } from "../../support/processes.ts";
import { SocketPair } from "../../support/stream-servers.ts";

describe("StreamReader.read", () => {
  test("returns exactly as many bytes as asked for, whatever the packets", async () => {
    await using pair = await SocketPair.open();
    const rfile = new StreamReader(pair.socket);

    pair.client.send("abc");
    const reading = rfile.read(5);
    await eventually(async () => (rfile.buffered.length === 0 ? true : undefined));
    pair.client.send("defg");

    expect(String(await reading)).toBe("abcde");
    expect(String(await rfile.read(2))).toBe("fg");
  });

  test("returns fewer where the stream ends, then nothing", async () => {
    await using pair = await SocketPair.open();
    const rfile = new StreamReader(pair.socket);

    pair.client.send("abc").end();

    expect(String(await rfile.read(5))).toBe("abc");
    expect((await rfile.read(5)).length).toBe(0);
  });

  test("without a size returns everything to the end", async () => {
    await using pair = await SocketPair.open();
    const rfile = new StreamReader(pair.socket);
    const sent = Buffer.alloc(1_000_000, "0123456789");

    pair.client.send(sent).end();

    expect((await rfile.read()).equals(sent)).toBe(true);
  });

  test("of no bytes waits for nothing", async () => {
    await using pair = await SocketPair.open();

    expect((await new StreamReader(pair.socket).read(0)).length).toBe(0);
  });

  test("rejects with TimeoutError when the client sends nothing", async () => {
    await using pair = await SocketPair.open();
    const rfile = new StreamReader(pair.socket);
    rfile.timeout = 20;

    await expect(rfile.read(1)).rejects.toThrow(TimeoutError);
  });

  test("goes on after a time-out with what comes later", async () => {
    await using pair = await SocketPair.open();
    const rfile = new StreamReader(pair.socket);
    rfile.timeout = 20;
    await expect(rfile.read(1)).rejects.toThrow(TimeoutError);

    rfile.timeout = 0;
    pair.client.send("late");

    expect(String(await rfile.read(4))).toBe("late");
  });

  test("rejects with the socket's error when the connection is reset", async () => {
    await using pair = await SocketPair.open();
    const rfile = new StreamReader(pair.socket);
    const reading = rfile.read(1);

    pair.client.reset();

    await expect(reading).rejects.toThrow("ECONNRESET");
    await expect(rfile.read(1)).rejects.toThrow("ECONNRESET");
  });

  test("serves two readers that wait at the same time", async () => {
    await using pair = await SocketPair.open();
    const rfile = new StreamReader(pair.socket);

    const both = Promise.all([rfile.read(3), rfile.read(3)]);
    pair.client.send("abc");
    pair.client.send("def").end();

    const texts = (await both).map(String).join("");
    expect(Array.from(texts).toSorted().join("")).toBe("abcdef");
  });

  test("says that the stream has ended when the socket was closed before it was made", async () => {
    await using pair = await SocketPair.open();
    pair.client.reset();
    await pair.closed;

    const rfile = new StreamReader(pair.socket);

    expect(rfile.ended).toBe(true);
    await expect(rfile.read(1)).rejects.toThrow("ECONNRESET");
  });
});

describe("StreamReader.readline", () => {
  test("returns one line with its line feed at a time, and a last one without", async () => {
    await using pair = await SocketPair.open();
    const rfile = new StreamReader(pair.socket);

    pair.client.send("one\r\ntwo\nthree").end();

    expect(String(await rfile.readline())).toBe("one\r\n");
    expect(String(await rfile.readline())).toBe("two\n");
    expect(String(await rfile.readline())).toBe("three");
    expect(String(await rfile.readline())).toBe("");
  });

  test.each([
    ["a line that is longer", 3, "abc", "def\n"],
    ["a line that is as long", 7, "abcdef\n", "end"],
    ["a line that is as long without its line feed", 6, "abcdef", "\n"],
  ])("stops at its limit within %s", async (_, limit, first, second) => {
    await using pair = await SocketPair.open();
    const rfile = new StreamReader(pair.socket);

    pair.client.send("abcdef\nend").end();

    expect(String(await rfile.readline(limit))).toBe(first);
    expect(String(await rfile.readline())).toBe(second);
  });

  test("does not wait for more than its limit", async () => {
    await using pair = await SocketPair.open();
    const rfile = new StreamReader(pair.socket);

    pair.client.send("abcdef");

    expect(String(await rfile.readline(6))).toBe("abcdef");
  });
});

describe("StreamReader", () => {
  test("is iterated to the end of the stream", async () => {
    await using pair = await SocketPair.open();
    const rfile = new StreamReader(pair.socket);
    pair.client.send("abc").send("def").end();

    let text = "";
    for await (const chunk of rfile) text += String(chunk);

    expect(text).toBe("abcdef");
  });

  test("take leaves the rest buffered", async () => {
    await using pair = await SocketPair.open();
    const rfile = new StreamReader(pair.socket);
    pair.client.send("abcdef");
    await eventually(async () => (rfile.buffered.length === 6 ? true : undefined));

    const taken = rfile.take(2);

    expect(String(taken)).toBe("ab");
    expect(String(rfile.buffered)).toBe("cdef");
  });

  test("end lets a waiting read return nothing", async () => {
    await using pair = await SocketPair.open();
    const rfile = new StreamReader(pair.socket);
    const reading = rfile.read(1);

    rfile.end();

    expect((await reading).length).toBe(0);
    expect(rfile.ended).toBe(true);
  });

  test("pauses the socket while nobody reads, and loses nothing", async () => {
    await using pair = await SocketPair.open();
    const rfile = new StreamReader(pair.socket);
    const sent = Buffer.alloc(8_000_000, "0123456789abcdef");
    pair.client.send(sent).end();
    await eventually(async () => (pair.socket.isPaused() ? true : undefined));

    const waiting = rfile.buffered.length;
    const received = await rfile.read();

    expect(waiting).toBeLessThan(1_000_000);
    expect(received.equals(sent)).toBe(true);
  });
});
