/**
 * Writes all files, or none.
 *
 * Layer 10 (cli). Nothing is ever overwritten; what was made before something went wrong is removed again.
 * Errors: `CommandError` that lists what is in the way; what the file system says.
 */
import { lstatSync, type Stats, statSync } from "node:fs";
import { mkdir, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CommandError } from "../../../framework/management/command.ts";
import type { FilesToWrite } from "./template-files.ts";

/** Makes `folder` where it does not exist. `what`: "a project", for the message. */
export async function writeFiles(folder: string, files: FilesToWrite, what: string): Promise<void> {
  const inTheWay = obstacles(folder, files.keys());
  if (inTheWay.length > 0) {
    const list = inTheWay.map((path) => `${path} already exists.`).join("\n");
    throw new CommandError(
      `${list}\nOverlaying ${what} into an existing directory won't replace conflicting files. Nothing was written.`,
    );
  }
  const made = new Made();
  try {
    for (const [path, content] of files) await made.write(join(folder, path), content);
  } catch (error) {
    await made.remove();
    throw error;
  }
}

/** The files that are there, also as links that lead nowhere; and what is no folder where one is needed. */
function obstacles(folder: string, paths: Iterable<string>): string[] {
  const found = new Set<string>();
  for (const path of paths) {
    if (look(join(folder, path)) !== undefined) found.add(join(folder, path));
    for (let parent = dirname(path); parent !== "."; parent = dirname(parent)) {
      if (look(join(folder, parent), true)?.isDirectory() === false)
        found.add(join(folder, parent));
    }
  }
  return [...found];
}

function look(path: string, follow: boolean = false): Stats | undefined {
  try {
    return (follow ? statSync : lstatSync)(path, { throwIfNoEntry: false });
  } catch {
    // Below something that is no folder: that is found by itself.
    return undefined;
  }
}

/** What was made so far, the last first. */
class Made {
  readonly #undo: (() => Promise<void>)[] = [];

  async write(path: string, content: string | Buffer): Promise<void> {
    await this.#makeFolder(dirname(path));
    // Should it have come up meanwhile, it is somebody else's.
    await writeFile(path, content, { flag: "wx" });
    this.#undo.unshift(() => rm(path, { force: true }));
  }

  async remove(): Promise<void> {
    // A folder that somebody has put something into stays.
    for (const undo of this.#undo) await undo().catch(() => undefined);
  }

  async #makeFolder(path: string): Promise<void> {
    const first = await mkdir(path, { recursive: true });
    if (first === undefined) return;
    const folders: string[] = [];
    for (let made = path; made.length >= first.length; made = dirname(made)) folders.push(made);
    this.#undo.unshift(...folders.map((folder) => () => rmdir(folder)));
  }
}
