/**
 * `multipart/form-data`: from the bytes of a body to its fields and files.
 *
 * Layer 2 (http). Units: bytes. Nothing is kept beyond the limits, and nothing stays on disk after an error.
 * Errors: `MultiPartParserError` (400); `RequestDataTooBig`, `TooManyFieldsSent`, `TooManyFilesSent` (413);
 * whatever an upload handler throws.
 * Source: RFC 7578; Django http/multipartparser.py.
 * Differs from Django: a body that ends before its last delimiter is an error (Django takes what is there).
 */
import { RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent } from "../../exceptions.ts";
import { MultiValueDict } from "../../utils/multi-value-dict.ts";
import type { Chunk } from "../../wsgi.ts";
import { QueryDict } from "../query-dict.ts";
import { Base64Decoder } from "./base64-decoder.ts";
import { sanitizeFileName } from "./file-names.ts";
import { FilePart } from "./file-part.ts";
import { MultiPartParserError } from "./multipart-error.ts";
import { type MultipartToken, multipartTokens } from "./multipart-tokens.ts";
import { type PartHead, parsePartHead } from "./part-head.ts";
import {
  type FileUploadHandler,
  type ParsedForm,
  type RawInput,
  StopUpload,
} from "./upload-handlers.ts";
import { DEFAULT_CHUNK_SIZE, type UploadedFile } from "./uploaded-file.ts";

/** `null` means no limit. */
export interface FormLimits {
  /** Most bytes of all fields together; files do not count. */
  readonly maxMemorySize: number | null;
  readonly maxFields: number | null;
  readonly maxFiles: number | null;
}

/**
 * Parses a body. `checkOpen` runs at each step, and throws once the request is over.
 * The files belong to the caller, who closes them; after an error they are closed already.
 */
export async function parseMultipart(
  raw: RawInput,
  handlers: readonly FileUploadHandler[],
  limits: FormLimits,
  checkOpen: () => void,
): Promise<ParsedForm> {
  const upload = new Upload(handlers, limits, raw.encoding);
  try {
    const parsed = await takeAll(upload, raw, handlers, checkOpen);
    if (parsed !== undefined) return parsed;
    for (const handler of handlers) await handler.uploadComplete();
    checkOpen();
    return upload.result();
  } catch (error) {
    await upload.interrupt();
    throw error;
  }
}

/** Fills `upload`, unless a handler parses the body itself: then its form. */
async function takeAll(
  upload: Upload,
  raw: RawInput,
  handlers: readonly FileUploadHandler[],
  checkOpen: () => void,
): Promise<ParsedForm | undefined> {
  // An iterator of our own: leaving a loop over `raw.input` would close it, and the rest could not be read.
  const iterator = raw.input[Symbol.asyncIterator]();
  const rest = { [Symbol.asyncIterator]: () => ({ next: () => iterator.next() }) };
  try {
    for (const handler of handlers) {
      const parsed = await handler.handleRawInput(raw);
      if (parsed !== undefined) return parsed;
    }
    for await (const token of multipartTokens(rest, raw.boundary, upload.chunkSize)) {
      checkOpen();
      await upload.take(token);
    }
  } catch (error) {
    if (!(error instanceof StopUpload)) throw error;
    await upload.stop();
    if (!error.connectionReset) await exhaust(rest);
  }
  return undefined;
}

async function exhaust(input: AsyncIterable<Chunk>): Promise<void> {
  for await (const _chunk of input);
}

/** An upload as it grows. */
class Upload {
  readonly #handlers: readonly FileUploadHandler[];
  readonly #limits: FormLimits;
  readonly #encoding: string;
  readonly #fields: [name: string, value: string][] = [];
  readonly #files: [name: string, file: UploadedFile][] = [];
  #fieldCount = 0;
  #fileCount = 0;
  #spent = 0;
  #field: { readonly head: PartHead; readonly chunks: Buffer[] } | undefined;
  #file: { readonly head: PartHead; readonly part: FilePart } | undefined;

