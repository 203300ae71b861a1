/**
 * Content that can be read at any place: bytes in memory, or a file on disk.
 *
 * Layer 2 (http). Units: bytes; times in milliseconds since the epoch.
 * Errors: those of `node:fs` (`code` "ENOENT", "EACCES", …); an `Error` when a file gets shorter while it is sent.
 */
import { fstatSync, statSync, type Stats } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import type { MaybePromise } from "../utils/maybe-promise.ts";
import type { Chunk } from "../wsgi.ts";
import type { Segment } from "./byte-ranges.ts";

/** How much is read at a time. */
export const BLOCK_SIZE = 65_536;

export interface FileContent {
  readonly size: number;
  /** `undefined` where nobody knows. */
  readonly modifiedMs: number | undefined;
  /** Makes sure that it can be read, and that `size` and `modifiedMs` are those of what will be read. */
  open(): MaybePromise<void>;
  /** At most `length` bytes, at least one. */
  read(position: number, length: number): MaybePromise<Chunk>;
  /** May be called more than once. */
  close(): MaybePromise<void>;
}

/** Bytes in memory. Nothing is copied. */
export class BytesContent implements FileContent {
  readonly modifiedMs: undefined = undefined;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get size(): number {
    return this.#bytes.byteLength;
  }

  open(): void {
    // There is nothing to open.
  }

  read(position: number, length: number): Chunk {
    return this.#bytes.subarray(position, position + length);
  }

  close(): void {
    // There is nothing to close.
  }
}

/** A regular file: a path, opened when it is first needed, or a handle, which is closed with the response. */
export class DiskContent implements FileContent {
  readonly #path: string | undefined;
  #handle: FileHandle | undefined;
  #stats: Stats;
  #opening: Promise<void> | undefined;
  #isClosed = false;

  /** Throws what `statSync` throws; a directory, a pipe or a device is no file whose length could be told. */
  static at(path: string): DiskContent {
    const stats = statSync(path);
    if (!stats.isFile())
      throw new TypeError(`${path} is no regular file; a pipe or a device is sent as a stream`);
    return new DiskContent(path, undefined, stats);
  }

  /** `undefined` for a handle that is no regular file. */
  static of(handle: FileHandle): DiskContent | undefined {
    const stats = fstatSync(handle.fd);
    return stats.isFile() ? new DiskContent(undefined, handle, stats) : undefined;
  }

  private constructor(path: string | undefined, handle: FileHandle | undefined, stats: Stats) {
    this.#path = path;
    this.#handle = handle;
    this.#stats = stats;
  }

  get size(): number {
    return this.#stats.size;
  }

  get modifiedMs(): number {
    return this.#stats.mtimeMs;
  }

  open(): Promise<void> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  async read(position: number, length: number): Promise<Chunk> {
    await this.open();
    if (this.#handle === undefined) throw new Error("the file is closed");
    const block = Buffer.allocUnsafe(Math.min(length, BLOCK_SIZE));
    const { bytesRead } = await this.#handle.read(block, 0, block.byteLength, position);
    if (bytesRead === 0) {
      throw new Error(
        `${this.#path ?? "the file"} got shorter while it was sent: it ends at byte ${position} of ${this.size}`,
      );
    }
    return block.subarray(0, bytesRead);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }

  /** Looks at what was opened, so that nothing can change in between. */
  async #open(): Promise<void> {
    if (this.#path !== undefined) {
      const handle = await open(this.#path);
      if (this.#isClosed) return await handle.close();
      this.#handle = handle;
    }
    if (this.#handle !== undefined) this.#stats = await this.#handle.stat();
  }
}

/** What a response sends of some content, piece by piece. Closing it closes the content. */
export class FileBody implements AsyncIterable<Chunk> {
  readonly content: FileContent;
  /** The whole content, until somebody wants something else. */
  segments: readonly Segment[] | undefined;

  constructor(content: FileContent) {
    this.content = content;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Chunk> {
    const { content } = this;
    await content.open();
    for (const segment of this.segments ?? [{ start: 0, end: content.size - 1 }]) {
      if (segment instanceof Uint8Array) yield segment;
      else yield* readRange(content, segment.start, segment.end + 1);
    }
  }

  close(): MaybePromise<void> {
    return this.content.close();
  }
}

async function* readRange(content: FileContent, start: number, end: number): AsyncGenerator<Chunk> {
  for (let position = start; position < end;) {
    const chunk = await content.read(position, end - position);
    position += chunk.byteLength;
    yield chunk;
  }
}

/** The whole content as what `wsgi.file_wrapper` takes. `close` is the response's, which closes the content. */
export function fileLike(
  content: FileContent,
  close: () => MaybePromise<void>,
): { read(size: number): MaybePromise<Chunk>; close(): MaybePromise<void> } {
  const { size } = content;
  let position = 0;
  return {
    close,
    async read(length) {
      const left = Math.min(length, size - position);
      const chunk = left === 0 ? new Uint8Array() : await content.read(position, left);
      position += chunk.byteLength;
      return chunk;
    },
  };
}
