/**
 * Where the lines of earlier shells are kept.
 *
 * Layer 10 (cli). Source: the XDG base directory specification (`$XDG_STATE_HOME`: "actions history"); its counterparts
 * on macOS and Windows.
 */
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** Its path, in a folder that now exists; `undefined` where none can be made: then there is no history. */
export function historyFile(env: Environment): string | undefined {
  const folder = join(stateFolder(env), "minorswing");
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return join(folder, "shell-history");
  } catch {
    return undefined;
  }
}

function stateFolder({ XDG_STATE_HOME = "", LOCALAPPDATA = "" }: Environment): string {
  // The specification: a path that is not absolute is to be ignored.
  if (isAbsolute(XDG_STATE_HOME)) return XDG_STATE_HOME;
  if (isAbsolute(LOCALAPPDATA)) return LOCALAPPDATA;
  const home = homedir();
  return process.platform === "darwin"
    ? join(home, "Library", "Application Support")
    : join(home, ".local", "state");
}
