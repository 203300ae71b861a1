/**
 * Where the lines of earlier shells are kept.
 *
 * Layer 10 (cli).
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { stateFolder } from "../user-folders.ts";

/** Its path, in a folder that now exists; `undefined` where none can be made: then there is no history. */
export function historyFile(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const folder = stateFolder(env, process.platform);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return join(folder, "shell-history");
  } catch {
    return undefined;
  }
}
