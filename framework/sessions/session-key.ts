/**
 * The keys of sessions: whoever has one is the user, so they cannot be guessed.
 *
 * Layer 5 (sessions). Source: Django contrib/sessions/backends/base.py (`VALID_KEY_CHARS`, `_get_new_session_key`).
 * Differs from Django: what does not look like a key is none; Django takes any text of eight characters or more.
 */
import { getRandomString } from "../signing/crypto.ts";

const LENGTH = 32;
const CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

export function createSessionKey(): string {
  return getRandomString(LENGTH, CHARACTERS);
}

/** Keys come from clients and end up in file names and queries: nothing else gets that far. */
export function isSessionKey(text: string): boolean {
  return /^[a-z0-9]{32}$/.test(text);
}
