import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { StreamReader } from "../../../devserver/socketserver/stream-reader.ts";
import { TimeoutError } from "../../../devserver/socketserver/timeout-error.ts";

/** A reader of a socket that only emits, with a time-out. */
function open(timeout: number): { reader: StreamReader; socket: EventEmitter } {
  const socket = Object.assign(new EventEmitter(), { isPaused: () => false });
  const reader = new StreamReader(socket as unknown as Socket);
  reader.timeout = timeout;
  return { reader, socket };
}

describe.each([500, 30_000])("a time-out of %d ms", (timeout) => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("counts from the beginning of each wait", async () => {
    const { reader, socket } = open(timeout);
    for (let round = 0; round < 4; round += 1) {
      const more = reader.more();
      await vi.advanceTimersByTimeAsync(timeout * 0.75);
      socket.emit("data", Buffer.from("x"));
      await expect(more).resolves.toBe(true);
    }

    const outcome = reader.more().catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(timeout * 1.1 + 200);

    expect(await outcome).toBeInstanceOf(TimeoutError);
  });

  test("does not come while nobody waits, and comes again for who waits later", async () => {
    const { reader, socket } = open(timeout);
    const more = reader.more();
    socket.emit("data", Buffer.from("x"));
    await more;
    await vi.advanceTimersByTimeAsync(timeout * 3);

    const outcome = reader.more().catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(timeout * 1.1 + 200);

    expect(await outcome).toBeInstanceOf(TimeoutError);
  });

  test("does not end a later wait that has none", async () => {
    const { reader, socket } = open(timeout);
    const first = reader.more();
    socket.emit("data", Buffer.from("x"));
    await first;
    reader.timeout = 0;

    const outcome = reader.more().catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(timeout * 3);
    socket.emit("data", Buffer.from("y"));

    expect(await outcome).toBe(true);
  });
});
