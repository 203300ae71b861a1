/**
 * Cookies: the `Cookie` request header in, `Set-Cookie` response headers out.
 *
 * Layer 2 (http). Pure but for the clock that turns `maxAge` into `Expires`, which comes in as a parameter.
 * Units: `maxAge` in seconds. Errors: `TypeError` for what RFC 6265 forbids, from the `cookie` package, and for
 * cookies that browsers throw away unseen (prefix rules, `partitioned` without `secure`).
 * Source: RFC 6265 sections 4.1.1 and 5.4; RFC 6265bis section 4.1.3 (prefixes); Django http/response.py
 * (`set_cookie`, `delete_cookie`), http/cookie.py.
 * Differs from Django: a value outside of the cookie grammar is percent-encoded, which browsers' scripts can read,
 * not quoted with octal escapes; of two cookies of one name the first counts, which is the one of the longer path.
 */
import { parseCookie, stringifySetCookie, type SetCookie } from "cookie";
import { decodeText } from "../utils/encoding.ts";

export interface CookieAttributes {
  /** @default "/" */
  readonly path?: string;
  readonly domain?: string;
  readonly secure?: boolean;
  readonly httpOnly?: boolean;
  readonly sameSite?: "lax" | "strict" | "none";
  /** A cookie jar per top-level site (CHIPS). Needs `secure`. */
  readonly partitioned?: boolean;
}

/** How long a cookie lives; without either, until the browser session ends. */
type CookieLife =
  | {
      /** In seconds; fractions are cut off. `Expires` is written too, for old clients. */
      readonly maxAge?: number;
      readonly expires?: never;
    }
  | {
      readonly maxAge?: never;
      /** `Max-Age` is written too, so that a client with a wrong clock keeps the cookie as long. */
      readonly expires?: Date;
    };

export type CookieOptions = CookieAttributes & CookieLife;

/** Cookies by name. */
export type Cookies = Readonly<Record<string, string | undefined>>;

/** The cookies of a request header (bytes as latin-1). An object without a prototype, so a cookie may be called `constructor`. */
export function parseCookies(header: string | undefined): Cookies {
  if (header === undefined) return Object.create(null);
  return parseCookie(decodeText(header), DECODING);
}

const DECODING = { decode: decodeValue };

/** What Django quoted is unquoted, everything else is percent-decoded where it can be. */
function decodeValue(value: string): string {
  if (value.length >= 2 && value.startsWith('"') && value.endsWith('"')) return unquote(value);
  if (!value.includes("%")) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** `"a\054b"` → `a,b`: the quoting of Python's http.cookies. */
function unquote(quoted: string): string {
  return quoted
    .slice(1, -1)
    .replaceAll(/\\(?:([0-3][0-7][0-7])|(.))/g, (_match, octal?: string, character?: string) =>
      octal === undefined ? (character ?? "") : String.fromCharCode(Number.parseInt(octal, 8)),
    );
}

/** The value of one `Set-Cookie` header. */
export function formatCookie(
  name: string,
  value: string,
  options: CookieOptions = {},
  now: () => number = Date.now,
): string {
  const { maxAge, expires, ...attributes } = options;
  if (maxAge !== undefined && expires !== undefined)
    throw new TypeError("'expires' and 'maxAge' can't be used together.");
  const cookie: SetCookie = { path: "/", ...attributes, name, value };
  if (maxAge !== undefined) setLife(cookie, Math.trunc(maxAge), now());
  else if (expires !== undefined) setExpiry(cookie, expires, now());
  checkRules(cookie);
  return stringifySetCookie(cookie);
}

function setLife(cookie: SetCookie, seconds: number, now: number): void {
  cookie.maxAge = seconds;
  cookie.expires = new Date(now + seconds * 1000);
}

/** The second that has begun counts, as in Django: what is left of it is longer than nothing. */
function setExpiry(cookie: SetCookie, expires: Date, now: number): void {
  cookie.maxAge = Math.max(0, Math.ceil((expires.getTime() - now) / 1000));
  cookie.expires = expires;
}

const HOST_PREFIX = /^__Host-/i;
const SECURE_PREFIX = /^__(?:Host|Secure)-/i;

/** A browser drops a cookie that breaks these without a word (RFC 6265bis section 5.7; CHIPS). */
function checkRules({ name, secure, domain, path, partitioned }: SetCookie): void {
  if (SECURE_PREFIX.test(name) && secure !== true)
    throw new TypeError(`the cookie ${name} needs 'secure': its prefix promises it`);
  if (HOST_PREFIX.test(name) && (path !== "/" || (domain !== undefined && domain !== "")))
    throw new TypeError(
      `the cookie ${name} needs the path "/" and no domain: its prefix promises them`,
    );
  if (partitioned === true && secure !== true)
    throw new TypeError(`the cookie ${name} is 'partitioned' and so needs 'secure'`);
}

/** The `Set-Cookie` value that makes a browser forget the cookie. Path and domain must be those it was set with. */
export function formatDeletedCookie(name: string, options: CookieAttributes = {}): string {
  const secure =
    SECURE_PREFIX.test(name) || options.sameSite === "none" || options.partitioned === true;
  const { path = "/" } = options;
  const cookie: SetCookie = { ...options, path, ...(secure && { secure }), name, value: "" };
  setLife(cookie, 0, 0);
  checkRules(cookie);
  return stringifySetCookie(cookie);
}
