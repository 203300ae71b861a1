import { describe, expect, test } from "vitest";
import { BodyInput } from "../../../framework/adapters/body-input.ts";
import { Random } from "../../support/random.ts";

function inputOf(pieces: readonly Uint8Array[]): BodyInput {
  const left = [...pieces];
  return new BodyInput({ next: () => Promise.resolve(left.shift()) });
}

/** Reads in every way there is; the sizes of what came must be those that were asked for. */
async function readSomehow(input: BodyInput, random: Random, whole: Buffer): Promise<string> {
  let text = "";
  for (let position = 0; position < whole.length; position = text.length) {
    const size = 1 + random.below(8);
    const rest = whole.subarray(position).toString("latin1");
    const isLine = random.below(2) === 0;
    const expected = isLine
      ? (/^[^\n]*\n?/.exec(rest)?.[0] ?? "").slice(0, size)
      : rest.slice(0, size);
    const piece = isLine ? await input.readline(size) : await input.read(size);
    expect(Buffer.from(piece).toString("latin1")).toBe(expected);
    text += expected;
  }
  return text;
}

describe("wsgi.input over pieces", () => {
  test("gives what is asked for, however the pieces were cut", async () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const random = new Random(seed);
      const letters = Array.from({ length: random.below(60) }, () => random.pick(["a", "b", "\n"]));
      const whole = Buffer.from(letters.join(""));

      const read = await readSomehow(inputOf(random.split(whole, 9)), random, whole);

      expect(read).toBe(whole.toString());
    }
  });

  test("skips empty pieces, and asks no more after the end", async () => {
    let asked = 0;
    const pieces = [Buffer.alloc(0), Buffer.from("a"), Buffer.alloc(0)];
    const input = new BodyInput({ next: () => Promise.resolve(pieces[asked++]) });

    const first = Buffer.from(await input.read()).toString();
    const second = await input.read();
    const third = await input.readline();

    expect([first, second.byteLength, third.byteLength, asked]).toEqual(["a", 0, 0, 4]);
  });

  test("reads nothing when nothing is asked for", async () => {
    let asked = 0;
    const input = new BodyInput({ next: () => Promise.resolve(void (asked += 1)) });

    expect((await input.read(0)).byteLength).toBe(0);
    expect(asked).toBe(0);
  });

  test("fails as its pieces do", async () => {
    const input = new BodyInput({ next: () => Promise.reject(new Error("cut")) });

    await expect(input.readline()).rejects.toThrow("cut");
  });
});
