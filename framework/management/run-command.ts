/**
 * Runs a command that was found and loaded.
 *
 * Layer 9 (management). Errors: `UsageError`, and whatever the command throws.
 * Source: Django core/management/base.py (`BaseCommand.execute`).
 */
import type { Settings } from "../conf/settings.ts";
import type { Command, Surroundings } from "./command.ts";
import { colourChoice, verbosityOf } from "./common-options.ts";
import type { Arguments } from "./parse-arguments.ts";
import { createStyle, wantsColours } from "./style.ts";

/** Returns the exit code. */
export async function runCommand(
  command: Command,
  { values, positionals }: Arguments,
  surroundings: Surroundings,
  settings?: Settings,
): Promise<number> {
  const { stdout, env } = surroundings;
  return await command.run({
    ...surroundings,
    values,
    positionals,
    verbosity: verbosityOf(values),
    style: createStyle(wantsColours(stdout, env, colourChoice(values))),
    ...(settings && { settings }),
  });
}
