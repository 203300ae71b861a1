/**
 * Whole numbers in base 62: the timestamps of signatures.
 *
 * Layer 1. Pure. Source: Django core/signing.py (`b62_encode`, `b62_decode`).
 */
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** 62 → `10`, -61 → `-z`. */
export function toBase62(number: number): string {
  if (number < 0) return `-${toBase62(-number)}`;
  const last = DIGITS.charAt(number % 62);
  return number < 62 ? last : toBase62(Math.floor(number / 62)) + last;
}

/** `10` → 62; `undefined` for what is no base 62, or more than a number can hold exactly. */
export function fromBase62(text: string): number | undefined {
  if (!/^-?[0-9A-Za-z]+$/.test(text)) return undefined;
  if (text.startsWith("-")) return negative(fromBase62(text.slice(1)));
  let number = 0;
  for (const digit of text) number = number * 62 + DIGITS.indexOf(digit);
  return Number.isSafeInteger(number) ? number : undefined;
}

function negative(number: number | undefined): number | undefined {
  return number === undefined ? undefined : 0 - number;
}
