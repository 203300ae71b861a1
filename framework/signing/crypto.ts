/**
 * Keyed hashes, comparison in constant time, random texts.
 *
 * Layer 1. Pure but for the randomness, which comes in as a parameter.
 * Errors: `InvalidAlgorithm`; `UnsignableValue` for a text without UTF-8; `RangeError` for a length or an alphabet
 * that gives no text.
 * Source: Django utils/crypto.py.
 * Differs from Django: no default secret and no default algorithm; the digest comes back, not an HMAC object.
 */
import { createHash, createHmac, randomInt, timingSafeEqual } from "node:crypto";
import { InvalidAlgorithm, UnsignableValue } from "./exceptions.ts";

/** What a hash takes: bytes, or a text that stands for its UTF-8. */
export type BytesOrText = string | Uint8Array;

const LETTERS_AND_DIGITS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** The key of one use of a secret: the hash of `keySalt` and `secret`, one after the other. */
export function deriveKey(keySalt: BytesOrText, secret: BytesOrText, algorithm: string): Buffer {
  if (!makesHmacs(algorithm)) throw new InvalidAlgorithm(algorithm);
  return createHash(algorithm).update(toBytes(keySalt)).update(toBytes(secret)).digest();
}

/** The HMAC of `value` with a derived key. */
export function keyedHash(key: Uint8Array, value: BytesOrText, algorithm: string): Buffer {
  return createHmac(algorithm, key).update(toBytes(value)).digest();
}

/** The HMAC of `value` with a key of its own. Each use of a secret needs another `keySalt`. */
export function saltedHmac(
  keySalt: BytesOrText,
  value: BytesOrText,
  secret: BytesOrText,
  algorithm: string,
): Buffer {
  return keyedHash(deriveKey(keySalt, secret, algorithm), value, algorithm);
}

/** Whether both are the same; how long it takes says nothing about where they differ. */
export function constantTimeCompare(one: BytesOrText, other: BytesOrText): boolean {
  // Halves of surrogate pairs have no UTF-8: all of them would become U+FFFD and be the same.
  if (!isEncodable(one) || !isEncodable(other)) return false;
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Whether the text has a UTF-8; bytes need none. */
export function isEncodable(value: BytesOrText): boolean {
  return typeof value !== "string" || value.isWellFormed();
}

/** A text that cannot be guessed. `randomIndex` gives an integer from 0 up to and without its argument. */
export function getRandomString(
  length: number,
  allowedChars: string = LETTERS_AND_DIGITS,
  randomIndex: (limit: number) => number = randomInt,
): string {
  const characters = Array.from(allowedChars);
  if (characters.length === 0) throw new RangeError("allowedChars is empty");
  return Array.from({ length: checkLength(length) }, () =>
    characters.at(randomIndex(characters.length)),
  ).join("");
}

function toBytes(value: BytesOrText): Uint8Array {
  if (isEncodable(value)) return Buffer.from(value);
  throw new UnsignableValue("The text holds half of a surrogate pair, so it has no UTF-8.");
}

function checkLength(length: number): number {
  if (Number.isSafeInteger(length) && length >= 0) return length;
  throw new RangeError(`a text cannot have ${length} characters`);
}

function makesHmacs(algorithm: string): boolean {
  try {
    createHmac(algorithm, "");
    return true;
  } catch {
    return false;
  }
}
