/**
 * The request, as a view sees it.
 *
 * Layer 2 (http). Everything is computed on first use. Units: sizes in bytes.
 * Errors: those of request-head.ts; about the body those of request-body.ts and json-body.ts.
 * Source: Django http/request.py and core/handlers/wsgi.py.
 * Differs from Django: what needs the body is a promise, since reading may have to wait.
 */
import { ImproperlyConfigured } from "../exceptions.ts";
import type { MaybePromise } from "../utils/maybe-promise.ts";
import type { MultiValueDict } from "../utils/multi-value-dict.ts";
import type { Chunk, Environ } from "../wsgi.ts";
import { ClientSignal } from "./client-signal.ts";
import { emptyEnviron } from "./empty-environ.ts";
import { parseJson, type SchemaOutput, type StandardSchema, validateBody } from "./json-body.ts";
import type { QueryDict } from "./query-dict.ts";
import { type BodyOptions, quiet, RequestBody } from "./request-body.ts";
import { type HeadOptions, RequestHead } from "./request-head.ts";
import { MemoryFileUploadHandler } from "./uploads/memory-handler.ts";
import { TemporaryFileUploadHandler } from "./uploads/temporary-file-handler.ts";
import type { FileUploadHandler } from "./uploads/upload-handlers.ts";
import type { UploadedFile } from "./uploads/uploaded-file.ts";

/** What a site tells its requests. Plain values, so that this layer knows no settings. */
export interface RequestOptions extends HeadOptions, BodyOptions {}

/** What a request made by hand assumes: the defaults of the settings. */
export const DEFAULT_REQUEST_OPTIONS: RequestOptions = Object.freeze({
  debug: false,
  allowedHosts: [],
  forceScriptName: null,
  useXForwardedHost: false,
  useXForwardedPort: false,
  secureProxySslHeader: null,
  maxMemorySize: 2_621_440,
  cookieSigning: { signer: withoutKey, legacySalt: false },
  maxFields: 1000,
  maxFiles: 100,
  fileUploadHandlers: Object.freeze([MemoryFileUploadHandler, TemporaryFileUploadHandler]),
  fileUploadMaxMemorySize: 2_621_440,
  fileUploadTempDir: null,
});

function withoutKey(): never {
  throw new ImproperlyConfigured(
    "Signed cookies need a SECRET_KEY; this request was made without settings.",
  );
}

/**
 * What upper layers and projects put on a request, each by declaration merging:
 * `declare module "minorswing/http" { interface RequestExtensions { user?: User } }`.
 */
// oxlint-disable-next-line typescript/no-empty-object-type -- empty until somebody merges into it
export interface RequestExtensions {}

// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- the merging is the point, see RequestExtensions
export interface HttpRequest extends RequestExtensions {
  /** The instance namespace that URL names are looked up in first. For views and middleware to set. */
  currentApp?: string;
}

/**
 * A request: its head, and its body. Made by hand it is empty, and every property with a setter can be filled in;
 * what the handler makes is a `WSGIRequest`, which reads them from the environ.
 */
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- as above
export class HttpRequest extends RequestHead implements AsyncIterable<Chunk> {
  readonly #options: RequestOptions;
  #content: RequestBody | undefined;
  #signal: ClientSignal | undefined;

  constructor(
    environ: Environ = emptyEnviron(),
    options: RequestOptions = DEFAULT_REQUEST_OPTIONS,
  ) {
    super(environ, options);
    this.#options = options;
  }

  override get encoding(): string {
    return super.encoding;
  }

  override set encoding(label: string) {
    super.encoding = label;
    this.#content?.forgetForm();
  }

  /** The whole body, read once. Rejects with `RequestDataTooBig` past DATA_UPLOAD_MAX_MEMORY_SIZE. */
  get body(): Promise<Buffer> {
    return this.#requestBody.bytes();
  }

  /** The body as UTF-8 text. */
  text(): Promise<string> {
    return quiet(this.body.then((bytes) => bytes.toString()));
  }

  /** The body as JSON. `T` is what you expect it to be: nothing is checked. */
  json<T = unknown>(): Promise<T>;
  /** The body as JSON, as `schema` makes it (zod, valibot, arktype …); `InvalidRequestBody` when it refuses. */
  json<Schema extends StandardSchema>(schema: Schema): Promise<SchemaOutput<Schema>>;
  json(schema?: StandardSchema): Promise<unknown> {
    const value = this.text().then(parseJson);
    return quiet(schema === undefined ? value : value.then((json) => validateBody(schema, json)));
  }

  /** The fields of a form that was sent with POST; empty for any other request. */
  get POST(): Promise<QueryDict> {
    return quiet(this.#requestBody.form(this).then((form) => form.POST));
  }

  /** The files of a `multipart/form-data` POST; empty for any other request. */
  get FILES(): Promise<MultiValueDict<UploadedFile>> {
    return quiet(this.#requestBody.form(this).then((form) => form.FILES));
  }

  /** Who gets the files, in this order. Assign before POST or FILES is used. */
  get uploadHandlers(): readonly FileUploadHandler[] {
    return this.#requestBody.uploadHandlers;
  }

  set uploadHandlers(handlers: readonly FileUploadHandler[]) {
    this.#requestBody.uploadHandlers = handlers;
  }

  /** At most `size` bytes of the body, or all that is left; empty at its end. Without a limit on the whole. */
  read(size?: number): Promise<Chunk> {
    return this.#requestBody.read(size);
  }

  /** The body up to and including the next line feed, at most `size` bytes; empty at its end. */
  readline(size?: number): Promise<Chunk> {
    return this.#requestBody.readline(size);
  }

  /** The body in chunks as they arrive, without a limit on its size. */
  [Symbol.asyncIterator](): AsyncIterator<Chunk> {
    return this.#requestBody[Symbol.asyncIterator]();
  }

  /** Fires when the client goes away before it has its answer; where the server cannot tell, never. */
  get signal(): AbortSignal {
    this.#signal ??= new ClientSignal(this.META);
    return this.#signal.signal;
  }

  /** Removes temporary files. Called when the response is closed; never fails. */
  close(): MaybePromise<void> {
    this.#signal?.[Symbol.dispose]();
    return this.#content?.close();
  }

  get #requestBody(): RequestBody {
    this.#content ??= new RequestBody(this.META, this.#options);
    return this.#content;
  }
}
