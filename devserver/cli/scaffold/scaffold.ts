/**
 * What `startproject` and `startapp` have in common: a name, perhaps a folder, a template.
 *
 * Layer 10 (cli). Errors: `UsageError`, `CommandError`; then nothing was written.
 * Source: Django core/management/templates.py.
 */
import { lstatSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import {
  type CommandContext,
  CommandError,
  UsageError,
} from "../../../framework/management/command.ts";
import { explained } from "../explained.ts";
import { checkName, type Kind } from "./names.ts";
import { type FilesToWrite, readTemplate } from "./template-files.ts";
import { writeFiles } from "./write-files.ts";

export interface Scaffold {
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  readonly files: FilesToWrite;
}

const ARTICLES: Readonly<Record<Kind, string>> = { app: "an application", project: "a project" };

/** `valuesFor`: what the template's files are filled with. */
export async function scaffold(
  kind: Kind,
  context: CommandContext,
  valuesFor: (name: string, folder: string) => Readonly<Record<string, string>>,
): Promise<Scaffold> {
  const { positionals, values, cwd } = context;
  const [name, directory] = positionals;
  if (name === undefined)
    throw new UsageError(
      `You must provide ${ARTICLES[kind]} name. Usage: devserver start${kind} name [directory]`,
    );
  checkName(name, kind);
  const folder = resolve(cwd, directory ?? name);
  checkFolder(folder, directory !== undefined);
  // An app is known by the name of its folder.
  if (kind === "app" && directory !== undefined) checkName(basename(folder), kind);
  const template =
    typeof values.template === "string"
      ? resolve(cwd, values.template)
      : join(import.meta.dirname, `${kind}-template`);
  const files = await explained(() => readTemplate(template, valuesFor(name, folder)));
  await explained(() => writeFiles(folder, files, ARTICLES[kind]));
  return { name, folder, files };
}

function checkFolder(folder: string, mustExist: boolean): void {
  const stats = statSync(folder, { throwIfNoEntry: false });
  // A link that leads nowhere is in the way, too.
  if (!mustExist && lstatSync(folder, { throwIfNoEntry: false }) !== undefined)
    throw new CommandError(`'${folder}' already exists.`);
  if (mustExist && stats === undefined) {
    throw new CommandError(
      `Destination directory '${folder}' does not exist, please create it first.`,
    );
  }
  if (mustExist && stats?.isDirectory() !== true)
    throw new CommandError(`Destination '${folder}' is not a directory.`);
}
