/**
 * Secrets, and the tokens that carry them.
 *
 * Layer 6 (csrf). Pure but for the randomness of new ones.
 * Units: characters of `a-z A-Z 0-9`, in that order; a secret has 32, a token 64: a mask, and the secret shifted by it.
 * The mask is new each time, so that a compressed page gives nothing away (BREACH), and each token of a secret is as good.
 * Source: Django middleware/csrf.py, byte for byte, so that what either has written the other reads.
 */
import { constantTimeCompare, getRandomString } from "../signing/crypto.ts";

const CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

const SECRET_LENGTH = 32;
const TOKEN_LENGTH = 64;

export function newSecret(): string {
  return getRandomString(SECRET_LENGTH, CHARACTERS);
}

/** A token for `secret`, another one each time. */
export function maskSecret(secret: string, mask: string = newSecret()): string {
  return mask + shift(secret, mask, 1);
}

/** The secret of a token that has the right format. */
export function unmaskToken(token: string): string {
  return shift(token.slice(SECRET_LENGTH), token.slice(0, SECRET_LENGTH), -1);
}

/** The secret in a cookie or session: bare, or masked as Django before 4.0 has written it. */
export function secretOf(stored: string): string {
  return stored.length === TOKEN_LENGTH ? unmaskToken(stored) : stored;
}

/** What is wrong with the format of a secret or a token, to be read after its name; `undefined` when nothing is. */
export function formatFault(text: string): string | undefined {
  if (text.length !== TOKEN_LENGTH && text.length !== SECRET_LENGTH) return "has incorrect length";
  return /^[a-zA-Z0-9]+$/.test(text) ? undefined : "has invalid characters";
}

/** Whether `token`, masked or bare and of the right format, holds `secret`. */
export function tokenMatches(token: string, secret: string): boolean {
  return constantTimeCompare(secretOf(token), secret);
}

function shift(text: string, by: string, direction: 1 | -1): string {
  const count = CHARACTERS.length;
  let shifted = "";
  for (let index = 0; index < text.length; index += 1) {
    const sum = indexAt(text, index) + direction * indexAt(by, index);
    shifted += CHARACTERS.charAt((sum + count) % count);
  }
  return shifted;
}

function indexAt(text: string, index: number): number {
  return CHARACTERS.indexOf(text.charAt(index));
}
