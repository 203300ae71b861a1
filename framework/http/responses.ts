/**
 * The response family: one class per common purpose.
 *
 * Layer 2 (http). Source: Django http/response.py.
 * Errors: `DisallowedRedirect` for a redirect to a scheme other than http, https or ftp.
 */
import { DisallowedRedirect } from "../exceptions.ts";
import { iriToUri } from "../utils/encoding.ts";
import { HttpResponse, type ResponseOptions } from "./response.ts";

type WithoutStatus = Omit<ResponseOptions, "status">;

/** Any JSON value, sent as `application/json`. */
export class JsonResponse extends HttpResponse {
  constructor(data: unknown, options: ResponseOptions = {}) {
    const text = JSON.stringify(data);
    if (text === undefined) throw new TypeError(`JSON cannot express ${typeof data}`);
    super(text, { contentType: "application/json", ...options });
  }
}

const ALLOWED_SCHEMES = new Set(["http:", "https:", "ftp:"]);

/** 302 Found, or 307 when method and body must be kept. */
export class HttpResponseRedirect extends HttpResponse {
  /** Where the browser is sent, as the `Location` header has it. */
  readonly url: string;

  constructor(to: string, options: ResponseOptions & { readonly preserveRequest?: boolean } = {}) {
    const { preserveRequest = false, ...rest } = options;
    super("", { status: preserveRequest ? 307 : 302, ...rest });
    const scheme = /^([a-z][a-z0-9+.-]*:)/i.exec(to.trim())?.[1]?.toLowerCase();
    if (scheme !== undefined && !ALLOWED_SCHEMES.has(scheme)) {
      throw new DisallowedRedirect(`Unsafe redirect to URL with protocol '${scheme.slice(0, -1)}'`);
    }
    this.url = iriToUri(to);
    this.headers.set("Location", this.url);
  }
}

/** 301 Moved Permanently, or 308 when method and body must be kept. */
export class HttpResponsePermanentRedirect extends HttpResponseRedirect {
  constructor(to: string, options: WithoutStatus & { readonly preserveRequest?: boolean } = {}) {
    super(to, { ...options, status: options.preserveRequest === true ? 308 : 301 });
  }
}

/** 400 Bad Request. */
export class HttpResponseBadRequest extends HttpResponse {
  constructor(content: string | Uint8Array = "", options: WithoutStatus = {}) {
    super(content, { ...options, status: 400 });
  }
}

/** 403 Forbidden. */
export class HttpResponseForbidden extends HttpResponse {
  constructor(content: string | Uint8Array = "", options: WithoutStatus = {}) {
    super(content, { ...options, status: 403 });
  }
}

/** 404 Not Found. */
export class HttpResponseNotFound extends HttpResponse {
  constructor(content: string | Uint8Array = "", options: WithoutStatus = {}) {
    super(content, { ...options, status: 404 });
  }
}

/** 405 Method Not Allowed; `methods` become the `Allow` header that RFC 9110 section 15.5.6 asks for. */
export class HttpResponseNotAllowed extends HttpResponse {
  constructor(
    methods: readonly string[],
    content: string | Uint8Array = "",
    options: WithoutStatus = {},
  ) {
    super(content, { ...options, status: 405 });
    this.headers.set("Allow", methods.join(", "));
  }
}

/** 500 Internal Server Error. */
export class HttpResponseServerError extends HttpResponse {
  constructor(content: string | Uint8Array = "", options: WithoutStatus = {}) {
    super(content, { ...options, status: 500 });
  }
}
