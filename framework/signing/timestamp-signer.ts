/**
 * Signed texts that know when they were signed: `value:timestamp:signature`.
 *
 * Layer 1. Pure but for the clock, which comes in as a parameter. Units: `maxAge` in seconds, the clock in
 * milliseconds; the timestamp counts seconds since 1970, in base 62. Errors: those of `Signer`, and `SignatureExpired`.
 * Source: Django core/signing.py.
 */
import { fromBase62, toBase62 } from "./base62.ts";
import { BadSignature, SignatureExpired } from "./exceptions.ts";
import { type PayloadOptions, unpackPayload } from "./payload.ts";
import { Signer, type SignerOptions, splitAtLast } from "./signer.ts";

export interface TimestampSignerOptions extends SignerOptions {
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: (() => number) | undefined;
}

export interface AgeOptions {
  /** In seconds; absent, signatures of any age are right. */
  readonly maxAge?: number | undefined;
}

/** A `Signer` whose signatures can expire. May also be overridden: `timestamp`. */
export class TimestampSigner extends Signer {
  readonly #now: () => number;

  constructor({ now = Date.now, ...options }: TimestampSignerOptions) {
    super({ ...options, salt: options.salt || "django.core.signing.TimestampSigner" });
    this.#now = now;
  }

  timestamp(): string {
    return toBase62(Math.trunc(this.#now() / 1000));
  }

  override sign(value: string): string {
    return super.sign(`${value}${this.sep}${this.timestamp()}`);
  }

  override unsign(signed: string, { maxAge }: AgeOptions = {}): string {
    const [value, timestamp] = splitAtLast(super.unsign(signed), this.sep);
    const seconds = fromBase62(timestamp);
    if (seconds === undefined) throw new BadSignature(`"${timestamp}" is no timestamp`);
    if (maxAge !== undefined) checkAge((this.#now() - seconds * 1000) / 1000, maxAge);
    return value;
  }

  override unsignObject(signed: string, options: PayloadOptions & AgeOptions = {}): unknown {
    return unpackPayload(this.unsign(signed, options), options);
  }
}

function checkAge(age: number, maxAge: number): void {
  // Not `age > maxAge`: a limit that is not a number must not mean "no limit".
  if (!(age <= maxAge)) throw new SignatureExpired(age, maxAge);
}
