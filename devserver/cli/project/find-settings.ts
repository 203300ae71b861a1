/**
 * Which settings file a command is about.
 *
 * Layer 10 (cli). Errors: `CommandError` when there is none.
 */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type CommandContext, CommandError } from "../../../framework/management/command.ts";

/** Its absolute path: that of `--settings`, of MINORSWING_SETTINGS, or `settings.ts` in this folder. */
export function findSettings({
  values,
  env,
  cwd,
}: Pick<CommandContext, "values" | "env" | "cwd">): string {
  const given = typeof values.settings === "string" ? values.settings : env.MINORSWING_SETTINGS;
  const file = resolve(cwd, given ?? "settings.ts");
  if (existsSync(file)) return file;
  const hint =
    given === undefined
      ? "Run this in the folder of a project, or name its settings with --settings FILE. A new project: devserver startproject mysite"
      : "It was named with --settings or MINORSWING_SETTINGS.";
  throw new CommandError(`There is no settings file ${file}. ${hint}`);
}
