/**
 * Writes the files of a new project.
 *
 * Layer 10 (cli). Everything is checked before the first file is written; no file is ever overwritten.
 * Source: Django core/management/templates.py (its errors and rules).
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { randomInt } from "node:crypto";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { CommandError } from "../../framework/management/command.ts";
import { dependencySpec } from "./dependency-spec.ts";
import { VERSION } from "./version.ts";

const TEMPLATE = join(import.meta.dirname, "project-template");
const SUFFIX = "-tpl";
const SECRET_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)";

/** Throws `CommandError` for a name that cannot be a folder and a package. */
export function checkProjectName(name: string): void {
  if (!/^[a-z][a-z0-9_-]*$/.test(name)) {
    throw new CommandError(
      `'${name}' is not a valid project name. Use lower-case letters, digits, - and _, and start with a letter.`,
    );
  }
  if (name === "minorswing" || name === "node_modules" || isBuiltin(name)) {
    throw new CommandError(
      `'${name}' conflicts with the name of an existing module and cannot be used as a project name. Please try another name.`,
    );
  }
}

/** Writes the project `name` into `folder`. Returns the files, relative to it. */
export async function writeProject(
  name: string,
  folder: string,
  options: { readonly mustExist: boolean },
): Promise<string[]> {
  if (options.mustExist && !existsSync(folder)) {
    throw new CommandError(
      `Destination directory '${folder}' does not exist, please create it first.`,
    );
  }
  if (!options.mustExist && existsSync(folder))
    throw new CommandError(`'${folder}' already exists.`);
  const files = await renderTemplate(name, folder);
  for (const file of files.keys()) {
    if (existsSync(join(folder, file))) {
      throw new CommandError(
        `${join(folder, file)} already exists. Overlaying a project into an existing directory won't replace conflicting files.`,
      );
    }
  }
  for (const [file, text] of files) {
    const path = join(folder, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: "wx" });
  }
  return [...files.keys()];
}

/** File names and texts of a new project. */
async function renderTemplate(name: string, folder: string): Promise<Map<string, string>> {
  const values: Readonly<Record<string, string>> = {
    name,
    version: VERSION,
    dependency: dependencySpec(folder),
    secretKey: `minorswing-insecure-${Array.from({ length: 50 }, randomCharacter).join("")}`,
  };
  const files = new Map<string, string>();
  const entries = await readdir(TEMPLATE, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((entry) => entry.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const text = await readFile(path, "utf8");
    files.set(
      targetName(path),
      text.replaceAll(/\[\[(\w+)\]\]/g, (found, key: string) => values[key] ?? found),
    );
  }
  return files;
}

/** `dot-gitignore-tpl` → `.gitignore`: npm leaves dot files and `.ts` files of a package alone under these names. */
function targetName(path: string): string {
  return path
    .slice(TEMPLATE.length + 1)
    .replace(/^dot-/, ".")
    .slice(0, -SUFFIX.length);
}

function randomCharacter(): string {
  return SECRET_CHARACTERS.charAt(randomInt(SECRET_CHARACTERS.length));
}
