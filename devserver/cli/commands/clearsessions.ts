/**
 * `devserver clearsessions`: removes sessions that have expired. For a job that runs every night.
 *
 * Source: Django contrib/sessions/management/commands/clearsessions.py.
 */
import type { ParseArgsOptionsConfig } from "node:util";
import { loadSettings } from "../../../framework/conf/load.ts";
import { type CommandContext, CommandError } from "../../../framework/management/command.ts";
import { Sessions } from "../../../framework/sessions/sessions.ts";
import { explained } from "../explained.ts";
import { findSettings, SETTINGS_HELP } from "../find-settings.ts";

export const summary = "remove sessions that have expired";
export const usage = "clearsessions [--settings FILE]";
export const options: ParseArgsOptionsConfig = { settings: { type: "string" } };
export const help: Readonly<Record<string, string>> = { settings: SETTINGS_HELP };
export const maxPositionals = 0;

/** Returns the exit code. */
export async function run(context: CommandContext): Promise<number> {
  const settings = await explained(() => loadSettings(findSettings(context)));
  const count = await explained(() => new Sessions(settings).clearExpired());
  if (count === undefined) {
    const { name } = settings.SESSION_ENGINE ?? {};
    throw new CommandError(
      `Session engine '${name || "(anonymous)"}' doesn't support clearing expired sessions.`,
    );
  }
  context.stdout.write(`${count} expired session${count === 1 ? "" : "s"} removed.\n`);
  return 0;
}
