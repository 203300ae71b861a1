/**
 * Templates of folders: what `startproject` and `startapp` write.
 *
 * Layer 10 (cli). Reads files. In a name that ends with `-tpl` that suffix goes, and so does `dot-` in front: npm leaves dot
 * files and `.ts` files of a package alone under these names. In such a file `[[name]]` and its like are filled in; in a path
 * `app_name` and `project_name` are. Other files are copied as they are.
 * Source: Django core/management/templates.py.
 */
import { existsSync, statSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { CommandError } from "../../../framework/management/command.ts";

/** Texts and bytes of files by their path in the new folder. */
export type FilesToWrite = ReadonlyMap<string, string | Buffer>;

const SUFFIX = "-tpl";

/** `values`: what stands for `[[name]]`, and for `app_name` in a path. */
export async function readTemplate(
  folder: string,
  values: Readonly<Record<string, string>>,
): Promise<FilesToWrite> {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new CommandError(`There is no template folder ${folder}.`);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const files = new Map<string, string | Buffer>();
  for (const path of paths.toSorted()) {
    files.set(targetPath(relative(folder, path), values), await readFilled(path, values));
  }
  if (files.size === 0) throw new CommandError(`The template folder ${folder} has no files.`);
  return files;
}

async function readFilled(
  path: string,
  values: Readonly<Record<string, string>>,
): Promise<string | Buffer> {
  if (!path.endsWith(SUFFIX)) return await readFile(path);
  const text = await readFile(path, "utf8");
  return text.replaceAll(/\[\[(\w+)\]\]/g, (found, key: string) => values[key] ?? found);
}

/** `templates/app_name/dot-gitkeep-tpl` → `templates/polls/.gitkeep`. */
function targetPath(path: string, { name = "" }: Readonly<Record<string, string>>): string {
  const target = path.replaceAll(/\b(?:app|project)_name\b/g, name);
  if (!target.endsWith(SUFFIX)) return target;
  const file = basename(target, SUFFIX).replace(/^dot-/, ".");
  return join(dirname(target), file);
}
