/**
 * Sessions in a store: the cookie holds a key, the store a record under it.
 *
 * Layer 5 (sessions). Errors: `SessionInterrupted`, `SessionNotSaved`.
 * Source: Django contrib/sessions/backends/db.py. Differs from Django: a record that has changed since it was loaded is
 * merged with, not overwritten. No `async` here: a store that does not wait is not waited for.
 */
import type { SessionStore, StoredSession } from "../conf/session-engine.ts";
import { type MaybePromise, whenReady } from "../utils/maybe-promise.ts";
import type { SessionCodec, SessionMap } from "./codec.ts";
import { SessionInterrupted, SessionNotSaved } from "./exceptions.ts";
import { EXPIRY_KEY, expiryTime } from "./expiry.ts";
import type { LoadedSession, SavedSession, SessionDraft, SessionKeeper } from "./keeper.ts";
import { createSessionKey, isSessionKey } from "./session-key.ts";

/** Each try that fails means that another request got ahead. */
const MOST_TRIES = 100;

export class RecordKeeper implements SessionKeeper {
  readonly isAsync: boolean;
  readonly #store: SessionStore;
  readonly #codec: SessionCodec;
  readonly #cookieAge: number;

  /** `cookieAge` in seconds. */
  constructor(store: SessionStore, codec: SessionCodec, cookieAge: number) {
    this.isAsync = store.isAsync === true;
    this.#store = store;
    this.#codec = codec;
    this.#cookieAge = cookieAge;
  }

  isKey(cookie: string): boolean {
    return isSessionKey(cookie);
  }

  createKey(): string {
    return createSessionKey();
  }

  decode(text: string): SessionMap {
    return this.#codec.decode(text) ?? new Map();
  }

  load(key: string): MaybePromise<LoadedSession | undefined> {
    return whenReady(this.#store.read(key), (stored) => {
      if (stored === undefined) return undefined;
      const data = this.#codec.decode(stored.text);
      return { data: data ?? new Map(), text: stored.text, isCorrupted: data === undefined };
    });
  }

  save(draft: SessionDraft): MaybePromise<SavedSession> {
    const { key, newKey, data } = draft;
    if (key === undefined) return this.#create(data, newKey);
    if (newKey !== undefined) return this.#move(key, newKey, draft);
    return this.#replace(key, data, draft.text, draft);
  }

  delete(key: string): MaybePromise<unknown> {
    return this.#store.delete(key);
  }

  clearExpired(): MaybePromise<number> | undefined {
    return this.#store.clearExpired?.();
  }

  #create(
    data: SessionMap,
    key: string = createSessionKey(),
    tries: number = 1,
  ): MaybePromise<SavedSession> {
    const stored = this.#toStored(data);
    return whenReady(this.#store.write(key, stored, undefined), (done) => {
      if (done) return { key, data, text: stored.text };
      if (tries === MOST_TRIES) throw new SessionNotSaved(tries);
      return this.#create(data, createSessionKey(), tries + 1);
    });
  }

  #replace(
    key: string,
    data: SessionMap,
    previous: string | undefined,
    draft: SessionDraft,
    tries: number = 1,
  ): MaybePromise<SavedSession> {
    const stored = this.#toStored(data);
    return whenReady(this.#store.write(key, stored, previous), (done) => {
      if (done) return { key, data, text: stored.text };
      if (tries === MOST_TRIES) throw new SessionNotSaved(tries);
      return whenReady(this.#current(key), (current) => {
        const merged = this.#mergeWith(current, draft);
        return this.#replace(key, merged, current.text, draft, tries + 1);
      });
    });
  }

  /** Under the old key it is gone before it is there under the new one, so that nobody can change it in between. */
  #move(
    key: string,
    newKey: string,
    draft: SessionDraft,
    tries: number = 1,
  ): MaybePromise<SavedSession> {
    return whenReady(this.#current(key), (current) =>
      whenReady(this.#store.delete(key, current.text), (done) => {
        if (done) return this.#create(this.#mergeWith(current, draft), newKey);
        if (tries === MOST_TRIES) throw new SessionNotSaved(tries);
        return this.#move(key, newKey, draft, tries + 1);
      }),
    );
  }

  #current(key: string): MaybePromise<StoredSession> {
    return whenReady(this.#store.read(key), (stored) => {
      if (stored === undefined) throw new SessionInterrupted();
      return stored;
    });
  }

  #mergeWith(current: StoredSession, draft: SessionDraft): SessionMap {
    return current.text === draft.text ? draft.data : draft.merge(this.decode(current.text));
  }

  #toStored(data: SessionMap): StoredSession {
    return {
      text: this.#codec.encode(data),
      expires: expiryTime(data.get(EXPIRY_KEY), this.#cookieAge, Date.now()),
    };
  }
}
