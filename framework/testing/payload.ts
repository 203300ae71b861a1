/**
 * The body of a request that is made by a test: its length is known at once, its bytes when they are read.
 *
 * Layer 8 (testing). Units: bytes. Source: Django test/client.py (`FakePayload`).
 * Why: files are read asynchronously, and a request has to be made without waiting.
 */
import { BytesInput } from "../http/body-input.ts";
import { UploadedFile } from "../http/uploads/uploaded-file.ts";
import type { Chunk, InputStream } from "../wsgi.ts";

export type PayloadPart = Uint8Array | Blob | UploadedFile;

export class Payload {
  readonly length: number;
  readonly #parts: readonly PayloadPart[];

  constructor(parts: readonly PayloadPart[]) {
    this.#parts = parts;
    this.length = parts.reduce((sum, part) => sum + sizeOf(part), 0);
  }

  async bytes(): Promise<Buffer> {
    return Buffer.concat(await Promise.all(this.#parts.map(bytesOf)));
  }

  /** A `wsgi.input`, which can be read once. */
  input(): InputStream {
    return new PayloadInput(this);
  }
}

class PayloadInput implements InputStream {
  readonly #payload: Payload;
  #opened: Promise<BytesInput> | undefined;

  constructor(payload: Payload) {
    this.#payload = payload;
  }

  async read(size?: number): Promise<Chunk> {
    return await (await this.#open()).read(size);
  }

  async readline(size?: number): Promise<Chunk> {
    return await (await this.#open()).readline(size);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Chunk> {
    yield* await this.#open();
  }

  #open(): Promise<BytesInput> {
    this.#opened ??= this.#payload.bytes().then((bytes) => new BytesInput(bytes));
    return this.#opened;
  }
}

function sizeOf(part: PayloadPart): number {
  return part instanceof Uint8Array ? part.byteLength : part.size;
}

async function bytesOf(part: PayloadPart): Promise<Uint8Array> {
  if (part instanceof Uint8Array) return part;
  return part instanceof UploadedFile
    ? await part.read()
    : new Uint8Array(await part.arrayBuffer());
}
