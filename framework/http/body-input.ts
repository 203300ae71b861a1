/**
 * Streams of request bodies: the one the server gives, and one over bytes that were read before.
 *
 * Layer 2 (http). Units: bytes. Errors: `UnreadablePostError`, or the server's own with the status it means.
 * Source: Django http/request.py (`UnreadablePostError`, `_stream`).
 */
import { BadRequest } from "../exceptions.ts";
import { errorMessage } from "../utils/describe.ts";
import type { Chunk, InputStream } from "../wsgi.ts";

/** The client went away, or the connection broke, before the whole body was there. Answered with 400, if there is somebody to answer. */
export class UnreadablePostError extends BadRequest {
  override readonly name = "UnreadablePostError";
  override readonly code = "http.unreadable_post";
}

/** A server's stream whose failures are known for what they are. */
export class GuardedInput implements InputStream {
  readonly #input: InputStream;

  constructor(input: InputStream) {
    this.#input = input;
  }

  async read(size?: number): Promise<Chunk> {
    return await this.#input.read(size).catch(rethrow);
  }

  async readline(size?: number): Promise<Chunk> {
    return await this.#input.readline(size).catch(rethrow);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Chunk> {
    try {
      yield* this.#input;
    } catch (error) {
      rethrow(error);
    }
  }
}

/** Bytes as a stream. What was read is gone, as from any stream. */
export class BytesInput implements InputStream {
  #rest: Buffer;

  constructor(bytes: Buffer) {
    this.#rest = bytes;
  }

  read(size: number = this.#rest.length): Promise<Chunk> {
    return Promise.resolve(this.#take(size));
  }

  readline(size: number = this.#rest.length): Promise<Chunk> {
    const lineFeed = this.#rest.indexOf(0x0a);
    return Promise.resolve(this.#take(lineFeed < 0 ? size : Math.min(size, lineFeed + 1)));
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Chunk> {
    if (this.#rest.length > 0) yield this.#take(this.#rest.length);
  }

  #take(size: number): Buffer {
    const taken = this.#rest.subarray(0, size);
    this.#rest = this.#rest.subarray(taken.length);
    return taken;
  }
}

function rethrow(error: unknown): never {
  if (error instanceof Error && "status" in error) throw error;
  throw new UnreadablePostError(`The request body could not be read: ${errorMessage(error)}`, {
    cause: error,
  });
}
