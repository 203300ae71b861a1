import { describe, expect, test } from "vitest";
import {
  BrokenPipeError,
  isBrokenPipeError,
  StreamWriter,
} from "../../../devserver/socketserver/stream-writer.ts";
import { TimeoutError } from "../../../devserver/socketserver/timeout-error.ts";
import { SocketPair } from "../../support/stream-servers.ts";

/** More than socket buffers of the system hold. */
const HUGE = Buffer.alloc(20_000_000, "x");

describe("StreamWriter.write", () => {
  test("returns at once while there is room, and the bytes arrive without a flush", async () => {
    await using pair = await SocketPair.open();
    const wfile = new StreamWriter(pair.socket);

    const waiting = wfile.write(Buffer.from("hello"));

    expect(waiting).toBeUndefined();
    expect(await pair.client.waitFor("hello")).toBe("hello");
  });

  test("waits for a client that is slow, and settles when it has caught up", async () => {
    await using pair = await SocketPair.open();
    const wfile = new StreamWriter(pair.socket);
    pair.client.socket.pause();

    let isSettled = false;
    const waiting = Promise.resolve(wfile.write(HUGE)).then(() => (isSettled = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const wasSettled = isSettled;
    pair.client.socket.resume();
    await waiting;

    expect(wasSettled).toBe(false);
    expect(pair.socket.writableLength).toBe(0);
  });

  test("throws BrokenPipeError when the connection is closed already", async () => {
    await using pair = await SocketPair.open();
    const wfile = new StreamWriter(pair.socket);
    pair.socket.destroy();

    expect(() => wfile.write(Buffer.from("late"))).toThrow(BrokenPipeError);
    expect(wfile.closed).toBe(true);
  });

  test("throws BrokenPipeError after our own FIN", async () => {
    await using pair = await SocketPair.open();
    const wfile = new StreamWriter(pair.socket);
    pair.socket.end();

    expect(() => wfile.write(Buffer.from("late"))).toThrow(BrokenPipeError);
  });

  test("rejects with BrokenPipeError when the client leaves while it waits", async () => {
    await using pair = await SocketPair.open();
    const wfile = new StreamWriter(pair.socket);
    pair.client.socket.pause();
    const waiting = wfile.write(HUGE);

    pair.client.reset();

    await expect(waiting).rejects.toThrow(BrokenPipeError);
  });

  test("that nobody waits for does not end the process when the client leaves", async () => {
    await using pair = await SocketPair.open();
    const wfile = new StreamWriter(pair.socket);
    const unhandled: unknown[] = [];
    const onUnhandled = (error: unknown): number => unhandled.push(error);
    process.on("unhandledRejection", onUnhandled);
    pair.client.socket.pause();

    void wfile.write(HUGE);
    pair.client.reset();
    await pair.closed;
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off("unhandledRejection", onUnhandled);

    expect(unhandled).toEqual([]);
  });

  test("rejects with TimeoutError when the client takes nothing", async () => {
    await using pair = await SocketPair.open();
    const wfile = new StreamWriter(pair.socket);
    wfile.timeout = 30;
    pair.client.socket.pause();

    await expect(wfile.write(HUGE)).rejects.toThrow(TimeoutError);
    expect(wfile.stalled).toBe(true);
  });

  test("forgets that the client has stalled once it takes what there was", async () => {
    await using pair = await SocketPair.open();
    const wfile = new StreamWriter(pair.socket);
    wfile.timeout = 30;
    pair.client.socket.pause();
    await expect(wfile.write(HUGE)).rejects.toThrow(TimeoutError);

    pair.client.socket.resume();
    wfile.timeout = 0;
    await wfile.flush();

    expect(wfile.stalled).toBe(false);
  });

  test("leaves no listener behind on the socket", async () => {
    await using pair = await SocketPair.open();
    const wfile = new StreamWriter(pair.socket);
    const before = pair.socket.listenerCount("close");

    await wfile.write(HUGE);

    expect(pair.socket.listenerCount("close")).toBe(before);
  });
});

describe("StreamWriter.writeAll", () => {
  test("sends its pieces in their order", async () => {
    await using pair = await SocketPair.open();
    const wfile = new StreamWriter(pair.socket);

    const waiting = wfile.writeAll([
      Buffer.from("one "),
      Buffer.from("two "),
      Buffer.from("three"),
    ]);

    expect(waiting).toBeUndefined();
    expect(await pair.client.waitFor("three")).toBe("one two three");
  });

  test("waits for a client that is slow, and settles when it has caught up", async () => {
    await using pair = await SocketPair.open();
    const wfile = new StreamWriter(pair.socket);
    pair.client.socket.pause();

    const waiting = wfile.writeAll([Buffer.from("head"), HUGE, Buffer.from("end")]);
    const unsent = pair.socket.writableLength;
    pair.client.socket.resume();
    await waiting;

    expect(unsent).toBeGreaterThan(0);
    expect(pair.socket.writableLength).toBe(0);
    expect((await pair.client.waitFor("end")).length).toBe(HUGE.length + 7);
  });

  test("throws BrokenPipeError when the connection is closed already", async () => {
    await using pair = await SocketPair.open();
    const wfile = new StreamWriter(pair.socket);
    pair.socket.destroy();

    expect(() => wfile.writeAll([Buffer.from("late")])).toThrow(BrokenPipeError);
  });

  test("throws BrokenPipeError to whoever writes on without a pause when the client has left", async () => {
    await using pair = await SocketPair.open();
    const wfile = new StreamWriter(pair.socket);
    pair.client.reset();

    const writeOn = (): void => {
      for (let count = 0; count < 1000; count += 1) void wfile.writeAll([Buffer.alloc(10)]);
    };

    expect(writeOn).toThrow(BrokenPipeError);
  });
});

describe("StreamWriter.flush", () => {
  test("has nothing to wait for when everything is out", async () => {
    await using pair = await SocketPair.open();

    expect(new StreamWriter(pair.socket).flush()).toBeUndefined();
  });

  test("rejects when the client left with bytes still on their way", async () => {
    await using pair = await SocketPair.open();
    const wfile = new StreamWriter(pair.socket);
    pair.client.socket.pause();
    void wfile.write(HUGE);
    const flushing = wfile.flush();

    pair.client.reset();

    await expect(flushing).rejects.toThrow(BrokenPipeError);
  });
});

describe("StreamWriter.onFin", () => {
  test("tells of the client's FIN, which does not end the writing", async () => {
    await using pair = await SocketPair.open();
    const wfile = new StreamWriter(pair.socket);
    const { promise: told, resolve } = Promise.withResolvers<void>();
    using _watching = wfile.onFin(resolve);
    pair.socket.resume();

    pair.client.end();
    await told;
    await wfile.write(Buffer.from("still here"));

    expect(await pair.client.waitFor("still here")).toBe("still here");
  });

  test("tells at once when it has come already, and nothing once disposed", async () => {
    await using pair = await SocketPair.open();
    const wfile = new StreamWriter(pair.socket);
    const told: string[] = [];
    wfile.onFin(() => told.push("disposed"))[Symbol.dispose]();
    const ended = new Promise((resolve) => pair.socket.once("end", resolve));
    pair.socket.resume();

    pair.client.end();
    await ended;
    using _watching = wfile.onFin(() => told.push("late"));

    expect(told).toEqual(["late"]);
  });
});

describe("isBrokenPipeError", () => {
  test.each([
    "EPIPE",
    "ECONNRESET",
    "ECONNABORTED",
    "ERR_STREAM_DESTROYED",
    "ERR_STREAM_PREMATURE_CLOSE",
  ])("is true for %s", (code) => {
    expect(isBrokenPipeError(Object.assign(new Error("gone"), { code }))).toBe(true);
  });

  test.each([new Error("EPIPE"), { code: "EPIPE" }, undefined, new TimeoutError(1)])(
    "is false for %s",
    (error) => {
      expect(isBrokenPipeError(error)).toBe(false);
    },
  );
});
