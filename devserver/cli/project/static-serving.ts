/**
 * Whether `runserver` serves STATIC_URL: with DEBUG, always (`--insecure`), or never (`--nostatic`).
 *
 * Layer 10 (cli). Source: Django contrib/staticfiles/management/commands/runserver.py. The choice travels in the
 * environment, because threads and processes that serve load the project themselves.
 */
import type { Settings } from "../../../framework/conf/settings.ts";
import { withStaticFiles } from "../../../framework/staticfiles/middleware.ts";
import { type Environment, VARIABLE } from "./static-choice.ts";

/** The settings with what serves STATIC_URL. */
export function withServedStatic(settings: Settings, env: Environment): Settings {
  if (env[VARIABLE] === "never") return settings;
  return withStaticFiles(settings, { insecure: env[VARIABLE] === "always" });
}
