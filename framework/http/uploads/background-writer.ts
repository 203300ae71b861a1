/**
 * Writes to a file while the next bytes arrive.
 *
 * Layer 2 (http). Units: bytes. What comes while a write is underway goes out together with the next one; when that grows
 * too large, `write` waits. Errors: those of the file system, from a later `write` or from `end`.
 */
import type { FileHandle } from "node:fs/promises";
import type { Chunk } from "../../wsgi.ts";

/** How much may wait for the disk, in bytes. */
const MAX_WAITING = 524_288;

export class BackgroundWriter {
  readonly #handle: FileHandle;
  #waiting: Chunk[] = [];
  #size = 0;
  #underway: Promise<void> | undefined;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Keeps `chunk` until it is written: its bytes must not change. */
  async write(chunk: Chunk): Promise<void> {
    this.#waiting.push(chunk);
    this.#size += chunk.byteLength;
    if (this.#size >= MAX_WAITING) await this.#underway;
    this.#underway ??= this.#writeWaiting();
    // Its error is met by a later call.
    this.#underway.catch(() => undefined);
  }

  /** Waits until all is written. */
  async end(): Promise<void> {
    while (this.#underway !== undefined || this.#waiting.length > 0) {
      await this.#underway;
      if (this.#waiting.length > 0) await this.#writeWaiting();
    }
  }

  async #writeWaiting(): Promise<void> {
    const chunks = this.#waiting;
    this.#waiting = [];
    this.#size = 0;
    await writeAll(this.#handle, chunks);
    this.#underway = undefined;
  }
}

/** As `writeFile` does for one buffer: a system may take less than it was given. */
async function writeAll(handle: FileHandle, chunks: readonly Chunk[]): Promise<void> {
  let left = chunks;
  while (left.length > 0) {
    const { bytesWritten } = await handle.writev(left);
    left = without(left, bytesWritten);
  }
}

function without(chunks: readonly Chunk[], size: number): readonly Chunk[] {
  let left = size;
  for (const [index, chunk] of chunks.entries()) {
    if (left < chunk.byteLength) return [chunk.subarray(left), ...chunks.slice(index + 1)];
    left -= chunk.byteLength;
  }
  return [];
}
