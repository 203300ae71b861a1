/** `devserver findstatic FILE…`: where static files are found. */
import { realpathSync } from "node:fs";
import type { ParseArgsOptionsConfig } from "node:util";
import type { Settings } from "../../../framework/conf/settings.ts";
import { type CommandContext, UsageError } from "../../../framework/management/command.ts";
import { find, searchedLocations } from "../../../framework/staticfiles/finders.ts";
import { explained } from "../explained.ts";
import { settingsOf } from "../project/load-settings.ts";

export const summary = "print where static files are found";
export const usage = "findstatic FILE… [--first]";
export const options: ParseArgsOptionsConfig = {
  first: { type: "boolean" },
};
export const help: Readonly<Record<string, string>> = {
  first: "only the one that counts, of each",
  verbosity: "0 for the paths alone, 2 for the folders that were searched too (default: 1)",
};
export const maxPositionals: number = Number.POSITIVE_INFINITY;

/** Returns the exit code: 1 when a file was not found. */
export async function run(context: CommandContext): Promise<number> {
  const { positionals, values, stdout, stderr, verbosity } = context;
  if (positionals.length === 0)
    throw new UsageError(`Enter at least one file. Usage: devserver ${usage}`);
  const settings = await explained(() => settingsOf(context));
  let exitCode = 0;
  for (const path of positionals) {
    const found = await explained(() => look(settings, path, values.first === true));
    const folders = verbosity < 2 ? "" : locations(settings);
    if (found.length > 0) {
      const list = found.map((file) => realpathSync(file));
      stdout.write(
        verbosity === 0
          ? `${list.join("\n")}\n`
          : `Found '${path}' here:\n  ${list.join("\n  ")}${folders}\n`,
      );
      continue;
    }
    exitCode = 1;
    if (verbosity > 0) stderr.write(`No matching file found for '${path}'.${folders}\n`);
  }
  return exitCode;
}

function look(settings: Settings, path: string, first: boolean): readonly string[] {
  const found = find(settings, path, { all: true });
  return first ? found.slice(0, 1) : found;
}

function locations(settings: Settings): string {
  return `\nLooking in the following locations:\n  ${searchedLocations(settings).join("\n  ")}`;
}
