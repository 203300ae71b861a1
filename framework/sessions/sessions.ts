/**
 * The sessions of a site: from its settings to where they are kept.
 *
 * Layer 5 (sessions). Errors: `ImproperlyConfigured` from the engine.
 */
import type { SessionEngineSettings } from "../conf/session-engine.ts";
import type { SessionSettings } from "../conf/sections/sessions.ts";
import type { MaybePromise } from "../utils/maybe-promise.ts";
import { sqliteSessions } from "./backends/sqlite.ts";
import { SessionCodec } from "./codec.ts";
import { CookieKeeper } from "./cookie-keeper.ts";
import type { SessionKeeper } from "./keeper.ts";
import { RecordKeeper } from "./record-keeper.ts";
import { Session, type SessionOptions } from "./session.ts";

type SessionsSettings = SessionSettings & SessionEngineSettings;

/** A store may hold what it keeps in memory: one per site. */
const known = new WeakMap<SessionsSettings, Sessions>();

/** The same object for the same settings: middleware, commands and tests see the same sessions. */
export function sessionsOf(settings: SessionsSettings): Sessions {
  const sessions = known.get(settings) ?? new Sessions(settings);
  known.set(settings, sessions);
  return sessions;
}

export class Sessions {
  readonly #keeper: SessionKeeper;
  readonly #options: SessionOptions;

  constructor(settings: SessionsSettings) {
    this.#keeper = createKeeper(settings);
    this.#options = {
      cookieAge: settings.SESSION_COOKIE_AGE,
      expireAtBrowserClose: settings.SESSION_EXPIRE_AT_BROWSER_CLOSE,
    };
  }

  /** Sessions have to be loaded before they are used. */
  get isAsync(): boolean {
    return this.#keeper.isAsync;
  }

  /** The session of a cookie, or one that is new. Nothing is read yet. `warn` hears of what is wrong with it. */
  open(findKey?: () => string | undefined, warn: (message: string) => void = ignore): Session {
    return new Session(this.#keeper, this.#options, warn, findKey);
  }

  /** Removes what has expired, and says how many sessions that were; `undefined` where the engine cannot. */
  clearExpired(): MaybePromise<number> | undefined {
    return this.#keeper.clearExpired();
  }
}

function createKeeper(settings: SessionsSettings): SessionKeeper {
  const store = (settings.SESSION_ENGINE ?? sqliteSessions)(settings);
  const age = settings.SESSION_COOKIE_AGE;
  if (store === "cookie")
    return new CookieKeeper(
      new SessionCodec(settings, "django.contrib.sessions.backends.signed_cookies"),
      age,
    );
  const codec = new SessionCodec(settings, "django.contrib.sessions.SessionStore");
  return new RecordKeeper(store, codec, age);
}

function ignore(): void {
  // Nobody wants to know.
}
