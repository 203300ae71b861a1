/**
 * Uploaded files, as a view gets them from `request.FILES`.
 *
 * Layer 2 (http). Units: sizes in bytes. Errors: `SuspiciousFileOperation` for a name that is none.
 * Source: Django core/files/uploadedfile.py, core/files/base.py.
 * Differs from Django: reading is asynchronous and always starts at the beginning; iteration gives chunks, not lines.
 */
import { open, readFile, rm } from "node:fs/promises";
import { inspectAs } from "../../utils/inspect-as.ts";
import type { MaybePromise } from "../../utils/maybe-promise.ts";
import { encodingName } from "../../utils/quote.ts";
import type { Chunk } from "../../wsgi.ts";
import { checkFileName } from "./file-names.ts";

/** Size of one chunk, in bytes, where none is asked for. */
export const DEFAULT_CHUNK_SIZE = 65_536;

/** What a client says about a file. None of it is checked. */
export interface FileDescription {
  readonly name: string;
  /** The media type, lower case, without parameters; `""` when the client does not say. */
  readonly contentType?: string;
  /** The parameters of the media type, by name in lower case. */
  readonly contentTypeExtra?: ReadonlyMap<string, string>;
}

const NO_PARAMETERS: ReadonlyMap<string, string> = new Map<string, string>();

/** What every uploaded file is. To be provided by a subclass: `size`, `chunks`, `read`. */
export abstract class UploadedFile implements AsyncIterable<Chunk> {
  static {
    inspectAs<UploadedFile>(this, (file) => String(file));
  }

  /** A bare name without a path, at most 255 characters. */
  readonly name: string;
  readonly contentType: string;
  readonly contentTypeExtra: ReadonlyMap<string, string>;
  abstract readonly size: number;

  constructor(description: FileDescription) {
    this.name = checkFileName(description.name);
    this.contentType = description.contentType ?? "";
    this.contentTypeExtra = description.contentTypeExtra ?? NO_PARAMETERS;
  }

  /** The content in pieces of at most `size` bytes. */
  abstract chunks(size?: number): AsyncIterable<Chunk>;

  /** The whole content. */
  abstract read(): Promise<Buffer>;

  /** The encoding of the content, as the client says. */
  get charset(): string | undefined {
    return this.contentTypeExtra.get("charset");
  }

  /** The content as text: in `charset` where it is a known one, else UTF-8. */
  async text(): Promise<string> {
    const decoder = new TextDecoder(encodingName(this.charset ?? "utf-8"));
    return decoder.decode(await this.read());
  }

  /** Whether `chunks` gives more than one: the content is better not read at once. */
  multipleChunks(size: number = DEFAULT_CHUNK_SIZE): boolean {
    return this.size > size;
  }

  /** Gives up what the file holds. Called when the request ends; never fails. */
  close(): MaybePromise<void> {
    return undefined;
  }

  [Symbol.asyncIterator](): AsyncIterator<Chunk> {
    return this.chunks()[Symbol.asyncIterator]();
  }

  toString(): string {
    return `<${this.constructor.name}: ${this.name} (${this.contentType})>`;
  }
}

/** A file that is in memory. */
export class InMemoryUploadedFile extends UploadedFile {
  readonly #content: Buffer;

  constructor(description: FileDescription, content: Buffer) {
    super(description);
    this.#content = content;
  }

  override get size(): number {
    return this.#content.length;
  }

  override async *chunks(size: number = DEFAULT_CHUNK_SIZE): AsyncGenerator<Chunk> {
    checkChunkSize(size);
    for (let at = 0; at < this.#content.length; at += size)
      yield this.#content.subarray(at, at + size);
  }

  override read(): Promise<Buffer> {
    return Promise.resolve(this.#content);
  }
}

/** A file made of a name and its content, for tests. */
export class SimpleUploadedFile extends InMemoryUploadedFile {
  constructor(name: string, content: string | Uint8Array, contentType: string = "text/plain") {
    super({ name, contentType }, Buffer.from(content));
  }
}

/** A file on disk. It is removed when the request ends, unless it was moved away by then. */
export class TemporaryUploadedFile extends UploadedFile {
  override readonly size: number;
  readonly #path: string;

  constructor(description: FileDescription, path: string, size: number) {
    super(description);
    this.#path = path;
    this.size = size;
  }

  /** Where the file is. Move it (`fs.rename`) to keep it. */
  temporaryFilePath(): string {
    return this.#path;
  }

  override async *chunks(size: number = DEFAULT_CHUNK_SIZE): AsyncGenerator<Chunk> {
    checkChunkSize(size);
    await using file = await open(this.#path);
    for (;;) {
      // A buffer for each piece, since nobody knows how long the reader keeps it.
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size) });
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  }

  override read(): Promise<Buffer> {
    return readFile(this.#path);
  }

  override async close(): Promise<void> {
    // Nobody could do anything about a file that cannot be removed, and the response must be closed in any case.
    await rm(this.#path, { force: true }).catch(() => undefined);
  }
}

function checkChunkSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 1)
    throw new RangeError(`a chunk has at least one byte; found ${size}`);
}
