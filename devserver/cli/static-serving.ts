/**
 * Whether `runserver` serves STATIC_URL: with DEBUG, always (`--insecure`), or never (`--nostatic`).
 *
 * Layer 10 (cli). Source: Django contrib/staticfiles/management/commands/runserver.py. The choice travels in the
 * environment, because threads and processes that serve load the project themselves.
 */
import type { Settings } from "../../framework/conf/settings.ts";
import type { CommandContext } from "../../framework/management/command.ts";
import { withStaticFiles } from "../../framework/staticfiles/middleware.ts";

const VARIABLE = "MINORSWING_STATIC_FILES";

type Environment = Record<string, string | undefined>;

/** Writes down what the options of `runserver` say. */
export function chooseStaticServing(
  { nostatic, insecure }: CommandContext["values"],
  env: Environment,
): void {
  if (nostatic === true) env[VARIABLE] = "never";
  else if (insecure === true) env[VARIABLE] = "always";
}

/** The settings with what serves STATIC_URL. */
export function withServedStatic(settings: Settings, env: Environment): Settings {
  if (env[VARIABLE] === "never") return settings;
  return withStaticFiles(settings, { insecure: env[VARIABLE] === "always" });
}
