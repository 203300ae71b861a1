/**
 * Whether a URL that came from outside may be redirected to: the check for every `?next=…`.
 *
 * Layer 0. Pure. Source: Django utils/http.py (`url_has_allowed_host_and_scheme`).
 * Splits as RFC 3986 appendix B and Python's `urlsplit` do, not as `new URL`: what matters is that no browser
 * can read another host into it.
 */

/** Longer URLs are not worth the look. In characters. */
const MAX_URL_LENGTH = 2048;

export interface AllowedUrlOptions {
  /** Hosts, with their ports, that are trusted besides relative URLs. @default none */
  readonly allowedHosts?: readonly string[];
  /** @default false */
  readonly requireHttps?: boolean;
}

/** True for a relative URL, and for one with an allowed host and a scheme of the web. */
export function urlHasAllowedHostAndScheme(url: string, options: AllowedUrlOptions = {}): boolean {
  const trimmed = url.trim();
  if (trimmed === "") return false;
  // Browsers take \ for / in a path, but it may also be part of credentials: both readings must be good.
  return isAllowed(trimmed, options) && isAllowed(trimmed.replaceAll("\\", "/"), options);
}

function isAllowed(
  url: string,
  { allowedHosts = [], requireHttps = false }: AllowedUrlOptions,
): boolean {
  if (url.startsWith("///") || url.length > MAX_URL_LENGTH || /^\p{C}/u.test(url)) return false;
  // Browsers leave tabs and newlines out before they look.
  const match = /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/([^/?#]*))?/i.exec(
    url.replaceAll(/[\t\r\n]/g, ""),
  );
  const host = match?.[2] ?? "";
  const scheme = match?.[1]?.toLowerCase() ?? (host === "" ? "" : "http");
  if (host === "") return scheme === "";
  const schemes = requireHttps ? ["https"] : ["http", "https"];
  return allowedHosts.includes(host) && schemes.includes(scheme);
}
