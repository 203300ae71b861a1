/**
 * The apps of a site: folders with templates, static files and commands of their own.
 *
 * Layer 4 (conf). Source: Django apps/registry.py. Errors: `ImproperlyConfigured` for a folder that does not exist and
 * for two apps of one name. Differs from Django: an app is a folder and no module; nothing of it is imported.
 */
import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { ImproperlyConfigured } from "../exceptions.ts";
import type { Settings } from "./settings.ts";

export interface InstalledApp {
  /** The folder's name. */
  readonly label: string;
  /** Absolute. */
  readonly path: string;
}

/** The apps in the order of INSTALLED_APPS. */
export function installedApps(
  settings: Pick<Settings, "BASE_DIR" | "INSTALLED_APPS">,
): readonly InstalledApp[] {
  const base = settings.BASE_DIR ?? process.cwd();
  const apps = settings.INSTALLED_APPS.map((entry) => appAt(resolve(base, entry), entry));
  for (const [index, { label, path }] of apps.entries()) {
    const earlier = apps.slice(0, index).find((app) => app.label === label);
    if (earlier === undefined) continue;
    throw new ImproperlyConfigured(
      `App names are not unique, duplicates: ${label} (${earlier.path} and ${path}).`,
    );
  }
  return apps;
}

function appAt(path: string, entry: string): InstalledApp {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new ImproperlyConfigured(
      `INSTALLED_APPS names ${JSON.stringify(entry)}, but there is no folder ${path}.`,
    );
  }
  return { label: basename(path), path };
}
