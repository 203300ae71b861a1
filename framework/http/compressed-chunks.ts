/**
 * Compression of a stream, chunk by chunk: what goes in can be read by the client at once.
 *
 * Layer 2 (http). The source is read no faster than the compressed chunks are taken.
 * Source: Django utils/text.py (`compress_sequence`).
 */
import type { Transform } from "node:stream";
import type { Chunk } from "../wsgi.ts";
import type { Codec } from "./content-codings.ts";

const NOTHING = Buffer.alloc(0);

/** One chunk for each that has content, and one that ends it all. `padding` is the length of what is added. */
export async function* compressChunks(
  chunks: AsyncIterable<Chunk>,
  codec: Codec,
  padding: number,
): AsyncGenerator<Chunk, void> {
  const compressor = new ChunkCompressor(codec.stream());
  let isFirst = true;
  const padFirst = (bytes: Buffer): Buffer => {
    const padded = isFirst && codec.padsAt === "start" ? codec.pad(bytes, padding) : bytes;
    isFirst = false;
    return padded;
  };
  try {
    for await (const chunk of chunks)
      if (chunk.byteLength > 0) yield padFirst(await compressor.write(chunk));
    if (isFirst) yield codec.empty;
    else yield codec.padsAt === "end" ? codec.pad(NOTHING, padding) : await compressor.end();
  } finally {
    compressor.destroy();
  }
}

/** A compressing stream as calls with answers. */
class ChunkCompressor {
  readonly #stream: Transform;
  #pieces: Buffer[] = [];

  constructor(stream: Transform) {
    this.#stream = stream;
    stream.on("data", (piece: Buffer) => void this.#pieces.push(piece));
    // Whoever waits for a chunk gets the error; without a listener it would end the process as well.
    stream.on("error", () => undefined);
  }

  write(chunk: Chunk): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#stream.write(chunk, (error) => {
        if (error) reject(error);
        else resolve(this.#take());
      });
    });
  }

  end(): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#stream.once("end", () => resolve(this.#take()));
      this.#stream.once("error", reject);
      this.#stream.end();
    });
  }

  destroy(): void {
    this.#stream.destroy();
  }

  #take(): Buffer {
    // What the stream still holds back for its next "data" event.
    while (this.#stream.read() !== null);
    const bytes = Buffer.concat(this.#pieces);
    this.#pieces = [];
    return bytes;
  }
}
