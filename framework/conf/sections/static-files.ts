/**
 * Settings: Where static files are, where they are collected, and at which URL they are served.
 *
 * Layer 4 (conf). Source: Django conf/global_settings.py, contrib/staticfiles.
 * What searches for files comes from a higher layer, so its shape is declared here.
 */
import {
  ABSOLUTE_PATH_OR_NULL,
  BOOLEAN,
  isAbsolutePath,
  isListOf,
  oneOf,
  type Checks,
} from "../check-kinds.ts";

/** A folder whose files are found as they are, or below a prefix: `["downloads", "/srv/pdf"]`. */
export type StaticFilesDir = string | readonly [prefix: string, folder: string];

/** A file that a finder has. */
export interface FoundStaticFile {
  /** What it is called in `{% static %}`, with slashes. */
  readonly path: string;
  /** Where it is, absolute. */
  readonly source: string;
}

/** Knows where some of the static files are. */
export interface StaticFilesFinder {
  /** The folders that are searched, absolute. */
  readonly locations: readonly string[];
  /** Absolute paths of everything that `path` may mean, the first being the one that counts. */
  find(path: string): readonly string[];
  /** All files but those that `isIgnored` says of their path below the folder. */
  list(isIgnored: (path: string) => boolean): Iterable<FoundStaticFile>;
}

/** Constructed once per application. */
export type StaticFilesFinderClass = new (settings: FinderSettings) => StaticFilesFinder;

/** What a finder may look at. */
export interface FinderSettings extends StaticFilesSettings {
  readonly BASE_DIR: string | null;
  readonly INSTALLED_APPS: readonly string[];
}

export interface StaticFilesSettings {
  /**
   * The URL of static files, with a slash at its end: `"static/"`, or `"https://cdn.example.com/"`. One without a slash
   * or a scheme in front begins where the site is mounted; `null` for a site without static files. @default null
   */
  readonly STATIC_URL: string | null;
  /** The folder that `devserver collectstatic` fills and a web server serves, as an absolute path. @default null */
  readonly STATIC_ROOT: string | null;
  /**
   * Folders with static files besides the `static/` of each app, as absolute paths; `[prefix, folder]` finds what is in
   * the folder below the prefix. @default []
   */
  readonly STATICFILES_DIRS: readonly StaticFilesDir[];
  /**
   * What searches for static files, in this order; `null` for FileSystemFinder (STATICFILES_DIRS), then
   * AppDirectoriesFinder. @default null
   */
  readonly STATICFILES_FINDERS: readonly StaticFilesFinderClass[] | null;
  /**
   * `"manifest"`: `collectstatic` adds a hash of its content to the name of each file, and with DEBUG off URLs have
   * these names, so that browsers may keep the files for good. @default "plain"
   */
  readonly STATICFILES_STORAGE: "plain" | "manifest";
  /**
   * Whether a file that the manifest lacks, and a reference from one file to another that is not there, are errors;
   * otherwise their names stay as they are. @default true
   */
  readonly STATICFILES_MANIFEST_STRICT: boolean;
}

export const STATIC_FILES_DEFAULTS: StaticFilesSettings = {
  STATIC_URL: null,
  STATIC_ROOT: null,
  STATICFILES_DIRS: [],
  STATICFILES_FINDERS: null,
  STATICFILES_STORAGE: "plain",
  STATICFILES_MANIFEST_STRICT: true,
};

export const STATIC_FILES_CHECKS: Checks<StaticFilesSettings> = {
  STATIC_URL: [
    'a path or URL that ends with a slash and is more than one, such as "static/", or null',
    (value) =>
      value === null || (typeof value === "string" && /^[^?#]*[^?#/][^?#]*\/$/.test(value)),
  ],
  STATIC_ROOT: ABSOLUTE_PATH_OR_NULL,
  STATICFILES_DIRS: [
    'an array of absolute paths, or of ["prefix", path] with no slash at the ends of the prefix',
    isListOf(isStaticFilesDir),
  ],
  STATICFILES_FINDERS: [
    "an array of finder classes, or null",
    (value) => value === null || isListOf((entry) => typeof entry === "function")(value),
  ],
  STATICFILES_STORAGE: oneOf("plain", "manifest"),
  STATICFILES_MANIFEST_STRICT: BOOLEAN,
};

function isStaticFilesDir(value: unknown): boolean {
  if (!Array.isArray(value)) return isAbsolutePath(value);
  const [prefix, folder, ...others]: unknown[] = value;
  return isPrefix(prefix) && isAbsolutePath(folder) && others.length === 0;
}

/** Names with slashes between them, none of which leads elsewhere. */
function isPrefix(value: unknown): boolean {
  return (
    typeof value === "string" &&
    !/[\\\0]/.test(value) &&
    value.split("/").every((name) => name !== "" && name !== "." && name !== "..")
  );
}
