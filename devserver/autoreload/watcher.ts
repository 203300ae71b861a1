/**
 * Watches a project's files.
 *
 * Layer 1 (autoreload). Reports changed, new and deleted files, all that come in one breath together:
 * a checkout of many files is one report.
 */
import { basename, extname, sep } from "node:path";
import { watch, type FSWatcher } from "chokidar";

/** Files that are part of the running program. Templates are not: they are read anew at each render. */
const CODE = new Set([".cjs", ".cts", ".env", ".js", ".json", ".mjs", ".mts", ".ts"]);

/** Folders nobody edits by hand. */
const IGNORED = new Set(["node_modules", ".git", "dist", "coverage"]);

/** How long to wait for further changes after one, in milliseconds. */
const QUIET_MS = 20;

/** Calls `onChange` with the paths that changed. Resolves when the watching has begun. */
export async function watchFolder(
  folder: string,
  onChange: (paths: readonly string[]) => void,
): Promise<FSWatcher> {
  const watcher = watch(folder, {
    ignoreInitial: true,
    ignored: (path) => isIgnored(path, folder),
  });
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  watcher.on("all", (_event, path) => {
    if (!isCode(path)) return;
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const paths = [...changed];
      changed = new Set();
      onChange(paths);
    }, QUIET_MS);
  });
  const ready = Promise.withResolvers<void>();
  watcher.once("ready", ready.resolve);
  await ready.promise;
  return watcher;
}

function isIgnored(path: string, folder: string): boolean {
  return path
    .slice(folder.length)
    .split(sep)
    .some((part) => IGNORED.has(part));
}

function isCode(path: string): boolean {
  const name = basename(path);
  return name.startsWith(".env") || CODE.has(extname(name));
}
