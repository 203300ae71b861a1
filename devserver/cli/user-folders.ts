/**
 * Where this user's programs keep things that belong to no project.
 *
 * Layer 10 (cli). Pure. Source: the XDG base directory specification; its counterparts on macOS and Windows.
 */
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** What can be made again. */
export function cacheFolder(env: Environment, platform: NodeJS.Platform): string {
  return userFolder(env, platform, {
    variable: "XDG_CACHE_HOME",
    linux: [".cache", "minorswing"],
    darwin: ["Library", "Caches", "minorswing"],
    win32: ["minorswing", "Cache"],
  });
}

/** What is worth keeping: "actions history", says the specification. */
export function stateFolder(env: Environment, platform: NodeJS.Platform): string {
  return userFolder(env, platform, {
    variable: "XDG_STATE_HOME",
    linux: [".local", "state", "minorswing"],
    darwin: ["Library", "Application Support", "minorswing"],
    win32: ["minorswing"],
  });
}

interface Places {
  /** The folder above ours. */
  readonly variable: "XDG_CACHE_HOME" | "XDG_STATE_HOME";
  readonly linux: readonly string[];
  readonly darwin: readonly string[];
  /** Below %LOCALAPPDATA%. */
  readonly win32: readonly string[];
}

function userFolder(
  env: Environment,
  platform: NodeJS.Platform,
  { variable, linux, darwin, win32 }: Places,
): string {
  const { [variable]: given = "", LOCALAPPDATA = "", HOME = homedir() } = env;
  // The specification: a path that is not absolute is to be ignored.
  if (isAbsolute(given)) return join(given, "minorswing");
  if (platform === "win32" && isAbsolute(LOCALAPPDATA)) return join(LOCALAPPDATA, ...win32);
  return join(HOME, ...(platform === "darwin" ? darwin : linux));
}
