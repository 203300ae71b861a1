/**
 * Responses whose body is known, and what all responses share.
 *
 * Layer 2 (http). Errors: `BadHeaderError` for headers, `TypeError`/`RangeError` for a status that is none,
 * what charset.ts throws for text that the charset cannot say.
 * Source: Django http/response.py. Differs from it: `status` instead of `status_code`; what is no text, bytes or
 * iterable of those is refused as content.
 */
import { describeValue } from "../utils/describe.ts";
import { toBuffer } from "../utils/to-buffer.ts";
import type { Body, Chunk, Environ } from "../wsgi.ts";
import { charsetOf, decodeBytes, DEFAULT_CHARSET, encodeText } from "./charset.ts";
import { warnAboutSize } from "./cookie-size.ts";
import {
  formatCookie,
  formatDeletedCookie,
  type CookieAttributes,
  type CookieOptions,
} from "./cookies.ts";
import { BadHeaderError, isHeaderValue, ResponseHeaders } from "./headers.ts";
import { type CookieSigning, signCookie } from "./signed-cookies.ts";

// Not imported: an import of node:http also loads everything behind fetch, which takes 40 ms at each start.
const { STATUS_CODES } = process.getBuiltinModule("node:http");

export interface ResponseOptions {
  /** 100 to 599. @default 200 */
  readonly status?: number;
  /** The words after the status. @default those of the IANA registry */
  readonly reason?: string;
  readonly headers?:
    | Readonly<Record<string, string | number>>
    | Iterable<readonly [string, string | number]>;
  /** Not together with a Content-Type in `headers`. @default "text/html; charset=utf-8" */
  readonly contentType?: string;
  /** What text is written in. @default the charset of the Content-Type, else utf-8 */
  readonly charset?: string;
}

/** A piece of a body, as views give it. Text is written in the charset of the response. */
export type Piece = string | Uint8Array;

const NO_COOKIES: ReadonlyMap<string, string> = new Map<string, string>();
const HTML = "text/html; charset=utf-8";
const NO_CONTENT = Buffer.alloc(0);

/** The words that belong to a status: `404` → `Not Found`. */
export function reasonPhrase(status: number): string {
  return STATUS_CODES[status] ?? "Unknown Status Code";
}

interface UnsignedCookie {
  readonly value: string;
  readonly salt: string;
  readonly cookie: CookieOptions;
}

/**
 * What every response is. Do not create one directly: `HttpResponse` has a body, `StreamingHttpResponse` a source.
 * To be provided by a subclass: `streaming` and iteration over the body.
 */
export abstract class HttpResponseBase {
  /** Whether the body is produced while it is sent. */
  abstract readonly streaming: boolean;
  readonly headers: ResponseHeaders = new ResponseHeaders();
  #closers: (() => void | Promise<void>)[] | undefined;
  #cookies: Map<string, string> | undefined;
  #status: number;
  #reason: string | undefined;
  #charset: string | undefined;
  #unsigned: Map<string, UnsignedCookie> | undefined;
  #closed = false;

  constructor(options: ResponseOptions = {}) {
    const { status = 200, reason, headers, contentType, charset } = options;
    this.#status = checkStatus(status);
    if (reason !== undefined) this.reason = reason;
    this.#charset = charset;
    if (headers !== undefined) this.#setAll(headers, contentType);
    const type = contentType ?? (charset === undefined ? HTML : `text/html; charset=${charset}`);
    this.headers.setDefault("Content-Type", type);
  }

  get status(): number {
    return this.#status;
  }

  set status(status: number) {
    this.#status = checkStatus(status);
  }

  get reason(): string {
    return this.#reason ?? reasonPhrase(this.#status);
  }

  set reason(reason: string) {
    if (!isHeaderValue(reason)) {
      throw new BadHeaderError(
        `reason can't contain control characters (got ${JSON.stringify(reason)})`,
      );
    }
    this.#reason = reason;
  }

  /** The charset that was given, else that of the Content-Type, else utf-8. */
  get charset(): string {
    if (this.#charset !== undefined) return this.#charset;
    const type = this.headers.get("Content-Type");
    return type === HTML ? DEFAULT_CHARSET : charsetOf(type);
  }

  set charset(charset: string) {
    this.#charset = charset;
  }

  /**
   * The body that answers `environ`; called once, by the handler, before it reads status and headers. A response that
   * depends on the request (conditions, ranges) settles its status and headers here. May be overridden.
   */
  abstract bodyFor(environ: Environ): Body | Promise<Body>;

  /** `Set-Cookie` values by cookie name; setting a name again replaces it. */
  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies ?? NO_COOKIES;
  }

  /** Throws `TypeError` for a cookie that browsers would not take; warns once about one that is too large. */
  setCookie(name: string, value = "", options: CookieOptions = {}): this {
    return this.#storeCookie(name, formatCookie(name, value, options));
  }

