/**
 * The sessions of a site: from its settings to where they are kept.
 *
 * Layer 5 (sessions). Errors: `ImproperlyConfigured` from the engine.
 */
import type { SessionEngineSettings } from "../conf/session-engine.ts";
import type { SessionSettings } from "../conf/sections/sessions.ts";
import { getOrInsert } from "../utils/get-or-insert.ts";
import type { MaybePromise } from "../utils/maybe-promise.ts";
import { sqliteSessions } from "./backends/sqlite.ts";
import { SessionCodec } from "./codec.ts";
import { CookieKeeper } from "./cookie-keeper.ts";
import type { SessionKeeper } from "./keeper.ts";
import { RecordKeeper } from "./record-keeper.ts";
import { Session, type SessionOptions } from "./session.ts";
import type { SessionClient } from "./session-state.ts";

type SessionsSettings = SessionSettings & SessionEngineSettings;

/** A store may hold what it keeps in memory: one per site. */
const known = new WeakMap<SessionsSettings, Sessions>();

/** The same object for the same settings: middleware, commands and tests see the same sessions. */
export function sessionsOf(settings: SessionsSettings): Sessions {
  return getOrInsert(known, settings, () => new Sessions(settings));
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

  /** The session of a client, or one that is new. Nothing is read yet. */
  open(client: SessionClient = NOBODY): Session {
    return new Session(this.#keeper, this.#options, client);
  }

  /** The session that is kept under a key, or a new one if there is none. */
  at(key: string | undefined, warn: (message: string) => void = ignore): Session {
    return this.open({ cookie: () => key, warn });
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

const NOBODY: SessionClient = { cookie: ignore, warn: ignore };

function ignore(): undefined {
  // Nobody wants to know.
}
