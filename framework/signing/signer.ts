/**
 * Signed texts, `value:signature`: whoever has them can read them, only who knows the key can make them.
 *
 * Layer 1. Pure. Errors: `BadSignature`; `UnsignableValue`, `UnsafeSeparator`, `InvalidAlgorithm` and
 * `ImproperlyConfigured` (an empty key) for mistakes in the project.
 * Source: Django core/signing.py; the same bytes for the same key and salt.
 * Differs from Django: keys come in as parameters; a subclass keeps the salt of its parent unless it passes its own.
 */
import { ImproperlyConfigured } from "../exceptions.ts";
import {
  type BytesOrText,
  constantTimeCompare,
  deriveKey,
  isEncodable,
  keyedHash,
} from "./crypto.ts";
import { BadSignature, UnsafeSeparator } from "./exceptions.ts";
import {
  packPayload,
  type PackOptions,
  type PayloadOptions,
  toBase64Url,
  unpackPayload,
} from "./payload.ts";

export interface SignerOptions {
  /** Signs; a project's `SECRET_KEY`. */
  readonly key: BytesOrText;
  /** Keys that signed before this one did: accepted, not used. @default [] */
  readonly fallbackKeys?: readonly BytesOrText[] | undefined;
  /** Between value and signature. @default ":" */
  readonly sep?: string | undefined;
  /** What the signature is for: a text signed with one salt is refused with another. @default Django's */
  readonly salt?: string | undefined;
  /** A hash of node:crypto. @default "sha256" */
  readonly algorithm?: string | undefined;
}

/** The range from A to z is Django's: what stands between Z and a is refused as well. */
const UNSAFE_SEPARATOR = /^[A-z0-9_=-]*$/;

/**
 * Signs and checks. Made once, used often: keys are derived in the constructor, and cannot be read back.
 * May be overridden: `sign`, `unsign`; `signObject` and `unsignObject` are built on these.
 */
export class Signer {
  readonly sep: string;
  readonly salt: string;
  readonly algorithm: string;
  readonly #keys: readonly [Buffer, ...Buffer[]];

  constructor({ key, fallbackKeys = [], sep = ":", salt, algorithm = "sha256" }: SignerOptions) {
    if (UNSAFE_SEPARATOR.test(sep)) throw new UnsafeSeparator(sep);
    this.sep = sep;
    this.salt = salt || "django.core.signing.Signer";
    this.algorithm = algorithm;
    this.#keys = [this.#derive(key), ...fallbackKeys.map((fallback) => this.#derive(fallback))];
  }

  /** The signature alone, of the newest key. */
  signature(value: BytesOrText): string {
    return this.#signature(value, this.#keys[0]);
  }

  sign(value: string): string {
    return `${value}${this.sep}${this.signature(value)}`;
  }

  /** The value, if one of the keys signed it. */
  unsign(signed: string): string {
    const [value, signature] = splitAtLast(signed, this.sep);
    if (isEncodable(value) && this.#keys.some((key) => this.#isRight(value, signature, key)))
      return value;
    throw new BadSignature(`Signature "${signature}" does not match`);
  }

  /** Packs the value into a text, and signs that. */
  signObject(value: unknown, options: PackOptions = {}): string {
    return this.sign(packPayload(value, options));
  }

  unsignObject(signed: string, options: PayloadOptions = {}): unknown {
    return unpackPayload(this.unsign(signed), options);
  }

  #derive(key: BytesOrText): Buffer {
    if (key.length === 0)
      throw new ImproperlyConfigured(
        "A key to sign with is empty; SECRET_KEY and each of its fallbacks must be long, random and secret.",
      );
    return deriveKey(`${this.salt}signer`, key, this.algorithm);
  }

  #isRight(value: string, signature: string, key: Buffer): boolean {
    return constantTimeCompare(signature, this.#signature(value, key));
  }

  #signature(value: BytesOrText, key: Buffer): string {
    return toBase64Url(keyedHash(key, value, this.algorithm));
  }
}

/** What stands before and after the last separator. */
export function splitAtLast(text: string, separator: string): readonly [string, string] {
  const index = text.lastIndexOf(separator);
  if (index < 0) throw new BadSignature(`No "${separator}" found in value`);
  return [text.slice(0, index), text.slice(index + separator.length)];
}
