/**
 * Why a request was refused, in words for the log and for the page that DEBUG shows.
 *
 * Layer 6 (csrf). Pure. Source: Django middleware/csrf.py (`REASON_…`); its texts.
 */
export const NO_REFERER = "Referer checking failed - no Referer.";
export const MALFORMED_REFERER = "Referer checking failed - Referer is malformed.";
export const INSECURE_REFERER =
  "Referer checking failed - Referer is insecure while host is secure.";
export const NO_COOKIE = "CSRF cookie not set.";
export const TOKEN_MISSING = "CSRF token missing.";
/** Not of Django. */
export const CROSS_SITE = "Sec-Fetch-Site checking failed - another site sent this request.";

export function badOrigin(origin: string): string {
  return `Origin checking failed - ${origin} does not match any trusted origins.`;
}

export function badReferer(referer: string): string {
  return `Referer checking failed - ${referer} does not match any trusted origins.`;
}

export function badCookie(fault: string): string {
  return `CSRF cookie ${fault}.`;
}

/** `source` is `"POST"` or a header. */
export function badToken(source: string, fault: string): string {
  return `CSRF token from ${source} ${fault}.`;
}
