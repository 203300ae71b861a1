/**
 * A multipart body as a sequence of tokens: a part begins, bytes of it, it ends.
 *
 * Layer 2 (http). No handlers, no files: bytes in, tokens out, as many of them as one piece of the body holds.
 * The next piece is taken when the tokens of the last are done with; that is all the back-pressure there is.
 * Units: bytes. Errors: `MultiPartParserError` for a body that ends before its last delimiter.
 * Source: RFC 2046 section 5.1. The splitting is done by Dicer of @fastify/busboy (docs/decisions/009-multipart.md):
 * unlike the parser on top of it, it hands out a part's headers as they were sent.
 */
import { createRequire } from "node:module";
import type * as busboy from "@fastify/busboy";
import type { Dicer } from "@fastify/busboy";
import { toBuffer } from "../../utils/to-buffer.ts";
import type { Chunk } from "../../wsgi.ts";
import { MultiPartParserError } from "./multipart-error.ts";

const require = createRequire(import.meta.url);

/** Values by name (lower case, latin-1), in the order they were sent. Without a prototype. */
export type PartHeaders = Readonly<Record<string, readonly string[] | undefined>>;

export type MultipartToken =
  | { readonly type: "part"; readonly headers: PartHeaders }
  | { readonly type: "data"; readonly chunk: Buffer }
  | { readonly type: "end" };

/** What Dicer keeps of the headers of one part; more than we accept, so that we see what is too much. */
const MAX_HEADER_SIZE = 8192;

/**
 * The tokens of `source`. Between them `part`, `data` and `end` alternate properly. A part whose headers are not
 * whole has none. The preamble and the epilogue are skipped; `source` is read to its end.
 */
export async function* multipartTokens(
  source: AsyncIterable<Chunk>,
  boundary: string,
  pieceSize: number,
): AsyncGenerator<MultipartToken> {
  const tokenizer = new Tokenizer(boundary);
  let isEmpty = true;
  try {
    for await (const chunk of source) {
      isEmpty &&= chunk.byteLength === 0;
      for (let at = 0; at < chunk.byteLength && !tokenizer.finished; at += pieceSize)
        yield* await tokenizer.write(toBuffer(chunk).subarray(at, at + pieceSize));
    }
    // No bytes at all are no form, and no broken one either.
    if (!isEmpty) yield* await tokenizer.end();
  } finally {
    tokenizer.close();
  }
}

class Tokenizer {
  /** The last delimiter was seen. */
  finished = false;
  readonly #dicer: Dicer;
  #tokens: MultipartToken[] = [];
  #part: "none" | "head" | "body" = "none";
  #piece: ArrayBufferLike | undefined;
  #failed = false;

  constructor(boundary: string) {
    const options = { boundary, maxHeaderSize: MAX_HEADER_SIZE };
    this.#dicer = createDicer(options)
      // Stays to the end: an error that nobody listens to would end the process.
      .on("error", () => (this.#failed = true))
      .on("part", (part) => this.#begin(part))
      .on("finish", () => this.#finish());
  }

  /** The tokens in `piece`. They point into its memory. */
  async write(piece: Buffer): Promise<MultipartToken[]> {
    this.#piece = piece.buffer;
    await new Promise<void>((resolve, reject) => {
      this.#dicer.write(piece, (error) => (error ? reject(error) : resolve()));
    });
    return this.#take();
  }

  async end(): Promise<MultipartToken[]> {
    if (!this.finished) await this.#untilClosed();
    if (!this.finished) throw new MultiPartParserError("Unexpected end of multipart data.");
    return this.#take();
  }

  close(): void {
    this.#dicer.destroy();
  }

  /** Dicer finishes when the last part has ended, or fails; both within a few turns of the event loop. */
  async #untilClosed(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#dicer
      .once("finish", resolve)
      .once("error", () => resolve())
      .once("close", () => setImmediate(resolve))
      .end();
    await promise;
  }

  #begin(part: Dicer.PartStream): void {
    this.#closePart();
    this.#part = "head";
    part.on("error", () => undefined);
    part.on("header", (headers) => {
      this.#part = "body";
      this.#tokens.push({ type: "part", headers: toHeaders(headers) });
    });
    // After a first read a flowing stream hands on what it gets at once. It has to: Dicer reuses some of the memory.
    part.read(0);
    part.on("data", (chunk) => {
      if (Buffer.isBuffer(chunk)) this.#tokens.push({ type: "data", chunk: this.#own(chunk) });
    });
  }

  #finish(): void {
    // A body without its last delimiter also finishes, after the error.
    if (this.#failed) return;
    this.#closePart();
    this.finished = true;
  }

  #closePart(): void {
    if (this.#part === "head") this.#tokens.push({ type: "part", headers: {} });
    if (this.#part !== "none") this.#tokens.push({ type: "end" });
    this.#part = "none";
  }

  /** What could have been the begin of a delimiter is in a buffer that Dicer will write to again. */
  #own(chunk: Buffer): Buffer {
    return chunk.buffer === this.#piece ? chunk : Buffer.from(chunk);
  }

  #take(): MultipartToken[] {
    const tokens = this.#tokens;
    this.#tokens = [];
    return tokens;
  }
}

function toHeaders(headers: object): PartHeaders {
  const result: Record<string, readonly string[]> = Object.create(null);
  for (const [name, values] of Object.entries(headers)) {
    if (Array.isArray(values)) result[name] = values.map(String);
  }
  return result;
}

/** The package is loaded for the first upload, and not at every start. */
function createDicer(options: Dicer.Config): Dicer {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what `import` would know by itself
  const { Dicer } = require("@fastify/busboy") as typeof busboy;
  return new Dicer(options);
}
