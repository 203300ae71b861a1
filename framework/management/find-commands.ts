/**
 * Where the commands of a project are: `management/commands/` in its own folder and in those of its apps.
 *
 * Layer 9 (management). Reads folders; imports nothing. Source: Django core/management/__init__.py
 * (`find_commands`, `get_commands`): names that start with `_` are no commands, earlier apps win. Here the project's own
 * folder wins over all.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { InstalledApp } from "../conf/apps.ts";

/** A command that was found and not loaded yet. */
export interface CommandFile {
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  /** The app that brings it; `undefined` for the project itself. */
  readonly app: string | undefined;
}

/** A test (`greet.test.ts`) and a declaration (`greet.d.ts`) are none. */
const COMMAND = /^(?<name>[a-z0-9][\w-]*)\.m?(?<kind>[tj])s$/i;

/** The commands of one folder that has `management/commands/`, by name. */
export function commandFiles(folder: string, app?: string): ReadonlyMap<string, CommandFile> {
  const commands = join(folder, "management", "commands");
  const found = new Map<string, CommandFile>();
  // .ts after .js, so that it wins: the other one was made from it.
  for (const entry of filesIn(commands).toSorted()) {
    const { name } = COMMAND.exec(entry)?.groups ?? {};
    if (name !== undefined) found.set(name, { name, file: join(commands, entry), app });
  }
  return found;
}

/** Those of all apps. */
export function appCommandFiles(apps: readonly InstalledApp[]): ReadonlyMap<string, CommandFile> {
  const found = new Map<string, CommandFile>();
  for (const { path, label } of apps.toReversed()) {
    for (const [name, file] of commandFiles(path, label)) found.set(name, file);
  }
  return found;
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
