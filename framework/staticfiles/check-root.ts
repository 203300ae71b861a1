/**
 * Whether STATIC_ROOT is a folder that may be filled and cleared.
 *
 * Layer 4 (staticfiles). Source: Django contrib/staticfiles/storage.py (`StaticFilesStorage.path`) and its check E002;
 * the others are ours, because `collectstatic --clear` deletes what is there.
 * Errors: `ImproperlyConfigured`.
 */
import { realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { FinderSettings } from "../conf/sections/static-files.ts";
import { ImproperlyConfigured } from "../exceptions.ts";
import { searchedLocations } from "./finders.ts";
import { isWithin } from "./static-path.ts";

/** Returns STATIC_ROOT, or throws when there is none, or when it overlaps with what must not be touched. */
export function checkedRoot(settings: FinderSettings): string {
  const { STATIC_ROOT, BASE_DIR } = settings;
  if (STATIC_ROOT === null) {
    throw new ImproperlyConfigured(
      'STATIC_ROOT is not set: it names the folder to collect static files in, such as join(import.meta.dirname, "collected").',
    );
  }
  const root = withoutLinks(resolve(STATIC_ROOT));
  if (isWithin(withoutLinks(BASE_DIR ?? process.cwd()), root)) {
    throw new ImproperlyConfigured(
      `STATIC_ROOT ${STATIC_ROOT} has the project in it: it must be a folder of its own.`,
    );
  }
  for (const location of searchedLocations(settings)) {
    const source = withoutLinks(resolve(location));
    if (!isWithin(source, root) && !isWithin(root, source)) continue;
    throw new ImproperlyConfigured(
      `STATIC_ROOT ${STATIC_ROOT} and the source ${location} are one in the other: collected files must be apart from sources.`,
    );
  }
  return STATIC_ROOT;
}

/** As `realpath`, also for what does not exist yet. */
function withoutLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(withoutLinks(parent), basename(path));
  }
}
