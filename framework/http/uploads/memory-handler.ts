/**
 * Small uploads: files kept in memory.
 *
 * Layer 2 (http). Source: Django core/files/uploadhandler.py (`MemoryFileUploadHandler`).
 * Differs from Django: a body of unknown length (chunked) is not taken.
 */
import type { Chunk } from "../../wsgi.ts";
import {
  FileUploadHandler,
  type NewFile,
  type RawInput,
  StopFutureHandlers,
  type UploadOptions,
} from "./upload-handlers.ts";
import { InMemoryUploadedFile, type UploadedFile } from "./uploaded-file.ts";

export class MemoryFileUploadHandler extends FileUploadHandler {
  readonly #maxSize: number;
  #activated = false;
  #file: NewFile | undefined;
  #chunks: Chunk[] = [];

  constructor(options: UploadOptions) {
    super();
    this.#maxSize = options.fileUploadMaxMemorySize;
  }

  /** The size of the whole body decides, so that many small files are no way around the limit. */
  override handleRawInput(raw: RawInput): undefined {
    this.#activated = raw.contentLength !== undefined && raw.contentLength <= this.#maxSize;
  }

  override newFile(file: NewFile): void {
    if (!this.#activated) return;
    this.#file = file;
    this.#chunks = [];
    throw new StopFutureHandlers();
  }

  override receiveDataChunk(chunk: Chunk): Chunk | undefined {
    if (!this.#activated) return chunk;
    this.#chunks.push(chunk);
    return undefined;
  }

  override fileComplete(): UploadedFile | undefined {
    if (this.#file === undefined) return undefined;
    const file = new InMemoryUploadedFile(this.#file, Buffer.concat(this.#chunks));
    this.closeFile();
    return file;
  }

  override closeFile(): void {
    this.#file = undefined;
    this.#chunks = [];
  }
}
