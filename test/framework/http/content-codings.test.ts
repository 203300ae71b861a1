import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { compressChunks } from "../../../framework/http/compressed-chunks.ts";
import { CODECS, CONTENT_CODINGS } from "../../../framework/http/content-codings.ts";
import { chunksOf, decompress } from "../../support/decompress.ts";
import { Random } from "../../support/random.ts";

const TEXT = Buffer.from("It don't mean a thing if it ain't got that swing. ".repeat(400));

async function* each(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

describe.each(CONTENT_CODINGS)("%s", (coding) => {
  const codec = CODECS[coding];

  test("gives back what it was given, with any padding", () => {
    const compressed = codec.now(TEXT);

    for (let padding = 0; padding <= 256; padding += 1)
      expect(decompress(coding, codec.pad(compressed, padding)).equals(TEXT)).toBe(true);
  });

  test("gets longer with its padding", () => {
    const compressed = codec.now(TEXT);

    const lengths = [0, 10, 99].map((padding) => codec.pad(compressed, padding).byteLength);

    expect(lengths.toSorted((a, b) => a - b)).toEqual(lengths);
    expect(new Set(lengths).size).toBe(3);
  });

  test("is the same in another thread", async () => {
    expect((await codec.later(TEXT)).equals(codec.now(TEXT))).toBe(true);
  });

  test("has a form for nothing", () => {
    expect(decompress(coding, codec.empty).byteLength).toBe(0);
  });

  test("of a stream gives back what went in, however it was cut", async () => {
    for (let seed = 0; seed < 15; seed += 1) {
      const random = new Random(seed);
      const noise = Buffer.from(
        Array.from({ length: random.below(3000) }, () => random.below(256)),
      );
      const content = Buffer.concat([TEXT.subarray(0, random.below(TEXT.length)), noise]);
      const pieces = random.split(content, random.pick([1 + content.length, 7, 1000, 60_000]));

      const chunks = await chunksOf(compressChunks(each(pieces), codec, random.below(100)));

      expect(decompress(coding, Buffer.concat(chunks)).equals(content), `seed ${seed}`).toBe(true);
      expect(chunks).toHaveLength(pieces.length + 1);
    }
  });

  test("of a stream with large chunks loses nothing", async () => {
    const random = new Random(1);
    const noise = Buffer.from(Array.from({ length: 700_000 }, () => random.below(256)));

    const chunks = await chunksOf(compressChunks(each([noise, noise]), codec, 0));

    expect(decompress(coding, Buffer.concat(chunks)).equals(Buffer.concat([noise, noise]))).toBe(
      true,
    );
  });

  test("of an empty stream is empty content", async () => {
    const chunks = await chunksOf(compressChunks(each([Buffer.alloc(0)]), codec, 50));

    expect(decompress(coding, Buffer.concat(chunks)).byteLength).toBe(0);
  });

  test("of a stream asks for a chunk only when the one before is taken", async () => {
    const asked: number[] = [];
    async function* source(): AsyncGenerator<Uint8Array> {
      for (const number of [1, 2, 3]) {
        asked.push(number);
        yield TEXT;
      }
    }
    const chunks = compressChunks(source(), codec, 0);

    await chunks.next();

    expect(asked).toEqual([1]);
    await chunks.return();
  });

  test("of a stream that fails, fails with it", async () => {
    async function* source(): AsyncGenerator<Uint8Array> {
      yield TEXT;
      throw new Error("no more");
    }

    await expect(chunksOf(compressChunks(source(), codec, 0))).rejects.toThrow("no more");
  });
});

describe("gzip", () => {
  test("has its padding as a file name behind the head, as Django's has", () => {
    const padded = CODECS.gzip.pad(CODECS.gzip.now(TEXT), 5);

    expect(padded.subarray(0, 4)).toEqual(Buffer.of(0x1f, 0x8b, 8, 8));
    expect(padded.subarray(10, 16).toString("latin1")).toBe("aaaaa\0");
  });

  test("without padding is what any gzip makes, with no time in it", () => {
    const plain = CODECS.gzip.pad(CODECS.gzip.now(TEXT), 0);

    expect(plain.equals(gzipSync(TEXT, { level: 6 }))).toBe(true);
    expect(plain.readUInt32LE(4)).toBe(0);
  });
});
