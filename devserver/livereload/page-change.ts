/**
 * What changed files mean for the pages that show them.
 *
 * Layer 4 (livereload). Pure. Paths are absolute.
 */
import { extname, relative, sep } from "node:path";
import type { AssetChange } from "../autoreload/messages.ts";
import { isBelow } from "../autoreload/changes.ts";

export type PageChange =
  /** Style sheets, by the ends of their URLs. */
  { readonly type: "css"; readonly names: readonly string[] } | { readonly type: "reload" };

/** Style sheets can be swapped in place, whatever else changes needs a new page. `statics`: the folders they are found in. */
export function toPageChange({ kind, paths }: AssetChange, statics: readonly string[]): PageChange {
  if (kind !== "static" || !paths.every((path) => extname(path) === ".css"))
    return { type: "reload" };
  return { type: "css", names: paths.map((path) => nameBelow(path, statics)) };
}

function nameBelow(path: string, folders: readonly string[]): string {
  const folder = folders.find((folder) => isBelow(path, folder)) ?? path;
  return relative(folder, path).split(sep).join("/");
}
