/**
 * Responses whose body is known, and what all responses share.
 *
 * Layer 2 (http). Errors: `BadHeaderError` for headers, `TypeError`/`RangeError` for a status that is none.
 * Source: Django http/response.py. Differs from it: `status` instead of `status_code`, strings are always UTF-8.
 */
import { STATUS_CODES } from "node:http";
import { describeValue } from "../utils/describe.ts";
import type { Chunk } from "../wsgi.ts";
import { formatCookie, formatDeletedCookie, type CookieOptions } from "./cookies.ts";
import { BadHeaderError, ResponseHeaders } from "./headers.ts";

export interface ResponseOptions {
  /** 100 to 599. @default 200 */
  readonly status?: number;
  /** The words after the status. @default those of the IANA registry */
  readonly reason?: string;
  readonly headers?:
    | Readonly<Record<string, string | number>>
    | Iterable<readonly [string, string | number]>;
  /** @default "text/html; charset=utf-8" */
  readonly contentType?: string;
}

const NO_COOKIES: ReadonlyMap<string, string> = new Map<string, string>();
const NO_CONTENT = Buffer.alloc(0);

/** The words that belong to a status: `404` → `Not Found`. */
export function reasonPhrase(status: number): string {
  return STATUS_CODES[status] ?? "Unknown Status Code";
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
  #closed = false;

  constructor(options: ResponseOptions = {}) {
    this.#status = checkStatus(options.status ?? 200);
    this.#reason = options.reason;
    if (options.reason !== undefined && /[^\t\x20-\x7e\x80-\xff]/.test(options.reason)) {
      throw new BadHeaderError(
        `reason can't contain control characters (got ${JSON.stringify(options.reason)})`,
      );
    }
    if (options.headers !== undefined) this.#setAll(options.headers);
    if (options.contentType !== undefined) this.headers.set("Content-Type", options.contentType);
    else this.headers.setDefault("Content-Type", "text/html; charset=utf-8");
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

  /** `Set-Cookie` values by cookie name; setting a name again replaces it. */
  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies ?? NO_COOKIES;
  }

  setCookie(name: string, value: string, options: CookieOptions = {}): this {
    return this.#storeCookie(name, formatCookie(name, value, options));
  }

  deleteCookie(name: string, options: CookieOptions = {}): this {
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

  #setAll(headers: NonNullable<ResponseOptions["headers"]>): void {
    const pairs = Symbol.iterator in headers ? headers : Object.entries(headers);
    for (const [name, value] of pairs) this.headers.set(name, value);
  }

  #storeCookie(name: string, header: string): this {
    this.#cookies ??= new Map();
    this.#cookies.set(name, header);
    return this;
  }
}

/** A response whose body is known. Strings are sent as UTF-8. */
export class HttpResponse extends HttpResponseBase implements Iterable<Chunk> {
  override readonly streaming = false;
  #content: Buffer = NO_CONTENT;

  constructor(content: string | Uint8Array = "", options: ResponseOptions = {}) {
    super(options);
    this.content = content;
  }

  get content(): Buffer {
    return this.#content;
  }

  set content(content: string | Uint8Array) {
    if (typeof content === "string") this.#content = Buffer.from(content);
    else if (content instanceof Uint8Array)
      this.#content = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    else
      throw new TypeError(
        `the content of an HttpResponse is a string or bytes; found ${describeValue(content)}`,
      );
  }

  /** The content as text. */
  get text(): string {
    return this.#content.toString();
  }

  [Symbol.iterator](): ArrayIterator<Chunk> {
    return [this.#content].values();
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
