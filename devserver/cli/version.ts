/**
 * The version of this package.
 *
 * Layer 10 (cli). Read from package.json, so that it is written down once.
 */
import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname } from "node:path";

const file = findPackageJSON(import.meta.url);
if (file === undefined)
  throw new Error("minorswing is not installed as a package: it has no package.json");

/** The folder of this package. */
export const PACKAGE_FOLDER: string = dirname(file);

const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));

export const VERSION: string =
  typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "unknown";
