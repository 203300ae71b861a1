/**
 * The settings of a project, after its `.env`.
 *
 * Layer 10 (cli). Errors: `ImproperlyConfigured`; `CommandError` for a `.env` that cannot be read, or no settings file.
 */
import { dirname } from "node:path";
import { loadSettings as importSettings } from "../../../framework/conf/load.ts";
import type { Settings } from "../../../framework/conf/settings.ts";
import type { CommandContext } from "../../../framework/management/command.ts";
import { loadEnvironment } from "./environment.ts";
import { findSettings } from "./find-settings.ts";

/** Imports the settings at the absolute path `file`. */
export async function loadSettings(file: string): Promise<Settings> {
  loadEnvironment(dirname(file));
  return await importSettings(file);
}

/** The settings that a command is about: those it was given, or those of its file. */
export async function settingsOf(
  context: Pick<CommandContext, "cwd" | "env" | "settings" | "values">,
): Promise<Settings> {
  return context.settings ?? (await loadSettings(findSettings(context)));
}
