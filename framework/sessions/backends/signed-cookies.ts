/**
 * Sessions in their cookie: nothing to keep, nothing to set up. What that costs stands in cookie-keeper.ts.
 *
 * Layer 5 (sessions). Source: Django contrib/sessions/backends/signed_cookies.py.
 */

/** For SESSION_ENGINE. */
export function signedCookieSessions(): "cookie" {
  return "cookie";
}
