/**
 * Lets pages of other sites ask this one (CORS), and answers their browsers' preflights before any view.
 *
 * Layer 6 (middleware). Settings: CORS_*, read once. First in MIDDLEWARE, or nearly: what an outer middleware answers by
 * itself (a redirect to https, say) has none of these headers, and the page would not learn what went wrong.
 * Source: Fetch standard section 3.3 (CORS protocol); Private Network Access; the package django-cors-headers.
 */
import type { CorsSettings } from "../conf/sections/cors.ts";
import type { GetResponse, MiddlewareFactory, Settings } from "../conf/settings.ts";
import type { HttpRequest } from "../http/request.ts";
import { HttpResponse, type HttpResponseBase } from "../http/response.ts";
import { patchVaryHeaders } from "../http/vary.ts";
import { whenReady } from "../utils/maybe-promise.ts";
import { anyFound, anyMatchesWhole } from "../utils/patterns.ts";

/** What is left out comes from the setting: `allowedOrigins` from CORS_ALLOWED_ORIGINS, and so on. */
export interface CorsOptions {
  readonly allowedOrigins?: readonly string[];
  /** Each must match the whole origin. */
  readonly allowedOriginRegexes?: readonly RegExp[];
  readonly allowAllOrigins?: boolean;
  readonly allowCredentials?: boolean;
  readonly allowMethods?: readonly string[];
  readonly allowHeaders?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  /** In seconds. */
  readonly preflightMaxAge?: number;
  readonly urlsRegex?: RegExp;
  readonly allowPrivateNetwork?: boolean;
}

export const corsMiddleware: MiddlewareFactory = createCorsMiddleware();

export function createCorsMiddleware(options: CorsOptions = {}): MiddlewareFactory {
  return function corsMiddleware(getResponse, { settings }) {
    const policy = new CorsPolicy({ ...optionsOf(settings), ...options });
    const respond: GetResponse = (request) =>
      isPreflight(request)
        ? new HttpResponse("", { headers: { "Content-Length": 0 } })
        : getResponse(request);
    return (request) =>
      policy.appliesTo(request)
        ? whenReady(respond(request), (response) => policy.addHeaders(request, response))
        : getResponse(request);
  };
}

function isPreflight({ method, META }: HttpRequest): boolean {
  return method === "OPTIONS" && META.HTTP_ACCESS_CONTROL_REQUEST_METHOD !== undefined;
}

type Complete = Required<CorsOptions>;

function optionsOf(settings: Settings): Complete {
  const named: CorsSettings = settings;
  return {
    allowedOrigins: named.CORS_ALLOWED_ORIGINS,
    allowedOriginRegexes: named.CORS_ALLOWED_ORIGIN_REGEXES,
    allowAllOrigins: named.CORS_ALLOW_ALL_ORIGINS,
    allowCredentials: named.CORS_ALLOW_CREDENTIALS,
    allowMethods: named.CORS_ALLOW_METHODS,
    allowHeaders: named.CORS_ALLOW_HEADERS,
    exposeHeaders: named.CORS_EXPOSE_HEADERS,
    preflightMaxAge: named.CORS_PREFLIGHT_MAX_AGE,
    urlsRegex: named.CORS_URLS_REGEX,
    allowPrivateNetwork: named.CORS_ALLOW_PRIVATE_NETWORK,
  };
}

/** Who may ask what, made ready once. */
class CorsPolicy {
  readonly #options: Complete;
  readonly #origins: ReadonlySet<string>;
  readonly #matches: (origin: string) => boolean;
  readonly #hasUrl: (path: string) => boolean;

  constructor(options: Complete) {
    this.#options = options;
    this.#origins = new Set(options.allowedOrigins.map((origin) => origin.toLowerCase()));
    this.#matches = anyMatchesWhole(options.allowedOriginRegexes);
    this.#hasUrl = anyFound([options.urlsRegex]);
  }

  appliesTo(request: HttpRequest): boolean {
    return this.#hasUrl(request.pathInfo);
  }

  addHeaders(request: HttpRequest, response: HttpResponseBase): HttpResponseBase {
    // Also for who sends no origin: a cache must not hand that answer to a page that does.
    patchVaryHeaders(response, ["Origin"]);
    const origin = request.META.HTTP_ORIGIN;
    if (origin === undefined || !this.#allows(origin)) return response;
    const { allowAllOrigins, allowCredentials, exposeHeaders } = this.#options;
    const { headers } = response;
    // With credentials browsers want to be named.
    headers.set("Access-Control-Allow-Origin", allowAllOrigins && !allowCredentials ? "*" : origin);
    if (allowCredentials) headers.set("Access-Control-Allow-Credentials", "true");
    if (exposeHeaders.length > 0)
      headers.set("Access-Control-Expose-Headers", exposeHeaders.join(", "));
    if (request.method === "OPTIONS") this.#permit(request, response);
    return response;
  }

  /** What only a preflight is told. */
  #permit({ META }: HttpRequest, { headers }: HttpResponseBase): void {
    const { allowHeaders, allowMethods, preflightMaxAge, allowPrivateNetwork } = this.#options;
    headers.set("Access-Control-Allow-Headers", allowHeaders.join(", "));
    headers.set("Access-Control-Allow-Methods", allowMethods.join(", "));
    if (preflightMaxAge > 0) headers.set("Access-Control-Max-Age", preflightMaxAge);
    if (allowPrivateNetwork && META.HTTP_ACCESS_CONTROL_REQUEST_PRIVATE_NETWORK === "true")
      headers.set("Access-Control-Allow-Private-Network", "true");
  }

  #allows(origin: string): boolean {
    if (this.#options.allowAllOrigins) return true;
    return this.#origins.has(origin.toLowerCase()) || this.#matches(origin);
  }
}