  constructor(handlers: readonly FileUploadHandler[], limits: FormLimits, encoding: string) {
    this.#encoding = encoding;
    this.#handlers = handlers;
    this.#limits = limits;
  }

  /** The largest piece that every handler takes. */
  get chunkSize(): number {
    const sizes = this.#handlers.map((handler) => handler.chunkSize);
    return Math.max(1, Math.min(DEFAULT_CHUNK_SIZE, ...sizes));
  }

  async take(token: MultipartToken): Promise<void> {
    if (token.type === "part") await this.#begin(parsePartHead(token.headers, this.#encoding));
    else if (token.type === "data") await this.#write(token.chunk);
    else await this.#end();
  }

  result(): ParsedForm {
    return { POST: new QueryDict(this.#fields), FILES: new MultiValueDict(this.#files) };
  }

  /** Drops the part that is not whole. */
  async stop(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    this.#field = undefined;
    await file?.part.close();
  }

  /** Drops everything. */
  async interrupt(): Promise<void> {
    await this.stop();
    for (const [, file] of this.#files) await ignoringErrors(() => file.close());
    for (const handler of this.#handlers) await ignoringErrors(() => handler.uploadInterrupted());
  }

  async #begin(head: PartHead): Promise<void> {
    if (head.fileName === undefined) this.#beginField(head);
    else await this.#beginFile(head, head.fileName);
  }

  #beginField(head: PartHead): void {
    this.#fieldCount++;
    if (isOver(this.#fieldCount, this.#limits.maxFields))
      throw new TooManyFieldsSent({ status: 413 });
    this.#spend(Buffer.byteLength(head.name) + 2);
    this.#field = { head, chunks: [] };
  }

  async #beginFile(head: PartHead, sentName: string): Promise<void> {
    this.#fileCount++;
    if (isOver(this.#fileCount, this.#limits.maxFiles)) throw new TooManyFilesSent();
    const name = sanitizeFileName(sentName);
    // As in Django: a name of which nothing is left means that there is no file.
    if (name === undefined) return;
    const part = new FilePart(head.base64);
    this.#file = { head, part };
    const { contentType, contentTypeExtra, contentLength } = head;
    const file = { fieldName: head.name, name, contentType, contentTypeExtra, contentLength };
    await part.begin(file, this.#handlers);
  }

  async #write(chunk: Buffer): Promise<void> {
    if (this.#field !== undefined) {
      this.#spend(chunk.length);
      this.#field.chunks.push(chunk);
    }
    await this.#file?.part.write(chunk);
  }

  async #end(): Promise<void> {
    if (this.#field !== undefined) {
      const { head, chunks } = this.#field;
      this.#field = undefined;
      this.#fields.push([
        head.name,
        decodeField(Buffer.concat(chunks), head.base64, this.#encoding),
      ]);
    }
    if (this.#file === undefined) return;
    const { head, part } = this.#file;
    const file = await part.end();
    this.#file = undefined;
    if (file !== undefined) this.#files.push([head.name, file]);
  }

  #spend(bytes: number): void {
    this.#spent += bytes;
    if (isOver(this.#spent, this.#limits.maxMemorySize)) throw new RequestDataTooBig();
  }
}

function isOver(value: number, limit: number | null): boolean {
  return limit !== null && value > limit;
}

/** The text of a field. What claims to be base64 and is not stays as it was sent. */
function decodeField(raw: Buffer, base64: boolean, encoding: string): string {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  if (!base64) return decoder.decode(raw);
  try {
    const content = new Base64Decoder();
    const decoded = content.decode(raw);
    content.end();
    return decoder.decode(decoded);
  } catch (error) {
    if (error instanceof MultiPartParserError) return decoder.decode(raw);
    throw error;
  }
}

async function ignoringErrors(step: () => unknown): Promise<void> {
  try {
    await step();
  } catch {
    // The error that led here is the one to be reported.
  }
}
