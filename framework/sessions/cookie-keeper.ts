/**
 * Sessions in their cookie: signed, so that nobody can change them, and readable by whoever has the cookie.
 *
 * Layer 5 (sessions). Nothing is kept here, so nothing can be compared: of two requests that change one session at once,
 * the answer that the browser gets last decides, and a cookie that was copied is good until it expires.
 * Source: Django contrib/sessions/backends/signed_cookies.py. Differs from Django: the session's own expiry counts
 * here too, not only in the browser.
 */
import { type SessionCodec, type SessionMap, signedAt } from "./codec.ts";
import { EXPIRY_KEY, expiryTime } from "./expiry.ts";
import type { LoadedSession, SavedSession, SessionDraft, SessionKeeper } from "./keeper.ts";

export class CookieKeeper implements SessionKeeper {
  readonly isAsync = false;
  readonly #codec: SessionCodec;
  readonly #cookieAge: number;

  /** `cookieAge` in seconds. */
  constructor(codec: SessionCodec, cookieAge: number) {
    this.#codec = codec;
    this.#cookieAge = cookieAge;
  }

  isKey(cookie: string): boolean {
    return cookie !== "";
  }

  createKey(): undefined {
    return undefined;
  }

  decode(text: string): SessionMap {
    return this.#codec.decode(text) ?? new Map();
  }

  load(text: string): LoadedSession | undefined {
    const data = this.#codec.decode(text);
    if (data === undefined) return undefined;
    const end = expiryTime(data.get(EXPIRY_KEY), this.#cookieAge, signedAt(text));
    return Date.now() > end ? undefined : { data, text, isCorrupted: false };
  }

  save({ data }: SessionDraft): SavedSession {
    const text = this.#codec.encode(data);
    return { key: text, data, text };
  }

  delete(): void {
    // The cookie is with the browser; it is deleted by the response.
  }

  clearExpired(): number {
    return 0;
  }
}
