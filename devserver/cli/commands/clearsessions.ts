/**
 * `devserver clearsessions`: removes sessions that have expired. For a job that runs every night.
 *
 * Source: Django contrib/sessions/management/commands/clearsessions.py.
 */
import type { ParseArgsOptionsConfig } from "node:util";
import { type CommandContext, CommandError } from "../../../framework/management/command.ts";
import { Sessions } from "../../../framework/sessions/sessions.ts";
import { explained } from "../explained.ts";
import { settingsOf } from "../project/load-settings.ts";

export const summary = "remove sessions that have expired";
export const usage = "clearsessions";
export const options: ParseArgsOptionsConfig = {};
export const help: Readonly<Record<string, string>> = {};
export const maxPositionals = 0;

/** Returns the exit code. */
export async function run(context: CommandContext): Promise<number> {
  const settings = await explained(() => settingsOf(context));
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