  /**
   * A cookie that the client can read and cannot change; `request.getSignedCookie` reads it. It is signed when the
   * response leaves, with the keys of the site; until then `cookies` does not show it.
   */
  setSignedCookie(
    name: string,
    value: string,
    options: CookieOptions & { readonly salt?: string } = {},
  ): this {
    const { salt = "", ...cookie } = options;
    // What could not be set is refused now, not when the response leaves.
    formatCookie(name, "", cookie);
    this.#cookies?.delete(name);
    this.#unsigned ??= new Map();
    this.#unsigned.set(name, { value, salt, cookie });
    return this;
  }

  /** For the handler: signs what `setSignedCookie` was given. */
  signCookies(signing: CookieSigning): void {
    if (this.#unsigned === undefined) return;
    for (const [name, { value, salt, cookie }] of this.#unsigned)
      this.setCookie(name, signCookie(name, value, salt, signing), cookie);
  }

  /** `options` must name the path and domain that the cookie was set with. */
  deleteCookie(name: string, options: CookieAttributes = {}): this {
    return this.#storeCookie(name, formatDeletedCookie(name, options));
  }

  /** Runs `closer` when the response is done with, whether it was sent or not. */
  onClose(closer: () => void | Promise<void>): this {
    this.#closers ??= [];
    this.#closers.push(closer);
    return this;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Called once by the server. Every closer runs, even when one before it fails. */
  close(): void | Promise<void> {
    if (this.#closed) return undefined;
    this.#closed = true;
    return this.#closers === undefined ? undefined : runAll(this.#closers);
  }

  #setAll(headers: NonNullable<ResponseOptions["headers"]>, contentType: string | undefined): void {
    const pairs = Symbol.iterator in headers ? headers : Object.entries(headers);
    for (const [name, value] of pairs) this.headers.set(name, value);
    if (contentType !== undefined && this.headers.has("Content-Type")) {
      throw new TypeError(
        "'headers' must not contain 'Content-Type' when the 'contentType' parameter is provided.",
      );
    }
  }

  #storeCookie(name: string, header: string): this {
    warnAboutSize(name, header);
    this.#unsigned?.delete(name);
    this.#cookies ??= new Map();
    this.#cookies.set(name, header);
    return this;
  }
}

/** A response whose body is known. */
export class HttpResponse extends HttpResponseBase implements Iterable<Chunk> {
  override readonly streaming = false;
  #content: Buffer = NO_CONTENT;
  /** What was written after `#content`, not joined yet. */
  #written: Buffer[] | undefined;

  constructor(content: Piece | Iterable<Piece> = "", options: ResponseOptions = {}) {
    super(options);
    if (content !== "") this.content = content;
  }

  get content(): Buffer {
    if (this.#written !== undefined) {
      this.#content = Buffer.concat([this.#content, ...this.#written]);
      this.#written = undefined;
    }
    return this.#content;
  }

  /** An iterable is read at once, and closed when it has a `close()`. */
  set content(content: Piece | Iterable<Piece>) {
    this.#written = undefined;
    this.#content = this.#toBytes(content);
  }

  /** The content as text. */
  get text(): string {
    return decodeBytes(this.content, this.charset);
  }

  /** Appends to the content. */
  write(piece: Piece): void {
    this.#written ??= [];
    this.#written.push(this.#toBytes(piece));
  }

  /** Appends the pieces as they are: no line ends are added. */
  writeLines(pieces: Iterable<Piece>): void {
    for (const piece of pieces) this.write(piece);
  }

  /** How many bytes there are. */
  tell(): number {
    return this.content.byteLength;
  }

  /** The content, under the name that file-like objects have for it. */
  getValue(): Buffer {
    return this.content;
  }

  override bodyFor(_environ: Environ): Body {
    return this;
  }

  [Symbol.iterator](): ArrayIterator<Chunk> {
    return [this.content].values();
  }

  #toBytes(content: Piece | Iterable<Piece>): Buffer {
    if (typeof content === "string") return encodeText(content, this.charset);
    if (content instanceof Uint8Array) return toBuffer(content);
    if (typeof content === "object" && content !== null && Symbol.iterator in content)
      return this.#joined(content);
    throw new TypeError(
      `the content of an HttpResponse is text, bytes or an iterable of those; found ${describeValue(content)}`,
    );
  }

  #joined(pieces: Iterable<Piece> & { close?(): unknown }): Buffer {
    try {
      return Buffer.concat(Array.from(pieces, (piece) => this.#toBytes(piece)));
    } finally {
      pieces.close?.();
    }
  }
}

function checkStatus(status: number): number {
  if (!Number.isInteger(status))
    throw new TypeError(`HTTP status must be an integer; found ${describeValue(status)}`);
  if (status < 100 || status > 599)
    throw new RangeError(`HTTP status must be from 100 to 599; found ${status}`);
  return status;
}

/** Runs synchronous closers synchronously; returns a promise from the first one that has to be waited for. */
function runAll(closers: readonly (() => void | Promise<void>)[]): void | Promise<void> {
  for (const [index, closer] of closers.entries()) {
    try {
      const result = closer();
      if (result instanceof Promise)
        return result.catch(() => undefined).then(() => runAll(closers.slice(index + 1)));
    } catch {
      // As in Django: the response is gone already, and the closers after this one must still run.
    }
  }
  return undefined;
}
