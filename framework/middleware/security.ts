/**
 * Headers that make browsers careful, and the way from http to https.
 *
 * Layer 6 (middleware). Settings: SECURE_*, read once, when the application is built.
 * Source: Django middleware/security.py; RFC 6797 (HSTS). A header that a view has set stays as it is.
 */
import type { GetResponse, MiddlewareFactory, Settings } from "../conf/settings.ts";
import { type CrossOriginOpenerPolicy, referrerPolicies } from "../conf/sections/security.ts";
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import { HttpResponsePermanentRedirect } from "../http/responses.ts";
import { whenReady } from "../utils/maybe-promise.ts";
import { anyFound } from "../utils/patterns.ts";

/** What is left out comes from the setting of the same name, `SECURE_…`. */
export interface SecurityOptions {
  /** In seconds; 0 for no header. */
  readonly hstsSeconds?: number;
  readonly hstsIncludeSubdomains?: boolean;
  readonly hstsPreload?: boolean;
  readonly sslRedirect?: boolean;
  readonly sslHost?: string | null;
  readonly redirectExempt?: readonly RegExp[];
  readonly contentTypeNosniff?: boolean;
  readonly referrerPolicy?: Settings["SECURE_REFERRER_POLICY"];
  readonly crossOriginOpenerPolicy?: CrossOriginOpenerPolicy | null;
}

export const securityMiddleware: MiddlewareFactory = createSecurityMiddleware();

export function createSecurityMiddleware(options: SecurityOptions = {}): MiddlewareFactory {
  return function securityMiddleware(getResponse, { settings }) {
    const complete = { ...optionsOf(settings), ...options };
    const headers = headersOf(complete);
    const hsts = hstsOf(complete);
    const addHeaders = (response: HttpResponseBase): HttpResponseBase => {
      for (const [name, value] of headers) response.headers.setDefault(name, value);
      return response;
    };
    const respond: GetResponse =
      hsts === undefined
        ? (request) => whenReady(getResponse(request), addHeaders)
        : (request) =>
            whenReady(getResponse(request), (response) => {
              // Over http anybody could have set it, so browsers ignore it there, and it must not be sent.
              if (request.isSecure())
                response.headers.setDefault("Strict-Transport-Security", hsts);
              return addHeaders(response);
            });
    return complete.sslRedirect ? redirectingToTls(respond, complete) : respond;
  };
}

type Complete = Required<SecurityOptions>;

function optionsOf(settings: Settings): Complete {
  return {
    hstsSeconds: settings.SECURE_HSTS_SECONDS,
    hstsIncludeSubdomains: settings.SECURE_HSTS_INCLUDE_SUBDOMAINS,
    hstsPreload: settings.SECURE_HSTS_PRELOAD,
    sslRedirect: settings.SECURE_SSL_REDIRECT,
    sslHost: settings.SECURE_SSL_HOST,
    redirectExempt: settings.SECURE_REDIRECT_EXEMPT,
    contentTypeNosniff: settings.SECURE_CONTENT_TYPE_NOSNIFF,
    referrerPolicy: settings.SECURE_REFERRER_POLICY,
    crossOriginOpenerPolicy: settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
  };
}

/** In the order in which they are sent. */
function headersOf(options: Complete): [name: string, value: string][] {
  const { contentTypeNosniff, referrerPolicy, crossOriginOpenerPolicy } = options;
  const headers: [name: string, value: string][] = [];
  if (contentTypeNosniff) headers.push(["X-Content-Type-Options", "nosniff"]);
  if (referrerPolicy !== null && referrerPolicy.length > 0)
    headers.push(["Referrer-Policy", referrerPolicies(referrerPolicy).join(",")]);
  if (crossOriginOpenerPolicy !== null)
    headers.push(["Cross-Origin-Opener-Policy", crossOriginOpenerPolicy]);
  return headers;
}

function hstsOf(options: Complete): string | undefined {
  const { hstsSeconds, hstsIncludeSubdomains, hstsPreload } = options;
  if (hstsSeconds === 0) return undefined;
  const words = [`max-age=${hstsSeconds}`];
  if (hstsIncludeSubdomains) words.push("includeSubDomains");
  if (hstsPreload) words.push("preload");
  return words.join("; ");
}

function redirectingToTls(
  respond: GetResponse,
  { sslHost, redirectExempt }: Complete,
): GetResponse {
  const isExempt = anyFound(redirectExempt);
  const mayStay = (request: HttpRequest): boolean =>
    request.isSecure() || isExempt(request.path.replace(/^\/+/, ""));
  // An empty one is none, as in Django.
  const hostFor = (request: HttpRequest): string =>
    sslHost === undefined || sslHost === null || sslHost === "" ? request.getHost() : sslHost;
  return (request) =>
    mayStay(request)
      ? respond(request)
      : new HttpResponsePermanentRedirect(`https://${hostFor(request)}${request.getFullPath()}`);
}
