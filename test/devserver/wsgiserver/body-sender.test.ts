import { describe, expect, test } from "vitest";
import { sendBody } from "../../../devserver/wsgiserver/body-sender.ts";

const PIECE = Buffer.from("piece");
const CLIENT = { onGone: () => ({ [Symbol.dispose]: () => undefined }) };
const ROOM = { takesNoMore: false };

function* repeat(count: number, between: () => void): Generator<Buffer> {
  for (let left = count; left > 0; left -= 1) {
    if (left === count || left === 1) between();
    yield PIECE;
  }
}

describe("sendBody", () => {
  test("keeps nothing for each time that it waited", async () => {
    const heap: number[] = [];
    const body = repeat(500_000, () => heap.push(process.memoryUsage().heapUsed));

    await sendBody(body, { write: () => Promise.resolve() }, ROOM, CLIENT);

    const [before = 0, after = 0] = heap;
    // Waits within waits would hold half a kilobyte each.
    expect(after - before).toBeLessThan(100 * 2 ** 20);
  });

  test("closes a generator that it stops reading", async () => {
    const room = { takesNoMore: false };
    let closed = 0;
    function* endless(): Generator<Buffer> {
      try {
        for (;;) yield PIECE;
      } finally {
        closed += 1;
      }
    }
    const write = (): Promise<void> => {
      room.takesNoMore = true;
      return Promise.resolve();
    };

    await sendBody(endless(), { write }, room, CLIENT);

    expect(closed).toBe(1);
  });
});
