/**
 * Scheme, host and port of a request, as its client knows them: possibly those of a proxy in front of the server.
 *
 * Layer 2 (http). Pure; the host is not checked here. Source: Django http/request.py (`scheme`, `_get_raw_host`, `get_port`).
 */
import type { Environ } from "../wsgi.ts";

export type Scheme = "http" | "https";

/** What a proxy says that the site believes. Clients can say it too, so the proxy must overwrite these headers. */
export interface ProxyOptions {
  /** Take the host from `X-Forwarded-Host`. */
  readonly useXForwardedHost: boolean;
  /** Take the port from `X-Forwarded-Port`. */
  readonly useXForwardedPort: boolean;
  /** The header that tells whether the client came by TLS, and its value when it did. */
  readonly secureProxySslHeader: readonly [header: string, value: string] | null;
}

/** `own` is the scheme of the server itself, which counts where the proxy says nothing. */
export function schemeOf(environ: Environ, options: ProxyOptions, own: Scheme): Scheme {
  if (options.secureProxySslHeader === null) return own;
  const [header, secureValue] = options.secureProxySslHeader;
  const found = environ[environKeyOf(header)];
  if (typeof found !== "string") return own;
  // A list when there is more than one proxy; the first is the one that the client talks to.
  const [outermost = ""] = found.split(",", 1);
  return outermost.trim() === secureValue ? "https" : "http";
}

export function portOf(environ: Environ, options: ProxyOptions): string {
  const forwarded = options.useXForwardedPort ? environ.HTTP_X_FORWARDED_PORT : undefined;
  return forwarded ?? environ.SERVER_PORT;
}

/** The host as sent, port included; without a header what the server calls itself, with any port but the usual. */
export function hostOf(environ: Environ, options: ProxyOptions, scheme: Scheme): string {
  const forwarded = options.useXForwardedHost ? environ.HTTP_X_FORWARDED_HOST : undefined;
  const sent = forwarded ?? environ.HTTP_HOST;
  if (sent !== undefined) return sent;
  const port = portOf(environ, options);
  return port === (scheme === "https" ? "443" : "80")
    ? environ.SERVER_NAME
    : `${environ.SERVER_NAME}:${port}`;
}

/** Django's way of writing a header (`HTTP_X_FORWARDED_PROTO`) is taken as it is, the usual one translated. */
export function environKeyOf(header: string): `HTTP_${string}` {
  const bare = header.startsWith("HTTP_") ? header.slice("HTTP_".length) : header;
  return `HTTP_${bare.toUpperCase().replaceAll("-", "_")}`;
}
