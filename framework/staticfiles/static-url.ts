/**
 * The URL of a static file: what `{% static "css/site.css" %}` becomes.
 *
 * Layer 4 (staticfiles). Source: Django templatetags/static.py, contrib/staticfiles/storage.py (`url`, `stored_name`).
 * Errors: `ImproperlyConfigured` without STATIC_URL; `MissingManifestEntry` for a file that was not collected.
 * Differs from Django: a query and a fragment stay what they are also with plain names (Django escapes them
 * there), a name is escaped also with the manifest, and without strictness the plain name is used.
 */
import type { StaticFilesSettings } from "../conf/sections/static-files.ts";
import { FrameworkError, ImproperlyConfigured } from "../exceptions.ts";
import { getOrInsert } from "../utils/get-or-insert.ts";
import { quote } from "../utils/quote.ts";
import { MANIFEST_NAME, readManifest } from "./manifest.ts";

/** What the URLs of static files depend on. Every `Settings` is one. */
export interface StaticUrlSettings extends Pick<
  StaticFilesSettings,
  "STATIC_URL" | "STATIC_ROOT" | "STATICFILES_STORAGE" | "STATICFILES_MANIFEST_STRICT"
> {
  readonly DEBUG: boolean;
  readonly FORCE_SCRIPT_NAME: string | null;
}

/** The manifest does not know this file: it was not collected since it exists, or its name is wrong. */
export class MissingManifestEntry extends FrameworkError {
  override readonly name = "MissingManifestEntry";
  readonly code = "staticfiles.not_in_manifest";
}

/** The URLs of one site. The manifest is read once, when this is built; with DEBUG it is not used at all. */
export class StaticUrls {
  /** STATIC_URL as it stands in pages: `"/static/"`. */
  readonly base: string;
  readonly #names: ReadonlyMap<string, string> | undefined;
  readonly #hint: string;
  readonly #isStrict: boolean;
  #hashed: ReadonlySet<string> | undefined;

  constructor(settings: StaticUrlSettings) {
    this.base = staticBase(settings);
    this.#isStrict = settings.STATICFILES_MANIFEST_STRICT;
    this.#hint = "";
    if (settings.DEBUG || settings.STATICFILES_STORAGE === "plain") return;
    const root = settings.STATIC_ROOT;
    if (root === null)
      throw new ImproperlyConfigured(
        "STATICFILES_STORAGE is manifest, so STATIC_ROOT must name the folder with the collected files.",
      );
    const manifest = readManifest(root);
    this.#names = manifest?.paths ?? new Map();
    if (manifest === undefined)
      this.#hint = ` There is no ${MANIFEST_NAME} in ${root}: run devserver collectstatic.`;
  }

  /**
   * The URL of the file `path` (`"css/site.css"`; a slash in front means nothing). A `?query` and a `#fragment` after
   * it stay; everything else that needs it is percent-escaped, so the result may stand in HTML as it is once `&` and
   * quotes are escaped. A path that ends in a slash is a folder and has no hash.
   */
  url(path: string): string {
    const [, name = "", rest = ""] = /^\/*([^?#]*)(.*)$/s.exec(path) ?? [];
    return this.base + quote(this.#stored(name), "/~!*()'") + rest;
  }

  /** Whether a name has a hash of its content in it: what it stands for never changes. */
  isHashed(name: string): boolean {
    this.#hashed ??= new Set(this.#names?.values());
    return this.#hashed.has(name);
  }

  #stored(name: string): string {
    if (this.#names === undefined || name === "" || name.endsWith("/")) return name;
    const stored = this.#names.get(name);
    if (stored !== undefined) return stored;
    if (!this.#isStrict) return name;
    throw new MissingManifestEntry(
      `Missing staticfiles manifest entry for '${name}'.${this.#hint}`,
    );
  }
}

const known = new WeakMap<StaticUrlSettings, StaticUrls>();

/** The URLs of the site with these settings: built on the first call, the same object afterwards. */
export function staticUrls(settings: StaticUrlSettings): StaticUrls {
  return getOrInsert(known, settings, () => new StaticUrls(settings));
}

/** The URL of one static file: `staticUrl(settings, "css/site.css")` → `"/static/css/site.css"`. See `StaticUrls.url`. */
export function staticUrl(settings: StaticUrlSettings, path: string): string {
  return staticUrls(settings).url(path);
}

/** STATIC_URL with the mount point in front of a relative one. */
export function staticBase({
  STATIC_URL,
  FORCE_SCRIPT_NAME,
}: Pick<StaticUrlSettings, "STATIC_URL" | "FORCE_SCRIPT_NAME">): string {
  if (STATIC_URL === null) {
    throw new ImproperlyConfigured(
      'Static files are used, but the settings have no STATIC_URL: write STATIC_URL: "static/".',
    );
  }
  if (/^(?:\/|[a-z][a-z0-9+.-]*:)/i.test(STATIC_URL)) return STATIC_URL;
  return `${FORCE_SCRIPT_NAME ?? ""}/${STATIC_URL}`.replace(/^\/{2,}/, "/");
}
