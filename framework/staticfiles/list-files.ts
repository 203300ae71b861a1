/**
 * All files below a folder.
 *
 * Layer 4 (staticfiles). Source: Django contrib/staticfiles/utils.py (`get_files`). Symbolic links are followed, but
 * not in circles; names are sorted, so that two machines list alike. A folder that is not there has no files.
 */
import { readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { FoundStaticFile } from "../conf/sections/static-files.ts";
import { kindAt } from "./static-path.ts";

/** `isIgnored` is asked of paths below `folder`, of files and of folders; what is in an ignored folder is not listed. */
export function* listFiles(
  folder: string,
  isIgnored: (path: string) => boolean,
): Generator<FoundStaticFile> {
  yield* walk({ folder, prefix: "", ancestors: [] }, isIgnored);
}

interface Place {
  readonly folder: string;
  readonly prefix: string;
  /** Without links. */
  readonly ancestors: readonly string[];
}

function* walk(
  { folder, prefix, ancestors }: Place,
  isIgnored: (path: string) => boolean,
): Generator<FoundStaticFile> {
  if (kindAt(folder) !== "folder") return;
  const real = realpathSync(folder);
  if (ancestors.includes(real)) return;
  for (const name of readdirSync(folder).toSorted()) {
    const path = prefix + name;
    if (isIgnored(path)) continue;
    const source = join(folder, name);
    const kind = kindAt(source);
    if (kind === "file") yield { path, source };
    if (kind === "folder")
      yield* walk(
        { folder: source, prefix: `${path}/`, ancestors: [...ancestors, real] },
        isIgnored,
      );
  }
}
