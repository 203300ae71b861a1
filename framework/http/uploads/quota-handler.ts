/**
 * A limit for the files of one request.
 *
 * Layer 2 (http). Units: bytes. Errors: `RequestDataTooBig`, answered with 413, before the rest is read.
 * Source: the example in Django's documentation of upload handlers, which has a quota but no class for it.
 */
import { RequestDataTooBig } from "../../exceptions.ts";
import type { Chunk } from "../../wsgi.ts";
import { FileUploadHandler } from "./upload-handlers.ts";

/** `request.uploadHandlers = [new QuotaUploadHandler(50_000_000), ...request.uploadHandlers]`. */
export class QuotaUploadHandler extends FileUploadHandler {
  readonly #quota: number;
  #left: number;

  constructor(quota: number) {
    super();
    this.#quota = quota;
    this.#left = quota;
  }

  override receiveDataChunk(chunk: Chunk): Chunk {
    this.#left -= chunk.byteLength;
    if (this.#left < 0)
      throw new RequestDataTooBig(`The uploaded files exceed the quota of ${this.#quota} bytes.`);
    return chunk;
  }

  override fileComplete(): undefined {
    return undefined;
  }
}
