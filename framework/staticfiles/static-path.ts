/**
 * From the path of a static file, as a client or a template writes it, to what is there on disk.
 *
 * Layer 4 (staticfiles). The one place where a path from outside meets the file system. A path is names with slashes
 * between them, percent-escapes already decoded: a name that is empty, `.` or `..`, or that has a NUL or a
 * backslash in it, names nothing. So every file has one path, and no path leads out of its folder.
 * Differs from Django (utils/_os.py `safe_join`): nothing is normalised, and what leads elsewhere is not there,
 * instead of an error.
 */
import { realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";

export interface LocateOptions {
  /** Whether a symbolic link may lead out of the folder. @default false */
  readonly followSymlinks?: boolean;
}

/** Something that is there. */
export interface Located {
  /** Absolute; where links may not lead out, without links. */
  readonly path: string;
  readonly kind: "file" | "folder";
}

/** What `path` names below `folder`; `""` is the folder itself, and a slash at the end asks for a folder. */
export function locate(
  folder: string,
  path: string,
  options: LocateOptions = {},
): Located | undefined {
  const names = splitPath(path);
  if (names === undefined) return undefined;
  const found = attempt(() => {
    const wanted = join(folder, ...names);
    if (options.followSymlinks === true) return wanted;
    const real = realpathSync(wanted);
    return isWithin(real, realpathSync(folder)) ? real : undefined;
  });
  if (found === undefined) return undefined;
  const kind = kindAt(found);
  if (kind === undefined || (kind === "file" && path.endsWith("/"))) return undefined;
  return { path: found, kind };
}

/** As `locate`, for files only. */
export function locateFile(
  folder: string,
  path: string,
  options: LocateOptions = {},
): string | undefined {
  const found = locate(folder, path, options);
  return found?.kind === "file" ? found.path : undefined;
}

/** The names of a path; `undefined` when one of them is none. */
export function splitPath(path: string): readonly string[] | undefined {
  if (/[\\\0]/.test(path)) return undefined;
  if (path === "") return [];
  const names = (path.endsWith("/") ? path.slice(0, -1) : path).split("/");
  return names.some((name) => name === "" || name === "." || name === "..") ? undefined : names;
}

/** Whether one of its names begins with a dot: `.git/config`, `css/.DS_Store`. */
export function isHidden(path: string): boolean {
  return /(?:^|\/)\./.test(path);
}

/** Whether `path` is `folder`, or in it. Both absolute and without `..`. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** What is there, at the end of all links; `undefined` also for a pipe or a device, which nobody could send. */
export function kindAt(path: string): Located["kind"] | undefined {
  const stats = attempt(() => statSync(path));
  if (stats?.isDirectory() === true) return "folder";
  return stats?.isFile() === true ? "file" : undefined;
}

/** No such file, no permission, a loop of links, a name that is too long: all mean that there is nothing to have. */
function attempt<Result>(look: () => Result): Result | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
