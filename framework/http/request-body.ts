/**
 * The body of one request: whole, as a form, or as a stream; whichever comes first decides what else is left.
 *
 * Layer 2 (http). Units: bytes. Errors: `RequestDataTooBig` and the other limits, before memory is spent;
 * `RawPostDataException` where the stream is gone; `UnreadablePostError`; `MultiPartParserError`.
 * Source: Django http/request.py (`body`, `_load_post_and_files`, `close`).
 * Differs from Django: a form whose stream was read is an error (Django: silently empty).
 */
import { BadRequest, FrameworkError, RequestDataTooBig } from "../exceptions.ts";
import type { MaybePromise } from "../utils/maybe-promise.ts";
import { MultiValueDict } from "../utils/multi-value-dict.ts";
import { decodeText } from "../utils/encoding.ts";
import type { Chunk, Environ, InputStream } from "../wsgi.ts";
import { BytesInput, GuardedInput, UnreadablePostError } from "./body-input.ts";
import { checkLength } from "./content-type.ts";
import { parseHeaderParameters } from "./header-parameters.ts";
import { QueryDict } from "./query-dict.ts";
import { type FormLimits, parseMultipart } from "./uploads/multipart.ts";
import { MultiPartParserError } from "./uploads/multipart-error.ts";
import { parseBoundary } from "./uploads/part-head.ts";
import type {
  FileUploadHandler,
  FileUploadHandlerClass,
  ParsedForm,
  UploadOptions,
} from "./uploads/upload-handlers.ts";

/** The body was already streamed, so it cannot be had whole any more. */
export class RawPostDataException extends FrameworkError {
  override readonly name = "RawPostDataException";
  readonly code = "http.raw_post_data";

  constructor() {
    super("You cannot access body after reading from request's data stream");
  }
}

/** What a site tells about bodies. `maxMemorySize` is also the limit of a body that is read whole. */
export interface BodyOptions extends FormLimits, UploadOptions {
  /** Who gets uploaded files, in this order. */
  readonly fileUploadHandlers: readonly FileUploadHandlerClass[];
}

/** What the head of the request says about a form. */
export interface FormHead {
  readonly method: string;
  /** The standard's name of one. */
  readonly encoding: string;
}

export class RequestBody implements AsyncIterable<Chunk> {
  readonly #environ: Environ;
  readonly #options: BodyOptions;
  readonly #input: InputStream;
  #started = false;
  #closed = false;
  #bytes: Promise<Buffer> | undefined;
  #replay: BytesInput | undefined;
  #form: Promise<ParsedForm> | undefined;
  #files: ParsedForm["FILES"] | undefined;
  #handlers: readonly FileUploadHandler[] | undefined;

  constructor(environ: Environ, options: BodyOptions) {
    this.#environ = environ;
    this.#options = options;
    this.#input = new GuardedInput(environ["wsgi.input"]);
  }

