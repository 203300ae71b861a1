/**
 * Where sessions are kept, as the rest of the framework knows it.
 *
 * Layer 4 (conf). Types only. Why here: SESSION_ENGINE is a setting, while the engines are made from settings, one
 * layer up (sessions/backends/). Units: times in milliseconds since 1970.
 */
import type { MaybePromise } from "../utils/maybe-promise.ts";

/** A session as it is kept: a signed text, and until when it is worth anything. */
export interface StoredSession {
  readonly text: string;
  readonly expires: number;
}

/**
 * What keeps sessions, each under a key of 32 characters of `[a-z0-9]`, which is checked before it gets here.
 * One whose methods return promises says so with `isAsync`: its sessions are then loaded before the view is called.
 */
export interface SessionStore {
  readonly isAsync?: boolean;
  /** `undefined` for a key that nothing is kept under, or nothing that has not expired. */
  read(key: string): MaybePromise<StoredSession | undefined>;
  /**
   * Keeps `session` if what is kept now has the text `previous` (`undefined`: if nothing is), and says whether it did.
   * To compare and to write must be one step: this is how two requests that change one session notice each other.
   */
  write(key: string, session: StoredSession, previous: string | undefined): MaybePromise<boolean>;
  /**
   * Forgets the session; with `previous`, only if that is its text. Says whether there was such a session: none is no
   * error.
   */
  delete(key: string, previous?: string): MaybePromise<boolean>;
  /** Forgets what has expired, and says how many sessions that were. Absent where nothing stays behind. */
  clearExpired?(): MaybePromise<number>;
}

/** The settings that an engine may need. */
export interface SessionEngineSettings {
  readonly BASE_DIR: string | null;
  readonly SECRET_KEY: string;
  readonly SECRET_KEY_FALLBACKS: readonly string[];
  readonly SESSION_COOKIE_AGE: number;
  readonly SESSION_COOKIE_NAME: string;
  readonly SESSION_FILE_PATH: string | null;
  readonly SESSION_SQLITE_PATH: string | null;
}

/**
 * Makes the store of a site, once, when its application is built. `"cookie"` instead of a store: the session cookie
 * holds the data itself.
 */
export type SessionEngine = (settings: SessionEngineSettings) => SessionStore | "cookie";
