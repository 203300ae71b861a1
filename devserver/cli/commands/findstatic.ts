/** `devserver findstatic FILE…`: where static files are found. */
import { realpathSync } from "node:fs";
import type { ParseArgsOptionsConfig } from "node:util";
import type { Settings } from "../../../framework/conf/settings.ts";
import { type CommandContext, UsageError } from "../../../framework/management/command.ts";
import { find, searchedLocations } from "../../../framework/staticfiles/finders.ts";
import { explained } from "../explained.ts";
import { settingsOf } from "../project/load-settings.ts";

export const summary = "print where static files are found";
export const usage = "findstatic FILE… [--first] [--json]";
export const options: ParseArgsOptionsConfig = {
  first: { type: "boolean" },
  json: { type: "boolean" },
};
export const help: Readonly<Record<string, string>> = {
  first: "only the one that counts, of each",
  json: "print JSON: the places of each file",
  verbosity: "0 for the paths alone, 2 for the folders that were searched too (default: 1)",
};
export const maxPositionals: number = Number.POSITIVE_INFINITY;

/** Returns the exit code: 1 when a file was not found. */
export async function run(context: CommandContext): Promise<number> {
  const { positionals, values, stdout, stderr, verbosity } = context;
  if (positionals.length === 0)
    throw new UsageError(`Enter at least one file. Usage: devserver ${usage}`);
  const settings = await explained(() => settingsOf(context));
  const found = new Map<string, readonly string[]>();
  for (const path of positionals)
    found.set(path, await explained(() => look(settings, path, values.first === true)));
  if (values.json === true) stdout.write(`${JSON.stringify(Object.fromEntries(found), null, 2)}\n`);
  else {
    const folders = verbosity < 2 ? "" : locations(settings);
    for (const [path, files] of found) {
      if (files.length > 0) stdout.write(describe(path, files, verbosity, folders));
      else if (verbosity > 0) stderr.write(`No matching file found for '${path}'.${folders}\n`);
    }
  }
  return found.values().every((files) => files.length > 0) ? 0 : 1;
}

function describe(
  path: string,
  files: readonly string[],
  verbosity: number,
  folders: string,
): string {
  return verbosity === 0
    ? `${files.join("\n")}\n`
    : `Found '${path}' here:\n  ${files.join("\n  ")}${folders}\n`;
}

function look(settings: Settings, path: string, first: boolean): readonly string[] {
  const found = find(settings, path, { all: true }).map((file) => realpathSync(file));
  return first ? found.slice(0, 1) : found;
}

function locations(settings: Settings): string {
  return `\nLooking in the following locations:\n  ${searchedLocations(settings).join("\n  ")}`;
}
