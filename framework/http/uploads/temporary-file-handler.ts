/**
 * Large uploads: files written to disk while they arrive.
 *
 * Layer 2 (http). Errors: those of the file system, such as ENOSPC; nothing is left behind then.
 * Source: Django core/files/uploadhandler.py (`TemporaryFileUploadHandler`).
 */
import { randomUUID } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import type { Chunk } from "../../wsgi.ts";
import { BackgroundWriter } from "./background-writer.ts";
import { FileUploadHandler, type NewFile, type UploadOptions } from "./upload-handlers.ts";
import { TemporaryUploadedFile, type UploadedFile } from "./uploaded-file.ts";

interface OpenFile {
  readonly description: NewFile;
  readonly path: string;
  readonly handle: FileHandle;
  readonly writer: BackgroundWriter;
}

export class TemporaryFileUploadHandler extends FileUploadHandler {
  readonly #folder: string;
  #current: OpenFile | undefined;

  constructor(options: UploadOptions) {
    super();
    this.#folder = options.fileUploadTempDir ?? tmpdir();
  }

  override async newFile(description: NewFile): Promise<void> {
    const path = join(this.#folder, `${randomUUID()}.upload${extensionOf(description.name)}`);
    // Only the owner may read what a stranger sent, and no file that is there already is written over.
    const handle = await open(path, "wx", 0o600);
    this.#current = { description, path, handle, writer: new BackgroundWriter(handle) };
  }

  override async receiveDataChunk(chunk: Chunk): Promise<undefined> {
    await this.#current?.writer.write(chunk);
  }

  override async fileComplete(size: number): Promise<UploadedFile | undefined> {
    const current = this.#current;
    if (current === undefined) return undefined;
    await current.writer.end();
    const file = new TemporaryUploadedFile(current.description, current.path, size);
    await current.handle.close();
    this.#current = undefined;
    return file;
  }

  override async closeFile(): Promise<void> {
    const current = this.#current;
    this.#current = undefined;
    if (current === undefined) return;
    await current.writer.end().catch(() => undefined);
    await current.handle.close().catch(() => undefined);
    await rm(current.path, { force: true }).catch(() => undefined);
  }
}

/** For programs that go by it. Only a plain one: the name comes from the client and may be as long as a name can be. */
function extensionOf(name: string): string {
  const extension = extname(name);
  return /^\.[A-Za-z0-9]{1,16}$/.test(extension) ? extension : "";
}
