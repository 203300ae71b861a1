/**
 * Where the secret of a client is kept: in a cookie of its own, or in its session.
 *
 * Layer 6 (csrf). Errors: `ImproperlyConfigured` for CSRF_USE_SESSIONS without sessions.
 * Source: Django middleware/csrf.py (`_get_secret`, `_set_csrf_cookie`).
 */
import type { CsrfSettings } from "../conf/sections/csrf.ts";
import { ImproperlyConfigured } from "../exceptions.ts";
import type { CookieOptions } from "../http/cookies.ts";
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import { patchVaryHeaders } from "../http/vary.ts";

export interface SecretStore {
  /** As it was stored, in whatever format. */
  read(request: HttpRequest): string | undefined;
  write(request: HttpRequest, response: HttpResponseBase, secret: string): void;
}

export function createSecretStore(settings: CsrfSettings): SecretStore {
  return settings.CSRF_USE_SESSIONS ? SESSION_STORE : cookieStore(settings);
}

function cookieStore(settings: CsrfSettings): SecretStore {
  const name = settings.CSRF_COOKIE_NAME;
  const options = cookieOptions(settings);
  return {
    read: (request) => request.COOKIES[name],
    write: (_request, response, secret) => {
      response.setCookie(name, secret, options);
      patchVaryHeaders(response, ["Cookie"]);
    },
  };
}

function cookieOptions(settings: CsrfSettings): CookieOptions {
  const { CSRF_COOKIE_AGE: age, CSRF_COOKIE_DOMAIN: domain } = settings;
  const { CSRF_COOKIE_SAMESITE: sameSite } = settings;
  return {
    path: settings.CSRF_COOKIE_PATH,
    secure: settings.CSRF_COOKIE_SECURE,
    httpOnly: settings.CSRF_COOKIE_HTTPONLY,
    ...(age !== null && { maxAge: age }),
    ...(domain !== null && { domain }),
    ...(sameSite !== null && { sameSite }),
  };
}

/** As much of a session as is needed, whoever made it. */
interface SessionLike {
  get(key: string): unknown;
  set(key: string, value: string): unknown;
}

const SESSION_KEY = "_csrftoken";

const SESSION_STORE: SecretStore = {
  read: (request) => {
    const stored = sessionOf(request).get(SESSION_KEY);
    return typeof stored === "string" ? stored : undefined;
  },
  write: (request, _response, secret) => {
    const session = sessionOf(request);
    // Whatever is set is saved, so only what has changed is.
    if (session.get(SESSION_KEY) !== secret) session.set(SESSION_KEY, secret);
  },
};

function sessionOf(request: HttpRequest): SessionLike {
  const session: unknown = Reflect.get(request, "session");
  if (isSession(session)) return session;
  throw new ImproperlyConfigured(
    "CSRF_USE_SESSIONS is enabled, but request.session is not set. " +
      "The session middleware must stand before csrfMiddleware in MIDDLEWARE.",
  );
}

function isSession(value: unknown): value is SessionLike {
  return typeof value === "object" && value !== null && "get" in value && "set" in value;
}
