/**
 * Values as signed texts in one call, for cookies, links and hidden fields.
 *
 * Layer 1. Pure but for the clock, which comes in as a parameter. Errors and units: those of `TimestampSigner`.
 * Source: Django core/signing.py (`dumps`, `loads`).
 */
import type { PackOptions, PayloadOptions } from "./payload.ts";
import {
  type AgeOptions,
  TimestampSigner,
  type TimestampSignerOptions,
} from "./timestamp-signer.ts";

/** Separator and algorithm are always `:` and sha256. */
type KeyOptions = Pick<TimestampSignerOptions, "key" | "salt" | "now">;

export interface DumpsOptions extends KeyOptions, PackOptions {}

export interface LoadsOptions
  extends KeyOptions, PayloadOptions, AgeOptions, Pick<TimestampSignerOptions, "fallbackKeys"> {}

/** `{ a: 1 }` → `eyJhIjoxfQ:8M0kX:3Otm2n…`. Readable by everybody. */
export function dumps(value: unknown, options: DumpsOptions): string {
  return createSigner(options).signObject(value, options);
}

/** What `dumps` was given; what it looks like is for the caller to know. */
export function loads(signed: string, options: LoadsOptions): unknown {
  return createSigner(options).unsignObject(signed, options);
}

function createSigner({ key, fallbackKeys, salt, now }: LoadsOptions): TimestampSigner {
  return new TimestampSigner({ key, fallbackKeys, now, salt: salt ?? "django.core.signing" });
}
