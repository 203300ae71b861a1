/**
 * The request, as a view sees it.
 *
 * Layer 2 (http). Everything is computed on first use. Units: sizes in bytes.
 * Errors: `DisallowedHost`, `TooManyFieldsSent`, `RequestDataTooBig`, `BadRequest` (body that is no JSON),
 * `RawPostDataException` (body read twice in different ways).
 * Source: Django http/request.py and core/handlers/wsgi.py.
 * Differs from Django: what needs the body is a promise, since reading may have to wait.
 */
import { BadRequest, FrameworkError } from "../exceptions.ts";
import { errorMessage } from "../utils/describe.ts";
import { decodeText } from "../utils/encoding.ts";
import type { Chunk, Environ } from "../wsgi.ts";
import { readBody } from "./body.ts";
import { emptyEnviron } from "./empty-environ.ts";
import { QueryDict } from "./query-dict.ts";
import { type HeadOptions, RequestHead } from "./request-head.ts";

/** The body was already streamed, so it cannot be had whole any more. */
export class RawPostDataException extends FrameworkError {
  override readonly name = "RawPostDataException";
  readonly code = "http.raw_post_data";
}

/** What a site tells its requests. Plain values, so that this layer knows no settings. */
export interface RequestOptions extends HeadOptions {
  /** Largest body read into memory, in bytes; `null` for no limit. */
  readonly maxMemorySize: number | null;
}

/** What a request made by hand assumes: the defaults of the settings. */
export const DEFAULT_REQUEST_OPTIONS: RequestOptions = Object.freeze({
  debug: false,
  allowedHosts: [],
  forceScriptName: null,
  useXForwardedHost: false,
  useXForwardedPort: false,
  secureProxySslHeader: null,
  maxMemorySize: 2_621_440,
  maxFields: 1000,
});

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
  #body: Promise<Buffer> | undefined;
  #post: Promise<QueryDict> | undefined;
  #streamed = false;

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
    this.#post = undefined;
  }

  /** The whole body, read once. Rejects with `RequestDataTooBig` past DATA_UPLOAD_MAX_MEMORY_SIZE. */
  get body(): Promise<Buffer> {
    if (this.#body === undefined && this.#streamed) {
      return Promise.reject(
        new RawPostDataException("You cannot access body after reading from request's data stream"),
      );
    }
    this.#body ??= readBody(this.META, this.#options.maxMemorySize);
    return this.#body;
  }

  /** The body as UTF-8 text. */
  async text(): Promise<string> {
    return (await this.body).toString();
  }

  /** The body as JSON. `T` is what you expect it to be: nothing is checked. */
  async json<T = unknown>(): Promise<T> {
    const text = await this.text();
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the caller's claim, as the doc comment says
      return JSON.parse(text) as T;
    } catch (error) {
      throw new BadRequest(`The request body is not JSON: ${errorMessage(error)}`, {
        cause: error,
      });
    }
  }

  /** The fields of an `application/x-www-form-urlencoded` POST; empty for any other request. */
  get POST(): Promise<QueryDict> {
    this.#post ??= this.#parsePost();
    return this.#post;
  }

  /** The body in chunks as they arrive, without a limit on its size. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Chunk> {
    if (this.#body !== undefined) {
      yield await this.#body;
      return;
    }
    this.#streamed = true;
    yield* this.META["wsgi.input"];
  }

  async #parsePost(): Promise<QueryDict> {
    if (this.method !== "POST" || this.contentType !== "application/x-www-form-urlencoded")
      return new QueryDict();
    const latin1 = (await this.body).toString("latin1");
    return new QueryDict(decodeText(latin1), { maxFields: this.#options.maxFields });
  }
}
