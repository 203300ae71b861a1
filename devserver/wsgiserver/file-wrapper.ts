/**
 * `wsgi.file_wrapper`: a file as a response body, read no faster than the client takes it.
 *
 * Layer 3 (wsgiserver). Source: PEP 3333 ("Optional Platform-Specific File Handling"); CPython wsgiref/util.py
 * (`FileWrapper`). Units: bytes.
 */
import type { Chunk, FileLike } from "../../framework/wsgi.ts";

const BLOCK_SIZE = 65_536;

/** Reads `blockSize` bytes at a time until nothing comes; closes the file when the response is done with. */
export class FileWrapper implements AsyncIterable<Chunk> {
  readonly file: FileLike;
  readonly blockSize: number;

  constructor(file: FileLike, blockSize: number = BLOCK_SIZE) {
    this.file = file;
    this.blockSize = blockSize;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Chunk> {
    for (;;) {
      const chunk = await this.file.read(this.blockSize);
      if (chunk.byteLength === 0) return;
      yield chunk;
    }
  }

  close(): void | Promise<void> {
    return this.file.close?.();
  }
}

/** What an application finds in its environ. */
export function fileWrapper(file: FileLike, blockSize?: number): FileWrapper {
  return new FileWrapper(file, blockSize);
}
