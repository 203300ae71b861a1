/**
 * One file of a multipart body, on its way through the upload handlers.
 *
 * Layer 2 (http). Units: bytes. Errors: whatever a handler throws; `SkipFile` and `StopFutureHandlers` end here.
 * Source: Django http/multipartparser.py (`_parse`).
 * Differs from Django: handlers after the one that threw `StopFutureHandlers` do not get the file's bytes either.
 */
import type { Chunk } from "../../wsgi.ts";
import { Base64Decoder } from "./base64-decoder.ts";
import {
  type FileUploadHandler,
  type NewFile,
  SkipFile,
  StopFutureHandlers,
} from "./upload-handlers.ts";
import type { UploadedFile } from "./uploaded-file.ts";

interface Taker {
  readonly handler: FileUploadHandler;
  /** Bytes it was given. */
  received: number;
}

export class FilePart {
  readonly #takers: Taker[] = [];
  readonly #decoder: Base64Decoder | undefined;
  /** Those that were asked for a result, and did not make the file. */
  readonly #asked: Taker[] = [];
  #skipped = false;

  constructor(base64: boolean) {
    this.#decoder = base64 ? new Base64Decoder() : undefined;
  }

  /** Offers the file to the handlers, up to the one that keeps it for itself. */
  async begin(file: NewFile, handlers: readonly FileUploadHandler[]): Promise<void> {
    await this.#unlessSkipped(async () => {
      for (const handler of handlers) {
        this.#takers.push({ handler, received: 0 });
        if (await isLast(handler, file)) return;
      }
    });
  }

  async write(raw: Buffer): Promise<void> {
    if (this.#skipped) return;
    const chunk = this.#decoder?.decode(raw) ?? raw;
    if (chunk.length > 0) await this.#unlessSkipped(() => this.#offer(chunk));
  }

  /** What the handlers made of it; `undefined` when none of them made anything. */
  async end(): Promise<UploadedFile | undefined> {
    if (this.#skipped) return undefined;
    this.#decoder?.end();
    let file: UploadedFile | undefined;
    await this.#unlessSkipped(async () => {
      while (file === undefined) {
        const taker = this.#takers.shift();
        if (taker === undefined) return;
        this.#asked.push(taker);
        file = await taker.handler.fileComplete(taker.received);
      }
      this.#asked.pop();
    });
    await this.close();
    return file;
  }

  /** Drops what was received. Every handler is asked, even when one of them fails. */
  async close(): Promise<void> {
    for (const { handler } of [...this.#asked.splice(0), ...this.#takers.splice(0)]) {
      try {
        await handler.closeFile();
      } catch {
        // There is an error on its way already, or the file was not wanted.
      }
    }
  }

  async #offer(chunk: Chunk): Promise<void> {
    let current: Chunk | undefined = chunk;
    for (const taker of this.#takers) {
      const start = taker.received;
      taker.received += current.byteLength;
      current = await taker.handler.receiveDataChunk(current, start);
      if (current === undefined) return;
    }
  }

  async #unlessSkipped(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      if (!(error instanceof SkipFile)) throw error;
      this.#skipped = true;
      await this.close();
    }
  }
}

async function isLast(handler: FileUploadHandler, file: NewFile): Promise<boolean> {
  try {
    await handler.newFile(file);
    return false;
  } catch (error) {
    if (error instanceof StopFutureHandlers) return true;
    throw error;
  }
}