  /** The whole body, read once. */
  bytes(): Promise<Buffer> {
    if (this.#bytes === undefined) {
      if (this.#started) return quiet(Promise.reject(new RawPostDataException()));
      this.#bytes = quiet(this.#readAll());
    }
    return this.#bytes;
  }

  /** Fields and files of a POST; both are empty when it is no form. */
  form(head: FormHead): Promise<ParsedForm> {
    if (this.#form === undefined) {
      this.#form = this.#parseForm(head);
      // As in Django: whoever looks again, as an error page may, finds nothing instead of the same error.
      this.#form.catch(() => (this.#form = Promise.resolve(emptyForm())));
    }
    return this.#form;
  }

  /** A form that can be parsed again will be. One whose stream is gone stays what it is. */
  forgetForm(): void {
    if (this.#bytes !== undefined) this.#form = undefined;
  }

  get uploadHandlers(): readonly FileUploadHandler[] {
    this.#handlers ??= this.#options.fileUploadHandlers.map(
      (Handler) => new Handler(this.#options),
    );
    return this.#handlers;
  }

  set uploadHandlers(handlers: readonly FileUploadHandler[]) {
    if (this.#form !== undefined)
      throw new TypeError(
        "You cannot set the upload handlers after the upload has been processed.",
      );
    this.#handlers = [...handlers];
  }

  async read(size?: number): Promise<Chunk> {
    return await (await this.#stream()).read(size);
  }

  async readline(size?: number): Promise<Chunk> {
    return await (await this.#stream()).readline(size);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Chunk> {
    yield* await this.#stream();
  }

  /** Removes what the request leaves on disk, and interrupts an upload that is still on its way. Never fails. */
  close(): MaybePromise<void> {
    this.#closed = true;
    return this.#files === undefined ? undefined : closeAll(this.#files);
  }

  #stream(): MaybePromise<InputStream> {
    if (this.#bytes !== undefined) return this.#replayed(this.#bytes);
    this.#started = true;
    return this.#input;
  }

  async #replayed(bytes: Promise<Buffer>): Promise<InputStream> {
    this.#replay ??= new BytesInput(await bytes);
    return this.#replay;
  }

  async #readAll(): Promise<Buffer> {
    const limit = this.#options.maxMemorySize ?? Number.POSITIVE_INFINITY;
    if ((this.#announced() ?? 0) > limit) throw new RequestDataTooBig();
    const chunks: Chunk[] = [];
    let size = 0;
    for await (const chunk of this.#input) {
      size += chunk.byteLength;
      if (size > limit) throw new RequestDataTooBig();
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, size);
  }

  /** What Content-Length says; `undefined` for a chunked body. */
  #announced(): number | undefined {
    const header = this.#environ.CONTENT_LENGTH;
    return header !== undefined && /^\d+$/.test(header) ? Number(header) : undefined;
  }

  async #parseForm(head: FormHead): Promise<ParsedForm> {
    if (head.method !== "POST") return emptyForm();
    const header = checkLength(this.#environ.CONTENT_TYPE ?? "");
    const { value } = parseHeaderParameters(header);
    if (value === "multipart/form-data") return await this.#parseMultipart(header, head.encoding);
    if (value === "application/x-www-form-urlencoded")
      return await this.#parseUrlencoded(head.encoding);
    return emptyForm();
  }

  async #parseUrlencoded(encoding: string): Promise<ParsedForm> {
    if (encoding !== "utf-8")
      throw new BadRequest(
        "HTTP requests with the 'application/x-www-form-urlencoded' content type must be UTF-8 encoded.",
      );
    const text = decodeText((await this.bytes()).toString("latin1"));
    const { maxFields } = this.#options;
    return { ...emptyForm(), POST: new QueryDict(text, { maxFields, limitStatus: 413 }) };
  }

  async #parseMultipart(contentType: string, encoding: string): Promise<ParsedForm> {
    const boundary = parseBoundary(contentType);
    if (/^-\d/.test(this.#environ.CONTENT_LENGTH ?? ""))
      throw new MultiPartParserError(`Invalid content length: ${this.#environ.CONTENT_LENGTH}`);
    const { input, contentLength } = await this.#formInput();
    const raw = { input, environ: this.#environ, contentLength, boundary, encoding };
    const form = await parseMultipart(raw, this.uploadHandlers, this.#options, () =>
      this.#checkOpen(),
    );
    this.#files = form.FILES;
    if (this.#closed) await closeAll(form.FILES);
    return form;
  }

  /** A form can be read out of a body that was read whole before, but not out of half a stream. */
  async #formInput(): Promise<{ input: InputStream; contentLength: number | undefined }> {
    if (this.#bytes !== undefined) {
      const bytes = await this.#bytes;
      return { input: new BytesInput(bytes), contentLength: bytes.length };
    }
    if (this.#started) throw new RawPostDataException();
    this.#started = true;
    return { input: this.#input, contentLength: this.#announced() };
  }

  #checkOpen(): void {
    if (this.#closed) throw new UnreadablePostError("The request ended before its upload did");
  }
}

/** A promise that nobody has to wait for: its failure is no unhandled rejection, which would end the process. */
export function quiet<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}

function emptyForm(): ParsedForm {
  return { POST: new QueryDict(), FILES: new MultiValueDict() };
}

async function closeAll(files: ParsedForm["FILES"]): Promise<void> {
  for (const [, list] of files.lists()) {
    for (const file of list) {
      try {
        await file.close();
      } catch {
        // One file of a project's own class must not keep the others open.
      }
    }
  }
}
