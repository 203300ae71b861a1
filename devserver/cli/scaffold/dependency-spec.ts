/**
 * What a new project depends on to get this very minorswing.
 *
 * Layer 10 (cli). A project made by a minorswing that came from a tarball or a folder depends on that
 * tarball or folder; otherwise on its version in the registry.
 */
import { readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { PACKAGE_FOLDER, VERSION } from "../version.ts";

/** The version range or `file:` path for the project in `folder`. */
export function dependencySpec(folder: string, packageFolder: string = PACKAGE_FOLDER): string {
  const modules = dirname(packageFolder);
  // Not installed by npm: a checkout, which serves as its own source.
  if (basename(modules) !== "node_modules") return fileSpec(folder, packageFolder);
  const installedFrom = resolvedPath(modules);
  return installedFrom === undefined
    ? `^${VERSION}`
    : fileSpec(folder, resolve(dirname(modules), installedFrom));
}

function fileSpec(folder: string, target: string): string {
  return `file:${relative(folder, target).replaceAll("\\", "/")}`;
}

/** Which file npm installed the package from, relative to the project that did; `undefined` for the registry. */
function resolvedPath(modules: string): string | undefined {
  try {
    const lock: unknown = JSON.parse(readFileSync(join(modules, ".package-lock.json"), "utf8"));
    const resolved: unknown = pick(
      pick(pick(lock, "packages"), "node_modules/minorswing"),
      "resolved",
    );
    return typeof resolved === "string" && resolved.startsWith("file:")
      ? resolved.slice("file:".length)
      : undefined;
  } catch {
    // Another package manager, or none: the version is all there is to go by.
    return undefined;
  }
}

function pick(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
