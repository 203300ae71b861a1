/** `devserver startproject name [directory]`: writes a new project. */
import { relative, resolve } from "node:path";
import type { ParseArgsOptionsConfig } from "node:util";
import { type CommandContext, CommandError } from "../../../framework/management/command.ts";
import { checkProjectName, writeProject } from "../project-writer.ts";

export const summary = "write a new project into a folder of its name, or into an existing one";
export const usage = "startproject name [directory]";
export const options: ParseArgsOptionsConfig = {};
export const help: Readonly<Record<string, string>> = {};
export const maxPositionals = 2;

/** Returns the exit code. */
export async function run({ positionals, cwd, stdout }: CommandContext): Promise<number> {
  const [name, directory] = positionals;
  if (name === undefined)
    throw new CommandError(`You must provide a project name. Usage: devserver ${usage}`);
  checkProjectName(name);
  const folder = resolve(cwd, directory ?? name);
  const files = await writeProject(name, folder, { mustExist: directory !== undefined });
  const shown = relative(cwd, folder);
  stdout.write(
    `Project ${name} is in ${shown || "this folder"}: ${files.length} files.\n\nNext:\n` +
      `${shown === "" ? "" : `  cd ${shown}\n`}  npm install\n  npx devserver runserver\n`,
  );
  return 0;
}
