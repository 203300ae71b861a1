/**
 * Where static files come from: the folders of STATICFILES_DIRS, then the `static/` of each app.
 *
 * Layer 4 (staticfiles). Source: Django contrib/staticfiles/finders.py. The disk is asked each time, so what is added
 * while a site runs is found. Symbolic links are followed: these are the developer's own folders.
 * Errors: `ImproperlyConfigured` when STATIC_ROOT is a source too, and what `installedApps` throws.
 */
import { join, resolve } from "node:path";
import { installedApps } from "../conf/apps.ts";
import type {
  FinderSettings,
  FoundStaticFile,
  StaticFilesFinder,
  StaticFilesFinderClass,
} from "../conf/sections/static-files.ts";
import { ImproperlyConfigured } from "../exceptions.ts";
import { getOrInsert } from "../utils/get-or-insert.ts";
import { listFiles } from "./list-files.ts";
import { locateFile } from "./static-path.ts";

interface Location {
  /** `""`, or names with slashes between them. */
  readonly prefix: string;
  readonly folder: string;
}

/** Finds files in some folders, the first one first. */
class FolderFinder implements StaticFilesFinder {
  readonly #places: readonly Location[];

  constructor(places: readonly Location[]) {
    this.#places = places;
  }

  get locations(): readonly string[] {
    return this.#places.map(({ folder }) => folder);
  }

  find(path: string): readonly string[] {
    return this.#places
      .map(({ prefix, folder }) => {
        const below = prefix === "" ? path : withoutPrefix(path, `${prefix}/`);
        return below === undefined
          ? undefined
          : locateFile(folder, below, { followSymlinks: true });
      })
      .filter((found) => found !== undefined);
  }

  *list(isIgnored: (path: string) => boolean): Generator<FoundStaticFile> {
    for (const { prefix, folder } of this.#places) {
      for (const { path, source } of listFiles(folder, isIgnored))
        yield { path: prefix === "" ? path : `${prefix}/${path}`, source };
    }
  }
}

/** Files of STATICFILES_DIRS. */
export class FileSystemFinder extends FolderFinder {
  constructor({ STATICFILES_DIRS, STATIC_ROOT }: FinderSettings) {
    const places = STATICFILES_DIRS.map((entry) =>
      typeof entry === "string"
        ? { prefix: "", folder: resolve(entry) }
        : { prefix: entry[0], folder: resolve(entry[1]) },
    );
    if (STATIC_ROOT !== null && places.some(({ folder }) => folder === resolve(STATIC_ROOT))) {
      throw new ImproperlyConfigured(
        `The STATICFILES_DIRS setting should not contain the STATIC_ROOT setting, ${STATIC_ROOT}: collected files would become sources.`,
      );
    }
    super(places);
  }
}

/** Files in the `static/` of each app, in the order of INSTALLED_APPS. */
export class AppDirectoriesFinder extends FolderFinder {
  constructor(settings: FinderSettings) {
    super(
      installedApps(settings).map(({ path }) => ({ prefix: "", folder: join(path, "static") })),
    );
  }
}

const DEFAULT_FINDERS: readonly StaticFilesFinderClass[] = [FileSystemFinder, AppDirectoriesFinder];

const known = new WeakMap<FinderSettings, readonly StaticFilesFinder[]>();

/** The finders of the site with these settings: made on the first call, the same ones afterwards. */
export function getFinders(settings: FinderSettings): readonly StaticFilesFinder[] {
  const classes = settings.STATICFILES_FINDERS ?? DEFAULT_FINDERS;
  return getOrInsert(known, settings, () => classes.map((Finder) => new Finder(settings)));
}

/** Where the static file `path` is, as an absolute path; with `all`, everywhere it is, the one that counts first. */
export function find(
  settings: FinderSettings,
  path: string,
  options: { readonly all: true },
): readonly string[];
export function find(
  settings: FinderSettings,
  path: string,
  options?: { readonly all?: false },
): string | undefined;
export function find(
  settings: FinderSettings,
  path: string,
  options: { readonly all?: boolean } = {},
): readonly string[] | string | undefined {
  const finders = getFinders(settings);
  if (options.all === true) return finders.flatMap((finder) => finder.find(path));
  for (const finder of finders) {
    const [first] = finder.find(path);
    if (first !== undefined) return first;
  }
  return undefined;
}

/** Every folder that is searched, in order. */
export function searchedLocations(settings: FinderSettings): readonly string[] {
  return getFinders(settings).flatMap(({ locations }) => locations);
}

function withoutPrefix(path: string, prefix: string): string | undefined {
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}
