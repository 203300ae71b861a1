/**
 * System checks of the CSRF protection, for `check --deploy`.
 *
 * Layer 6 (csrf). Pure. Ids and texts are Django's. Source: Django core/checks/security/csrf.py. Its 4_0.E001, an origin
 * without a scheme, is refused with the settings already.
 */
import { type CheckMessage, Warning } from "../checks/messages.ts";
import type { Check } from "../checks/registry.ts";
import type { Settings } from "../conf/settings.ts";
import { csrfMiddleware } from "./middleware.ts";

type Subject = {
  readonly settings: Pick<Settings, "MIDDLEWARE" | "CSRF_COOKIE_SECURE" | "CSRF_USE_SESSIONS">;
};

export const csrfChecks: readonly Check<Subject>[] = [
  { name: "checkCsrf", tags: ["security"], deploy: true, run: checkCsrf },
];

/** W003; with the middleware W016. */
export function checkCsrf({ settings }: Subject): CheckMessage[] {
  if (!settings.MIDDLEWARE.includes(csrfMiddleware)) {
    return [
      new Warning(
        "You don't appear to be using the built-in cross-site request forgery protection via the middleware " +
          "(csrfMiddleware is not in your MIDDLEWARE). Enabling the middleware is the safest approach to ensure you " +
          "don't leave any holes.",
        { hint: 'import { csrfMiddleware } from "minorswing/csrf"', id: "security.W003" },
      ),
    ];
  }
  if (settings.CSRF_COOKIE_SECURE || settings.CSRF_USE_SESSIONS) return [];
  return [
    new Warning(
      "You have csrfMiddleware in your MIDDLEWARE, but you have not set CSRF_COOKIE_SECURE to true. Using a secure-only " +
        "CSRF cookie makes it more difficult for network traffic sniffers to steal the CSRF token.",
      { id: "security.W016" },
    ),
  ];
}
