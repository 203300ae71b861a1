/**
 * Upload handlers: what happens to the bytes of uploaded files while they arrive.
 *
 * Layer 2 (http). Handlers stand in a row; each is offered every file and gets each piece from the one before it.
 * Units: bytes. Every method may return a promise: while it is waited for, nothing is read, so a slow handler
 * slows the client and memory stays flat.
 * Errors: the three control exceptions below; any other error ends the upload and is the error of `request.POST`.
 * Source: Django core/files/uploadhandler.py.
 */
import { FrameworkError } from "../../exceptions.ts";
import type { MultiValueDict } from "../../utils/multi-value-dict.ts";
import type { MaybePromise } from "../../utils/maybe-promise.ts";
import type { Chunk, Environ } from "../../wsgi.ts";
import type { QueryDict } from "../query-dict.ts";
import { DEFAULT_CHUNK_SIZE, type FileDescription, type UploadedFile } from "./uploaded-file.ts";

/** What upload handlers say by throwing. */
export abstract class UploadFileException extends FrameworkError {}

/** Thrown by a handler: no more of this upload. `POST` and `FILES` hold what was whole by then. */
export class StopUpload extends UploadFileException {
  override readonly name = "StopUpload";
  readonly code = "http.stop_upload";
  /** Whether the rest is left unread, which most clients see as a broken connection. */
  readonly connectionReset: boolean;

  constructor(options: { readonly connectionReset?: boolean } = {}) {
    super("The upload was stopped by an upload handler.");
    this.connectionReset = options.connectionReset ?? false;
  }
}

/** Thrown by a handler: drop this file, go on with the next. */
export class SkipFile extends UploadFileException {
  override readonly name = "SkipFile";
  readonly code = "http.skip_file";
}

/** Thrown by `newFile` of a handler: this file is mine, ask no handler after me. */
export class StopFutureHandlers extends UploadFileException {
  override readonly name = "StopFutureHandlers";
  readonly code = "http.stop_future_handlers";
}

/** A file that is about to arrive. */
export interface NewFile extends FileDescription {
  readonly fieldName: string;
  readonly contentType: string;
  readonly contentTypeExtra: ReadonlyMap<string, string>;
  /** What the part's own Content-Length says; hardly any client sends one. */
  readonly contentLength: number | undefined;
}

/** A multipart body before it is parsed. */
export interface RawInput {
  readonly input: AsyncIterable<Chunk>;
  readonly environ: Environ;
  /** Size of the whole body; `undefined` when it is not announced. */
  readonly contentLength: number | undefined;
  readonly boundary: string;
  /** Of fields and names; the standard's name of one. */
  readonly encoding: string;
}

/** What a multipart body says. */
export interface ParsedForm {
  readonly POST: QueryDict;
  readonly FILES: MultiValueDict<UploadedFile>;
}

/** What handlers are made with: the settings of the same names. */
export interface UploadOptions {
  /** Largest body whose files are kept in memory. */
  readonly fileUploadMaxMemorySize: number;
  /** Folder of the temporary files; `null` for the system's. */
  readonly fileUploadTempDir: string | null;
}

/** A class of handlers, as `FILE_UPLOAD_HANDLERS` lists them. Each request gets its own instances. */
export type FileUploadHandlerClass = new (options: UploadOptions) => FileUploadHandler;

/**
 * The base of all handlers. To be provided: `receiveDataChunk` and `fileComplete`; everything else may be.
 */
export abstract class FileUploadHandler {
  /** The largest piece this handler wants. The smallest of all handlers counts. */
  readonly chunkSize: number = DEFAULT_CHUNK_SIZE;

  /** Before anything is read. A handler that parses the body itself returns what it says. May throw `StopUpload`. */
  handleRawInput(_raw: RawInput): MaybePromise<ParsedForm | undefined> {
    return undefined;
  }

  /** A file begins. May throw the control exceptions. */
  newFile(_file: NewFile): MaybePromise<void> {
    return undefined;
  }

  /** A piece of the file, which begins at byte `start`. Returns what the next handler gets; `undefined` for nothing. */
  abstract receiveDataChunk(chunk: Chunk, start: number): MaybePromise<Chunk | undefined>;

  /** The file has arrived, `size` bytes as this handler got them. Whoever returns a file first has made it. */
  abstract fileComplete(size: number): MaybePromise<UploadedFile | undefined>;

  /** This handler's part in the current file is over without a result: drop what it holds. */
  closeFile(): MaybePromise<void> {
    return undefined;
  }

  /** The whole upload has arrived, or was stopped. */
  uploadComplete(): MaybePromise<void> {
    return undefined;
  }

  /** The upload will never be complete. */
  uploadInterrupted(): MaybePromise<void> {
    return undefined;
  }
}
