/**
 * What the head of a request says: method, path, host, headers, query, cookies, and what the client accepts.
 *
 * Layer 2 (http). Everything is computed on first use. Errors: `DisallowedHost`, `TooManyFieldsSent`, `BadRequest`
 * (a Content-Type or Accept header that makes no sense).
 * Source: Django http/request.py (`HttpRequest`); RFC 9110.
 * Why apart from `HttpRequest`: a head is there at once, whole; a body has to be waited for.
 */
import { inspectAs } from "../utils/inspect-as.ts";
import { BadSignature } from "../signing/exceptions.ts";
import type { Environ } from "../wsgi.ts";
import { absoluteUri } from "./absolute-uri.ts";
import { AcceptedTypes } from "./accepted-types.ts";
import { type ContentType, parseContentType } from "./content-type.ts";
import type { Cookies } from "./cookies.ts";
import { type FullPathOptions, fullPath } from "./full-path.ts";
import { RequestHeaders } from "./headers.ts";
import { checkHost } from "./host.ts";
import type { MediaType } from "./media-type.ts";
import { hostOf, portOf, type ProxyOptions, type Scheme, schemeOf } from "./origin.ts";
import { QueryDict } from "./query-dict.ts";
import {
  type CookieSigning,
  readSignedCookie,
  type SignedCookieOptions,
} from "./signed-cookies.ts";

/** What a site tells the heads of its requests. Plain values, so that this layer knows no settings. */
export interface HeadOptions extends ProxyOptions {
  readonly debug: boolean;
  readonly allowedHosts: readonly string[];
  /** What stands for the mount point, whatever the server says; `null` to believe the server. */
  readonly forceScriptName: string | null;
  /** How signed cookies are read. */
  readonly cookieSigning: CookieSigning;
  /** Most GET or POST parameters; `null` for no limit. */
  readonly maxFields: number | null;
}

/**
 * The head of a request. Path, query, cookies and the server's scheme come from the `read…` methods, which may be
 * overridden; all else comes from `META`. What is computed is kept: changing `META` does not change what was
 * read before.
 */
export class RequestHead {
  static {
    inspectAs<RequestHead>(this, String);
  }

  /** The WSGI environ. */
  readonly META: Environ;
  /** Upper case. `""` in a request made by hand, until it is set. */
  method: string;
  readonly #options: HeadOptions;
  #path: string | undefined;
  #pathInfo: string | undefined;
  #scriptName: string | undefined;
  #host: string | undefined;
  #headers: RequestHeaders | undefined;
  #contentType: ContentType | undefined;
  #encoding: string | undefined;
  #accepted: AcceptedTypes | undefined;
  #get: QueryDict | undefined;
  #cookies: Cookies | undefined;

  constructor(environ: Environ, options: HeadOptions) {
    this.META = environ;
    this.method = environ.REQUEST_METHOD.toUpperCase();
    this.#options = options;
  }

  /** The decoded path, the mount point included. Bytes that are no UTF-8 stay percent-escaped. */
  get path(): string {
    this.#path ??= this.readPath(this.#options);
    return this.#path;
  }

  set path(path: string) {
    this.#path = path;
  }

  /** The decoded path below the mount point; what URL patterns are matched against. */
  get pathInfo(): string {
    this.#pathInfo ??= this.readPathInfo(this.#options);
    return this.#pathInfo;
  }

  set pathInfo(pathInfo: string) {
    this.#pathInfo = pathInfo;
  }

  /** Where the site is mounted, decoded: `""` or `"/shop"`. */
  get scriptName(): string {
    this.#scriptName ??= this.readScriptName(this.#options);
    return this.#scriptName;
  }

  set scriptName(scriptName: string) {
    this.#scriptName = scriptName;
  }

