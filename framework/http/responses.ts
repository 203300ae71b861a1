/**
 * The response family: one class per common purpose.
 *
 * Layer 2 (http). Source: Django http/response.py; RFC 9110 section 15.
 * Errors: `DisallowedRedirect` for a scheme that is not allowed and for a URL that is too long; `TypeError` for
 * data that is no JSON and for content of a 304.
 */
import { DisallowedRedirect } from "../exceptions.ts";
import { describeValue } from "../utils/describe.ts";
import { iriToUri } from "../utils/encoding.ts";
import { HttpResponse, type Piece, type ResponseOptions } from "./response.ts";

/** Options of a response whose class says the status. */
export type WithoutStatus = Omit<ResponseOptions, "status">;

export interface JsonResponseOptions extends ResponseOptions {
  /** Whether only an object is taken, as a promise to clients that always expect one. @default true */
  readonly safe?: boolean;
  /** What `JSON.stringify` takes: a function that changes values, or the keys to keep. */
  readonly replacer?:
    | ((this: unknown, key: string, value: unknown) => unknown)
    | (string | number)[];
  /** Spaces, or text, in front of each level. @default none, all in one line */
  readonly indent?: number | string;
}

/** JSON, sent as `application/json`. Anything but an object needs `safe: false`. */
export class JsonResponse extends HttpResponse {
  constructor(data: unknown, options: JsonResponseOptions = {}) {
    const { safe = true, replacer, indent, ...rest } = options;
    if (safe && (typeof data !== "object" || data === null || Array.isArray(data))) {
      throw new TypeError(
        `In order to allow non-object values to be serialized set the safe parameter to false; found ${describeValue(data)}.`,
      );
    }
    super(toJson(data, replacer, indent), { contentType: "application/json", ...rest });
  }
}

function toJson(
  data: unknown,
  replacer: JsonResponseOptions["replacer"],
  indent: JsonResponseOptions["indent"],
): string {
  // The type says string, but what has no JSON (a function, a symbol) gives undefined.
  const text: string | undefined = Array.isArray(replacer)
    ? JSON.stringify(data, replacer, indent)
    : JSON.stringify(data, replacer, indent);
  if (text === undefined) throw new TypeError(`JSON cannot express ${describeValue(data)}`);
  return text;
}

export interface RedirectOptions extends WithoutStatus {
  /** Whether the browser must repeat the method and the body (307, 308) instead of asking with GET. @default false */
  readonly preserveRequest?: boolean;
  /** Longest `Location`, in characters. @default 16384 */
  readonly maxLength?: number;
}

/** Longer than any URL that is meant; browsers and proxies stop at less. */
const MAX_LENGTH = 16_384;

/** 302 Found, or 307 when method and body must be kept. May be overridden: the static members. */
export class HttpResponseRedirect extends HttpResponse {
  static readonly status: number = 302;
  static readonly statusPreservingRequest: number = 307;
  /** Other schemes could run code or leave the web. */
  static readonly allowedSchemes: readonly string[] = ["http", "https", "ftp"];
  /** Where the browser is sent, as the `Location` header has it. */
  readonly url: string;

  constructor(to: string, options: RedirectOptions = {}) {
    const { preserveRequest = false, maxLength = MAX_LENGTH, ...rest } = options;
    const { status, statusPreservingRequest, allowedSchemes } = new.target;
    super("", { ...rest, status: preserveRequest ? statusPreservingRequest : status });
    checkScheme(to, allowedSchemes);
    this.url = iriToUri(to);
    if (this.url.length > maxLength)
      throw new DisallowedRedirect(`Unsafe redirect exceeding ${maxLength} characters`);
    this.headers.set("Location", this.url);
  }
}

/** 301 Moved Permanently, or 308 when method and body must be kept. */
export class HttpResponsePermanentRedirect extends HttpResponseRedirect {
  static override readonly status: number = 301;
  static override readonly statusPreservingRequest: number = 308;
}

/** Browsers ignore white space and control characters around a URL. */
function checkScheme(to: string, allowed: readonly string[]): void {
  const scheme = /^[\s\x00-\x20]*([a-z][a-z0-9+.-]*):/i.exec(to)?.[1]?.toLowerCase();
  if (scheme !== undefined && !allowed.includes(scheme))
    throw new DisallowedRedirect(`Unsafe redirect to URL with protocol '${scheme}'`);
}

/** 304 Not Modified: the client has the content already, so this response has none. */
export class HttpResponseNotModified extends HttpResponse {
  constructor(options: Omit<WithoutStatus, "contentType" | "charset"> = {}) {
    super("", { ...options, status: 304 });
    this.headers.delete("Content-Type");
  }

  override get content(): Buffer {
    return super.content;
  }

  override set content(_content: Piece | Iterable<Piece>) {
    throw new TypeError("You cannot set content to a 304 (Not Modified) response");
  }

  override write(_piece: Piece): void {
    throw new TypeError("You cannot set content to a 304 (Not Modified) response");
  }
}

/** 400 Bad Request. */
export class HttpResponseBadRequest extends HttpResponse {
  constructor(content: Piece | Iterable<Piece> = "", options: WithoutStatus = {}) {
    super(content, { ...options, status: 400 });
  }
}

/** 403 Forbidden. */
export class HttpResponseForbidden extends HttpResponse {
  constructor(content: Piece | Iterable<Piece> = "", options: WithoutStatus = {}) {
    super(content, { ...options, status: 403 });
  }
}

/** 404 Not Found. */
export class HttpResponseNotFound extends HttpResponse {
  constructor(content: Piece | Iterable<Piece> = "", options: WithoutStatus = {}) {
    super(content, { ...options, status: 404 });
  }
}

/** 405 Method Not Allowed; `methods` become the `Allow` header that RFC 9110 section 15.5.6 asks for. */
export class HttpResponseNotAllowed extends HttpResponse {
  constructor(
    methods: Iterable<string>,
    content: Piece | Iterable<Piece> = "",
    options: WithoutStatus = {},
  ) {
    super(content, { ...options, status: 405 });
    this.headers.set("Allow", [...methods].join(", "));
  }
}

/** 410 Gone. */
export class HttpResponseGone extends HttpResponse {
  constructor(content: Piece | Iterable<Piece> = "", options: WithoutStatus = {}) {
    super(content, { ...options, status: 410 });
  }
}

/** 500 Internal Server Error. */
export class HttpResponseServerError extends HttpResponse {
  constructor(content: Piece | Iterable<Piece> = "", options: WithoutStatus = {}) {
    super(content, { ...options, status: 500 });
  }
}
