/**
 * Signed cookies: the client can read them, but not change them.
 *
 * Layer 2 (http). Pure but for the signer that comes in. Units: `maxAge` in seconds.
 * Errors: `BadSignature` for a cookie that was changed, `SignatureExpired` for one that is too old.
 * Source: Django http/request.py (`get_signed_cookie`), http/response.py (`set_signed_cookie`); the signatures are
 * Django's, byte for byte.
 * Differs from Django: a cookie that is not there is `undefined`, not an error; a response is signed when it leaves.
 */
import { getCookieSalt } from "../signing/cookie-signer.ts";
import { BadSignature } from "../signing/exceptions.ts";
import type { TimestampSigner } from "../signing/timestamp-signer.ts";

/** What signs and reads cookies: made of the site's keys, for one salt. */
export interface CookieSigning {
  readonly signer: (salt: string) => TimestampSigner;
  /** Read also what a Django before 5.2.15 has signed, whose salts were ambiguous. */
  readonly legacySalt: boolean;
}

export interface SignedCookieOptions {
  /** Keeps cookies of the same name and different purpose apart. @default "" */
  readonly salt?: string;
  /** How old the cookie may be, in seconds, whatever the browser says. */
  readonly maxAge?: number;
}

/** The value of a signed cookie. */
export function readSignedCookie(
  name: string,
  signed: string,
  { signer, legacySalt }: CookieSigning,
  { salt = "", maxAge }: SignedCookieOptions,
): string {
  const age = maxAge === undefined ? {} : { maxAge };
  try {
    return signer(getCookieSalt(name, salt)).unsign(signed, age);
  } catch (error) {
    if (!legacySalt || !isOnlyBad(error)) throw error;
    return signer(name + salt).unsign(signed, age);
  }
}

/** An old cookie was signed rightly; another salt cannot make it younger. */
function isOnlyBad(error: unknown): boolean {
  return error instanceof BadSignature && error.code === "signing.bad_signature";
}

/** The value of the cookie that is to be set. */
export function signCookie(
  name: string,
  value: string,
  salt: string,
  { signer }: CookieSigning,
): string {
  return signer(getCookieSalt(name, salt)).sign(value);
}