  /** How the client talks to the site. A proxy may know better than the server: SECURE_PROXY_SSL_HEADER. */
  get scheme(): Scheme {
    return schemeOf(this.META, this.#options, this.readScheme());
  }

  isSecure(): boolean {
    return this.scheme === "https";
  }

  /** `Host` as sent, port included. Throws `DisallowedHost` when the site does not answer to it. */
  getHost(): string {
    const { allowedHosts, debug } = this.#options;
    this.#host ??= checkHost(hostOf(this.META, this.#options, this.scheme), allowedHosts, debug);
    return this.#host;
  }

  /** The port that the client connected to, as far as server and proxy tell. */
  getPort(): string {
    return portOf(this.META, this.#options);
  }

  /** Path and query as they stand in a URL. `forceAppendSlash` adds a slash to the path where there is none. */
  getFullPath(options: FullPathOptions = {}): string {
    return fullPath(this.path, this.META.QUERY_STRING, options);
  }

  /** As `getFullPath`, without the mount point. */
  getFullPathInfo(options: FullPathOptions = {}): string {
    return fullPath(this.pathInfo, this.META.QUERY_STRING, options);
  }

  /** An absolute URL for `location`, relative to this request; without one, the request's own URL. */
  buildAbsoluteUri(location?: string): string {
    const origin = `${this.scheme}://${this.getHost()}`;
    return location === undefined
      ? origin + this.getFullPath()
      : absoluteUri(location, origin, this.path);
  }

  get headers(): RequestHeaders {
    this.#headers ??= new RequestHeaders(this.META);
    return this.#headers;
  }

  /** The query string's parameters. Immutable, save in a request made by hand. */
  get GET(): QueryDict {
    this.#get ??= this.readQuery(this.encoding, this.#options);
    return this.#get;
  }

  set GET(parameters: QueryDict) {
    this.#get = parameters;
  }

  get COOKIES(): Cookies {
    this.#cookies ??= this.readCookies();
    return this.#cookies;
  }

  set COOKIES(cookies: Cookies) {
    this.#cookies = cookies;
  }

  /**
   * The value of a cookie that was set with `setSignedCookie`; `undefined` when there is none. Throws `BadSignature` or
   * `SignatureExpired` for one that was changed or is too old, unless there is a `default`.
   */
  getSignedCookie(
    name: string,
    options: SignedCookieOptions & { readonly default: string },
  ): string;
  getSignedCookie(name: string, options?: SignedCookieOptions): string | undefined;
  getSignedCookie(
    name: string,
    options: SignedCookieOptions & { readonly default?: string } = {},
  ): string | undefined {
    const signed = this.COOKIES[name];
    if (signed === undefined) return options.default;
    try {
      return readSignedCookie(name, signed, this.#options.cookieSigning, options);
    } catch (error) {
      if (options.default !== undefined && error instanceof BadSignature) return options.default;
      throw error;
    }
  }

  /** The media type of the body, lower case, without parameters; `""` when the request does not say. */
  get contentType(): string {
    return this.#bodyType().type;
  }

  /** The parameters of the body's media type, such as `charset`, by name in lower case. */
  get contentParams(): ReadonlyMap<string, string> {
    return this.#bodyType().params;
  }

  /** The encoding of GET: the `charset` of the request's Content-Type where there is one that is known, else `"utf-8"`. */
  get encoding(): string {
    this.#encoding ??= this.#bodyType().encoding ?? "utf-8";
    return this.#encoding;
  }

  /** From now on GET is decoded anew. Throws a `RangeError` for an encoding that does not exist. */
  set encoding(label: string) {
    this.#encoding = new TextDecoder(label).encoding;
    this.#get = undefined;
  }

  /** Media types that the client accepts: the most wanted first, among equals the more specific. */
  get acceptedTypes(): readonly MediaType[] {
    return this.#accept().byQuality;
  }

  /** The same, the most specific first, among equals the more wanted. */
  get acceptedTypesByPrecedence(): readonly MediaType[] {
    return this.#accept().byPrecedence;
  }

  /** What the client says about `mediaType`, in the most specific words it has; `undefined` when it does not take it. */
  acceptedType(mediaType: string): MediaType | undefined {
    return this.#accept().find(mediaType);
  }

  /** Whether the client takes `mediaType`. Without an Accept header it takes everything. */
  accepts(mediaType: string): boolean {
    return this.acceptedType(mediaType) !== undefined;
  }

  /** The one of `mediaTypes` that the client likes best, the first among equals; `undefined` when it takes none. */
  getPreferredType<const Type extends string>(mediaTypes: readonly Type[]): Type | undefined {
    return this.#accept().preferred(mediaTypes);
  }

  /** May be overridden. */
  protected readPath(_options: HeadOptions): string {
    return "";
  }

  /** May be overridden. */
  protected readPathInfo(_options: HeadOptions): string {
    return "";
  }

  /** May be overridden. */
  protected readScriptName(_options: HeadOptions): string {
    return "";
  }

  /** May be overridden: the scheme of the server itself. */
  protected readScheme(): Scheme {
    return "http";
  }

  /** May be overridden. */
  protected readQuery(_encoding: string, _options: HeadOptions): QueryDict {
    return new QueryDict("", { mutable: true });
  }

  /** May be overridden. */
  protected readCookies(): Cookies {
    return {};
  }

  #bodyType(): ContentType {
    this.#contentType ??= parseContentType(this.META.CONTENT_TYPE);
    return this.#contentType;
  }

  #accept(): AcceptedTypes {
    this.#accepted ??= new AcceptedTypes(this.META.HTTP_ACCEPT);
    return this.#accepted;
  }

  /** `<WSGIRequest: GET '/x/?a=1'>`, in `console.log` too. */
  toString(): string {
    const { name } = this.constructor;
    if (this.method === "" || this.path === "") return `<${name}>`;
    return `<${name}: ${this.method} '${this.getFullPath()}'>`;
  }
}
