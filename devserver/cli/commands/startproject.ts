/** `devserver startproject name [directory]`: writes a new project. */
import { randomInt } from "node:crypto";
import { relative } from "node:path";
import type { ParseArgsOptionsConfig } from "node:util";
import type { CommandContext } from "../../../framework/management/command.ts";
import { dependencySpec } from "../scaffold/dependency-spec.ts";
import { scaffold } from "../scaffold/scaffold.ts";
import { VERSION } from "../version.ts";

export const summary = "write a new project into a folder of its name, or into an existing one";
export const usage = "startproject name [directory] [--template FOLDER]";
export const options: ParseArgsOptionsConfig = { template: { type: "string" } };
export const help: Readonly<Record<string, string>> = {
  template: "a folder to copy, instead of minorswing's own: names ending with -tpl are filled in",
};
export const maxPositionals = 2;

/** Django's. */
const SECRET_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)";

/** Returns the exit code. */
export async function run(context: CommandContext): Promise<number> {
  const { name, folder, files } = await scaffold("project", context, valuesFor);
  const shown = relative(context.cwd, folder);
  context.stdout.write(
    `Project ${name} is in ${shown || "this folder"}: ${files.size} files.\n\nNext:\n` +
      `${shown === "" ? "" : `  cd ${shown}\n`}  npm install\n  npx devserver runserver\n`,
  );
  return 0;
}

function valuesFor(name: string, folder: string): Readonly<Record<string, string>> {
  const secretKey = `minorswing-insecure-${Array.from({ length: 50 }, randomCharacter).join("")}`;
  return { name, version: VERSION, dependency: dependencySpec(folder), secretKey };
}

function randomCharacter(): string {
  return SECRET_CHARACTERS.charAt(randomInt(SECRET_CHARACTERS.length));
}
