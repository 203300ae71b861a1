/**
 * The signer of Django's signed cookies: sites that share a `SECRET_KEY` read each other's.
 *
 * Layer 1. Pure but for the clock, which comes in as a parameter.
 * Source: Django core/signing.py (`get_cookie_signer`), http/response.py (`set_signed_cookie`).
 */
import type { BytesOrText } from "./crypto.ts";
import { TimestampSigner } from "./timestamp-signer.ts";

/** Signs with keys of their own, so a text that something else signed is never a right cookie. */
export function getCookieSigner(
  secretKey: BytesOrText,
  fallbackKeys: readonly BytesOrText[] = [],
  salt: string = "django.core.signing.get_cookie_signer",
  now: () => number = Date.now,
): TimestampSigner {
  return new TimestampSigner({
    key: toCookieKey(secretKey),
    fallbackKeys: fallbackKeys.map(toCookieKey),
    salt,
    now,
  });
}

/**
 * The salt of one signed cookie. The length keeps name and salt apart: `ab` + `c` is not `a` + `bc`.
 * Before Django 5.2.15 and 6.0.6 the salt was the name and the salt alone, in this order.
 */
export function getCookieSalt(name: string, salt: string = ""): string {
  // Python counts characters, not UTF-16 units.
  return `django.http.cookies.v2:${Array.from(salt).length}:${salt}${name}`;
}

function toCookieKey(key: BytesOrText): BytesOrText {
  // An empty key stays empty: the signer refuses it.
  return key.length === 0
    ? key
    : Buffer.concat([Buffer.from("django.http.cookies"), Buffer.from(key)]);
}
