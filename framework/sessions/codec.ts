/**
 * Session data as signed texts, and back. The bytes are Django's: either reads what the other has written.
 *
 * Layer 5 (sessions). Pure but for the clock in signatures.
 * Source: Django contrib/sessions/backends/base.py (`encode`, `decode`), backends/signed_cookies.py.
 */
import { fromBase62 } from "../signing/base62.ts";
import { BadSignature } from "../signing/exceptions.ts";
import { TimestampSigner } from "../signing/timestamp-signer.ts";

/** What a session holds, by key. */
export type SessionMap = Map<string, unknown>;

export interface CodecSettings {
  readonly SECRET_KEY: string;
  readonly SECRET_KEY_FALLBACKS: readonly string[];
}

/** The salt of sessions in a store, and that of sessions in cookies. */
export type SessionSalt =
  | "django.contrib.sessions.SessionStore"
  | "django.contrib.sessions.backends.signed_cookies";

export class SessionCodec {
  readonly #signer: TimestampSigner;

  constructor({ SECRET_KEY, SECRET_KEY_FALLBACKS }: CodecSettings, salt: SessionSalt) {
    this.#signer = new TimestampSigner({
      key: SECRET_KEY,
      fallbackKeys: SECRET_KEY_FALLBACKS,
      salt,
    });
  }

  /** Throws `UnsignableValue` for what is no JSON, naming where it is. */
  encode(data: SessionMap): string {
    return this.#signer.signObject(Object.fromEntries(data), { compress: true });
  }

  /** `undefined` for a text that was not signed here, or was changed since. */
  decode(text: string): SessionMap | undefined {
    try {
      return toMap(this.#signer.unsignObject(text));
    } catch (error) {
      if (error instanceof BadSignature) return undefined;
      throw error;
    }
  }
}

/** When a text that was decoded had been signed, in milliseconds since 1970. */
export function signedAt(text: string): number {
  return (fromBase62(text.split(":").at(-2) ?? "") ?? 0) * 1000;
}

function toMap(value: unknown): SessionMap {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return new Map();
  return new Map(Object.entries(value));
}
