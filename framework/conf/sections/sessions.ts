/**
 * Settings: Sessions, where they are kept, and their cookie.
 *
 * Layer 4 (conf). Source: Django conf/global_settings.py.
 */
import {
  ABSOLUTE_PATH_OR_NULL,
  BOOLEAN,
  type Checks,
  DOMAIN_OR_NULL,
  NOT_EMPTY,
  SAME_SITE_OR_NULL,
} from "../check-kinds.ts";
import type { SessionEngine } from "../session-engine.ts";

export interface SessionSettings {
  /** How long a session lives after it was saved last, in seconds. @default 1_209_600 (two weeks) */
  readonly SESSION_COOKIE_AGE: number;
  /** The domain of the cookie, `".example.com"` for all below it; `null` for the host alone. @default null */
  readonly SESSION_COOKIE_DOMAIN: string | null;
  /** Hide the cookie from scripts. @default true */
  readonly SESSION_COOKIE_HTTPONLY: boolean;
  /** The name of the cookie. @default "sessionid" */
  readonly SESSION_COOKIE_NAME: string;
  /** The path of the cookie. @default "/" */
  readonly SESSION_COOKIE_PATH: string;
  /** When browsers send the cookie along with requests from other sites; `null` to leave it to them. @default "lax" */
  readonly SESSION_COOKIE_SAMESITE: "lax" | "strict" | "none" | null;
  /** Send the cookie over TLS only. @default false */
  readonly SESSION_COOKIE_SECURE: boolean;
  /**
   * Where sessions are kept: `sqliteSessions`, `fileSessions`, `memorySessions`, `signedCookieSessions` of
   * minorswing/sessions, or your own; `null` for `sqliteSessions`. @default null
   */
  readonly SESSION_ENGINE: SessionEngine | null;
  /** Let the cookie end with the browser, unless the session says otherwise. @default false */
  readonly SESSION_EXPIRE_AT_BROWSER_CLOSE: boolean;
  /** The folder of `fileSessions`, as an absolute path; `null` for the system's temporary folder. @default null */
  readonly SESSION_FILE_PATH: string | null;
  /** Save each session with every request, so that it lives on while it is used. @default false */
  readonly SESSION_SAVE_EVERY_REQUEST: boolean;
  /** The database of `sqliteSessions`, as an absolute path; `null` for `sessions.sqlite3` in BASE_DIR. @default null */
  readonly SESSION_SQLITE_PATH: string | null;
}

export const SESSION_DEFAULTS: SessionSettings = {
  SESSION_COOKIE_AGE: 1_209_600,
  SESSION_COOKIE_DOMAIN: null,
  SESSION_COOKIE_HTTPONLY: true,
  SESSION_COOKIE_NAME: "sessionid",
  SESSION_COOKIE_PATH: "/",
  SESSION_COOKIE_SAMESITE: "lax",
  SESSION_COOKIE_SECURE: false,
  SESSION_ENGINE: null,
  SESSION_EXPIRE_AT_BROWSER_CLOSE: false,
  SESSION_FILE_PATH: null,
  SESSION_SAVE_EVERY_REQUEST: false,
  SESSION_SQLITE_PATH: null,
};

export const SESSION_CHECKS: Checks<SessionSettings> = {
  SESSION_COOKIE_AGE: [
    "a whole number of seconds from 1 up",
    (value) => Number.isSafeInteger(value) && Number(value) > 0,
  ],
  SESSION_COOKIE_DOMAIN: DOMAIN_OR_NULL,
  SESSION_COOKIE_HTTPONLY: BOOLEAN,
  // Part of the names of files, too.
  SESSION_COOKIE_NAME: [
    "the name of a cookie: letters, digits and !#$%&'*+-.^_`|~",
    (value) => typeof value === "string" && /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(value),
  ],
  SESSION_COOKIE_PATH: NOT_EMPTY,
  SESSION_COOKIE_SAMESITE: SAME_SITE_OR_NULL,
  SESSION_COOKIE_SECURE: BOOLEAN,
  SESSION_ENGINE: [
    "a function that makes a store, such as sqliteSessions, or null",
    (value) => value === null || typeof value === "function",
  ],
  SESSION_EXPIRE_AT_BROWSER_CLOSE: BOOLEAN,
  SESSION_FILE_PATH: ABSOLUTE_PATH_OR_NULL,
  SESSION_SAVE_EVERY_REQUEST: BOOLEAN,
  SESSION_SQLITE_PATH: ABSOLUTE_PATH_OR_NULL,
};
