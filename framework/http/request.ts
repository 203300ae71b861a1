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
import { decodePath, decodeText, escapeUriPath, iriToUri } from "../utils/encoding.ts";
import { inspectAs } from "../utils/inspect-as.ts";
import type { Chunk, Environ } from "../wsgi.ts";
import { readBody } from "./body.ts";
import { parseCookies } from "./cookies.ts";
import { RequestHeaders } from "./headers.ts";
import { checkHost } from "./host.ts";
import { QueryDict } from "./query-dict.ts";

/** The body was already streamed, so it cannot be had whole any more. */
export class RawPostDataException extends FrameworkError {
  override readonly name = "RawPostDataException";
  readonly code = "http.raw_post_data";
}

/** What a site tells its requests. Plain values, so that this layer knows no settings. */
export interface RequestOptions {
  readonly debug: boolean;
  readonly allowedHosts: readonly string[];
  /** Largest body read into memory, in bytes; `null` for no limit. */
  readonly maxMemorySize: number | null;
  /** Most GET or POST parameters; `null` for no limit. */
  readonly maxFields: number | null;
}

/**
 * What upper layers and projects put on a request, each by declaration merging:
 * `declare module "minorswing/http" { interface RequestExtensions { user?: User } }`.
 */
// oxlint-disable-next-line typescript/no-empty-object-type -- empty until somebody merges into it
export interface RequestExtensions {}

// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- the merging is the point, see RequestExtensions
export interface HttpRequest extends RequestExtensions {}

// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- as above
export class HttpRequest implements AsyncIterable<Chunk> {
  static {
    inspectAs<HttpRequest>(
      this,
      (request) => `<HttpRequest: ${request.method} '${request.getFullPath()}'>`,
    );
  }

  /** The WSGI environ. Django calls it META. */
  readonly META: Environ;
  /** Upper case for the usual methods, otherwise as sent. */
  readonly method: string;
  readonly #options: RequestOptions;
  #path: string | undefined;
  #headers: RequestHeaders | undefined;
  #get: QueryDict | undefined;
  #cookies: Readonly<Record<string, string | undefined>> | undefined;
  #body: Promise<Buffer> | undefined;
  #post: Promise<QueryDict> | undefined;
  #streamed = false;

  constructor(environ: Environ, options: RequestOptions) {
    this.META = environ;
    this.method = environ.REQUEST_METHOD;
    this.#options = options;
  }

  /** The decoded path, the mount point included. Bytes that are no UTF-8 stay percent-escaped. */
  get path(): string {
    this.#path ??= decodePath(this.META.SCRIPT_NAME) + this.pathInfo;
    return this.#path;
  }

  /** The decoded path below the mount point; what URL patterns are matched against. */
  get pathInfo(): string {
    const path = decodePath(this.META.PATH_INFO);
    return path === "" ? "/" : path;
  }

  get scheme(): "http" | "https" {
    return this.META["wsgi.url_scheme"];
  }

  isSecure(): boolean {
    return this.scheme === "https";
  }

  /** `Host` as sent, port included. Throws `DisallowedHost` when the site does not answer to it. */
  getHost(): string {
    return checkHost(this.#rawHost(), this.#options.allowedHosts, this.#options.debug);
  }

  /** Path and query as they stand in a URL. `forceAppendSlash` adds a slash to the path where there is none. */
  getFullPath(options: { readonly forceAppendSlash?: boolean } = {}): string {
    const slash = options.forceAppendSlash === true && !this.path.endsWith("/") ? "/" : "";
    const query = this.META.QUERY_STRING;
    return (
      escapeUriPath(this.path) + slash + (query === "" ? "" : `?${iriToUri(decodeText(query))}`)
    );
  }

  /** An absolute URL for `location`, relative to this request; without one, the request's own URL. */
  buildAbsoluteUri(location?: string): string {
    const origin = `${this.scheme}://${this.getHost()}`;
    return new URL(iriToUri(location ?? origin + this.getFullPath()), origin + this.getFullPath())
      .href;
  }

  get headers(): RequestHeaders {
    this.#headers ??= new RequestHeaders(this.META);
    return this.#headers;
  }

  /** The query string's parameters. Immutable. */
  get GET(): QueryDict {
    this.#get ??= new QueryDict(decodeText(this.META.QUERY_STRING), {
      maxFields: this.#options.maxFields,
    });
    return this.#get;
  }

  get COOKIES(): Readonly<Record<string, string | undefined>> {
    this.#cookies ??= parseCookies(this.META.HTTP_COOKIE);
    return this.#cookies;
  }

  /** The media type of the body, lower case, without parameters; `""` when the request does not say. */
  get contentType(): string {
    return (this.META.CONTENT_TYPE ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
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

  #rawHost(): string {
    const { HTTP_HOST, SERVER_NAME, SERVER_PORT } = this.META;
    if (HTTP_HOST !== undefined) return HTTP_HOST;
    return SERVER_PORT === (this.isSecure() ? "443" : "80")
      ? SERVER_NAME
      : `${SERVER_NAME}:${SERVER_PORT}`;
  }

  async #parsePost(): Promise<QueryDict> {
    if (this.method !== "POST" || this.contentType !== "application/x-www-form-urlencoded")
      return new QueryDict();
    const latin1 = (await this.body).toString("latin1");
    return new QueryDict(decodeText(latin1), { maxFields: this.#options.maxFields });
  }
}
