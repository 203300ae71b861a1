/**
 * The attributes of the session cookie.
 *
 * Layer 5 (sessions). Pure. Source: Django contrib/sessions/middleware.py.
 */
import type { SessionSettings } from "../conf/sections/sessions.ts";
import type { CookieAttributes } from "../http/cookies.ts";

type CookieSettings = Pick<
  SessionSettings,
  | "SESSION_COOKIE_DOMAIN"
  | "SESSION_COOKIE_HTTPONLY"
  | "SESSION_COOKIE_SAMESITE"
  | "SESSION_COOKIE_SECURE"
>;

/** What SESSION_COOKIE_… says, but for the path. Cookies of messages have the same attributes. */
export function sessionCookieAttributes(settings: CookieSettings): CookieAttributes {
  return {
    ...(settings.SESSION_COOKIE_DOMAIN !== null && { domain: settings.SESSION_COOKIE_DOMAIN }),
    ...(settings.SESSION_COOKIE_SAMESITE !== null && {
      sameSite: settings.SESSION_COOKIE_SAMESITE,
    }),
    ...(settings.SESSION_COOKIE_SECURE && { secure: true }),
    ...(settings.SESSION_COOKIE_HTTPONLY && { httpOnly: true }),
  };
}
