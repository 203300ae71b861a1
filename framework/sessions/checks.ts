/**
 * System checks of sessions, for `check --deploy`.
 *
 * Layer 5 (sessions). Pure. Ids and texts are Django's, of its variants those for the middleware.
 * Source: Django core/checks/security/sessions.py.
 */
import { type CheckMessage, Warning } from "../checks/messages.ts";
import type { Check } from "../checks/registry.ts";
import type { Settings } from "../conf/settings.ts";
import { sessionMiddleware } from "./middleware.ts";

type Subject = {
  readonly settings: Pick<
    Settings,
    "MIDDLEWARE" | "SESSION_COOKIE_HTTPONLY" | "SESSION_COOKIE_SECURE"
  >;
};

export const sessionChecks: readonly Check<Subject>[] = [
  { name: "checkSessions", tags: ["security"], deploy: true, run: checkSessions },
];

/** With the middleware W011, W014. */
export function checkSessions({ settings }: Subject): CheckMessage[] {
  if (!settings.MIDDLEWARE.includes(sessionMiddleware)) return [];
  const messages: CheckMessage[] = [];
  if (!settings.SESSION_COOKIE_SECURE) {
    messages.push(
      new Warning(
        "You have sessionMiddleware in your MIDDLEWARE, but you have not set SESSION_COOKIE_SECURE to true. Using a " +
          "secure-only session cookie makes it more difficult for network traffic sniffers to hijack user sessions.",
        { id: "security.W011" },
      ),
    );
  }
  if (!settings.SESSION_COOKIE_HTTPONLY) {
    messages.push(
      new Warning(
        "You have sessionMiddleware in your MIDDLEWARE, but you have not set SESSION_COOKIE_HTTPONLY to true. Using an " +
          "HttpOnly session cookie makes it more difficult for cross-site scripting attacks to hijack user sessions.",
        { id: "security.W014" },
      ),
    );
  }
  return messages;
}
