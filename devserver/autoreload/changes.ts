/**
 * What a change of a file means for a running project.
 *
 * Layer 1 (autoreload). Pure. Paths are absolute.
 */
import { basename, extname, sep } from "node:path";
import type { LoadReport } from "./messages.ts";

/** `settings`: a new child with a new environment; `code`: a new child; the others are read anew at each use. */
export type ChangeKind = "code" | "settings" | "static" | "template";

export interface FileChange {
  readonly event: "add" | "change" | "unlink";
  readonly path: string;
}

/** Files that Node can import. */
const SOURCE = new Set([".cjs", ".cts", ".js", ".mjs", ".mts", ".ts"]);
const IMPORTABLE = new Set([...SOURCE, ".json", ".wasm", ".node"]);

/** `undefined` for a change that means nothing: a module that nobody imports, a log file. */
export function kindOfChange(
  { event, path }: FileChange,
  settingsFile: string,
  report: LoadReport | undefined,
): ChangeKind | undefined {
  if (path === settingsFile || /^\.env(\.|$)/.test(basename(path))) return "settings";
  if (report?.modules?.includes(path) === true) return "code";
  if (report?.statics.some((folder) => isBelow(path, folder)) === true) return "static";
  if (report?.templates.some((folder) => isBelow(path, folder)) === true) return "template";
  return isCode(event, path, report) ? "code" : undefined;
}

/**
 * Of what was not imported: a new or vanished one, since it may be what an import means from now on; and while the
 * project does not load, whatever could be imported, since nobody knows what is missing.
 */
function isCode(event: FileChange["event"], path: string, report: LoadReport | undefined): boolean {
  const { ok, modules } = report ?? { ok: false, modules: undefined };
  if (!ok) return IMPORTABLE.has(extname(path));
  if (modules === undefined || event !== "change") return SOURCE.has(extname(path));
  return false;
}

export function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
