/**
 * What a session asks of the place where it is kept: a store (record-keeper.ts) or its own cookie (cookie-keeper.ts).
 *
 * Layer 5 (sessions). Types only.
 */
import type { MaybePromise } from "../utils/maybe-promise.ts";
import type { SessionMap } from "./codec.ts";

export interface LoadedSession {
  readonly data: SessionMap;
  /** What was read, signature and all: by this another request's change is noticed. */
  readonly text: string;
  /** It was there, but could not be read, and counts as empty. */
  readonly isCorrupted: boolean;
}

/** A session that is to be saved. */
export interface SessionDraft {
  /** What it was loaded by; `undefined` for a new one. */
  readonly key: string | undefined;
  /** What was loaded. */
  readonly text: string | undefined;
  /** The key that it gets, where that is another one. */
  readonly newKey: string | undefined;
  readonly data: SessionMap;
  /** The data, if `theirs` was loaded instead. */
  merge(theirs: SessionMap): SessionMap;
}

export interface SavedSession {
  readonly key: string;
  readonly data: SessionMap;
  readonly text: string;
}

export interface SessionKeeper {
  /** Loading and saving have to be waited for. */
  readonly isAsync: boolean;
  /** Whether a cookie can be the key of a session. */
  isKey(cookie: string): boolean;
  /** A key for a session that is to have another one; `undefined` where keys are not chosen. */
  createKey(): string | undefined;
  /** What a text of this keeper says. */
  decode(text: string): SessionMap;
  load(key: string): MaybePromise<LoadedSession | undefined>;
  /** Throws `SessionInterrupted` when the session was deleted since it was loaded. */
  save(draft: SessionDraft): MaybePromise<SavedSession>;
  delete(key: string): MaybePromise<unknown>;
  /** `undefined` where that cannot be done. */
  clearExpired(): MaybePromise<number> | undefined;
}
