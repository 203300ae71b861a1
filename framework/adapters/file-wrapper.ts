/**
 * `wsgi.file_wrapper`: a file as a response body, read no faster than the client takes it.
 *
 * Layer 8 (adapters). Source: PEP 3333 ("Optional Platform-Specific File Handling"); CPython wsgiref/util.py
 * (`FileWrapper`). Units: bytes.
 */
import type { Body, Chunk, FileLike } from "../wsgi.ts";

const BLOCK_SIZE = 65_536;

/** Reads `blockSize` bytes at a time until nothing comes; closes the file when the response is done with. */
export function fileWrapper(file: FileLike, blockSize: number = BLOCK_SIZE): Body {
  return {
    async *[Symbol.asyncIterator](): AsyncGenerator<Chunk> {
      for (;;) {
        const chunk = await file.read(blockSize);
        if (chunk.byteLength === 0) return;
        yield chunk;
      }
    },
    close: () => file.close?.(),
  };
}
