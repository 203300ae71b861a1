/**
 * Cookies: the `Cookie` request header in, `Set-Cookie` response headers out.
 *
 * Layer 2 (http). Pure but for the clock that turns `maxAge` into `Expires`, which comes in as a parameter.
 * Units: `maxAge` in seconds. Errors: `TypeError` for what RFC 6265 forbids, from the `cookie` package.
 * Source: RFC 6265 sections 4.1.1 and 5.4; Django http/response.py (`set_cookie`, `delete_cookie`).
 */
import { parseCookie, stringifySetCookie, type SetCookie } from "cookie";

export interface CookieOptions {
  /** Life in seconds; absent and without `expires`, the cookie ends with the browser session. */
  readonly maxAge?: number;
  readonly expires?: Date;
  /** @default "/" */
  readonly path?: string;
  readonly domain?: string;
  readonly secure?: boolean;
  readonly httpOnly?: boolean;
  readonly sameSite?: "lax" | "strict" | "none";
  readonly partitioned?: boolean;
}

/** The cookies of a request. An object without a prototype, so a cookie may be called `constructor`. */
export function parseCookies(
  header: string | undefined,
): Readonly<Record<string, string | undefined>> {
  return header === undefined ? Object.create(null) : parseCookie(header);
}

/** The value of one `Set-Cookie` header. */
export function formatCookie(
  name: string,
  value: string,
  options: CookieOptions = {},
  now: () => number = Date.now,
): string {
  const cookie: SetCookie = { path: "/", ...options, name, value };
  // Old clients know Expires only; Max-Age wins where both are known (RFC 6265 section 5.3).
  if (options.maxAge !== undefined && options.expires === undefined) {
    cookie.expires = new Date(now() + options.maxAge * 1000);
  }
  return stringifySetCookie(cookie);
}

/** The `Set-Cookie` value that makes a browser forget the cookie. Path and domain must be those it was set with. */
export function formatDeletedCookie(name: string, options: CookieOptions = {}): string {
  const secure =
    name.startsWith("__Secure-") || name.startsWith("__Host-") || options.sameSite === "none";
  return formatCookie(name, "", {
    ...options,
    ...(secure && { secure }),
    maxAge: 0,
    expires: new Date(0),
  });
}
