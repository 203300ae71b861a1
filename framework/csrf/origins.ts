/**
 * Where a request that changes something may come from.
 *
 * Layer 6 (csrf). Pure. Source: Django middleware/csrf.py (`_origin_verified`, `_check_referer`), utils/http.py
 * (`is_same_domain`); Fetch Metadata (`Sec-Fetch-Site`), which browsers set and scripts cannot.
 * Differs from Django: `Sec-Fetch-Site` is heard too. It never takes the place of the token.
 */
import type { CsrfSettings } from "../conf/sections/csrf.ts";
import { DisallowedHost } from "../exceptions.ts";
import type { HttpRequest } from "../http/request.ts";
import * as reasons from "./reasons.ts";

interface SplitOrigin {
  readonly scheme: string;
  /** With its port, if it has one. */
  readonly host: string;
}

export class OriginRules {
  readonly #exact: ReadonlySet<string>;
  readonly #wildcards: readonly SplitOrigin[];
  readonly #hosts: readonly string[];
  readonly #cookieDomain: string | null;

  /** `cookieDomain` is the domain of the cookie that the secret is bound to; a Referer may be from there. */
  constructor(settings: Pick<CsrfSettings, "CSRF_TRUSTED_ORIGINS">, cookieDomain: string | null) {
    const origins = settings.CSRF_TRUSTED_ORIGINS;
    const split = (origin: string): SplitOrigin[] => {
      const found = splitOrigin(origin);
      return found === undefined ? [] : [{ ...found, host: found.host.replace(/^\*+/, "") }];
    };
    this.#exact = new Set(origins.filter((origin) => !origin.includes("*")));
    this.#wildcards = origins.filter((origin) => origin.includes("*")).flatMap(split);
    this.#hosts = origins.flatMap(split).map(({ host }) => host);
    this.#cookieDomain = cookieDomain;
  }

  /**
   * Why the request must have come from elsewhere; `undefined` when nothing says so. A browser that says `same-origin`
   * has compared what its user sees, which a proxy in between does not change; one that says `cross-site` is believed
   * unless the origin is trusted by name.
   */
  fault(request: HttpRequest): string | undefined {
    const { HTTP_ORIGIN: origin, HTTP_SEC_FETCH_SITE: site } = request.META;
    const own = ownOrigin(request);
    // A host that is none of the site's may be a stranger's name for this address (DNS rebinding): its own page proves nothing.
    if (site === "same-origin" && own !== undefined) return undefined;
    if (origin !== undefined) {
      if (this.#trusts(origin)) return undefined;
      if (origin !== own) return reasons.badOrigin(origin);
    }
    if (site === "cross-site") return reasons.CROSS_SITE;
    return origin === undefined && request.isSecure() ? this.#refererFault(request) : undefined;
  }

  #trusts(origin: string): boolean {
    if (this.#exact.has(origin)) return true;
    const found = splitOrigin(origin);
    return this.#wildcards.some(
      ({ scheme, host }) => found?.scheme === scheme && isSameDomain(found.host, host),
    );
  }

  /** Over TLS whoever sends no Origin must say where it comes from: http: pages of the same host could be anybody's. */
  #refererFault(request: HttpRequest): string | undefined {
    const text = request.META.HTTP_REFERER;
    if (text === undefined) return reasons.NO_REFERER;
    const referer = splitOrigin(text);
    if (referer === undefined || !URL.canParse(text)) return reasons.MALFORMED_REFERER;
    if (referer.scheme !== "https") return reasons.INSECURE_REFERER;
    if (this.#hosts.some((host) => isSameDomain(referer.host, host))) return undefined;
    return isSameDomain(referer.host, this.#goodReferer(request))
      ? undefined
      : reasons.badReferer(text);
  }

  #goodReferer(request: HttpRequest): string {
    if (this.#cookieDomain === null) return hostOf(request) ?? "";
    const port = request.getPort();
    return port === "443" || port === "80" ? this.#cookieDomain : `${this.#cookieDomain}:${port}`;
  }
}

/** What the site takes for its own origin; `undefined` when the request names no host of the site. */
export function ownOrigin(request: HttpRequest): string | undefined {
  const host = hostOf(request);
  return host === undefined ? undefined : `${request.scheme}://${host}`;
}

function hostOf(request: HttpRequest): string | undefined {
  try {
    return request.getHost();
  } catch (error) {
    if (error instanceof DisallowedHost) return undefined;
    throw error;
  }
}

/** `undefined` for what has no scheme or no host. */
function splitOrigin(url: string): SplitOrigin | undefined {
  const [, scheme, host] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)/i.exec(url) ?? [];
  return scheme === undefined || host === undefined
    ? undefined
    : { scheme: scheme.toLowerCase(), host };
}

/** `.example.com` is the domain and all below it. */
function isSameDomain(host: string, pattern: string): boolean {
  const wanted = pattern.toLowerCase();
  if (wanted === "") return false;
  return (
    host === wanted ||
    (wanted.startsWith(".") && (host.endsWith(wanted) || host === wanted.slice(1)))
  );
}
