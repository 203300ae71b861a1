/**
 * `staticfiles.json`: which name with a hash each collected file has.
 *
 * Layer 4 (staticfiles). Source: Django contrib/staticfiles/storage.py (`ManifestFilesMixin`); the file is Django's,
 * byte for byte the same hash, so either framework reads what the other has written.
 * Errors: `ImproperlyConfigured` for a file that is no manifest.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ImproperlyConfigured } from "../exceptions.ts";
import { errorMessage } from "../utils/describe.ts";
import { errorCode } from "../utils/error-code.ts";
import { contentHash } from "./hashed-name.ts";

export const MANIFEST_NAME = "staticfiles.json";
const VERSION = "1.1";
const READABLE_VERSIONS: ReadonlySet<unknown> = new Set(["1.0", VERSION]);

export interface Manifest {
  /** From plain names to those with a hash. */
  readonly paths: ReadonlyMap<string, string>;
  /** Changes whenever a name does; `""` for a manifest of an older version. */
  readonly hash: string;
}

/** The manifest of a STATIC_ROOT; `undefined` when it has none. */
export function readManifest(root: string): Manifest | undefined {
  const file = join(root, MANIFEST_NAME);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw unreadable(file, error);
  }
  return parseManifest(text, file);
}

/** The text of the file for these names. */
export function formatManifest(paths: ReadonlyMap<string, string>): string {
  const sorted = sortedPairs(paths);
  return JSON.stringify({
    paths: Object.fromEntries(sorted),
    version: VERSION,
    hash: manifestHash(paths),
  });
}

/** The first twelve hexadecimal digits of the MD5 of all names. */
export function manifestHash(paths: ReadonlyMap<string, string>): string {
  const pairs = sortedPairs(paths).map((pair) => `[${pair.map(pythonJson).join(", ")}]`);
  return contentHash(`[${pairs.join(", ")}]`);
}

function parseManifest(text: string, file: string): Manifest {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch (error) {
    throw unreadable(file, error);
  }
  if (typeof stored !== "object" || stored === null || !("paths" in stored))
    throw unreadable(file, "it has no paths");
  const { paths } = stored;
  const version = "version" in stored ? stored.version : undefined;
  if (!READABLE_VERSIONS.has(version))
    throw unreadable(file, `its version is ${JSON.stringify(version)}`);
  const hash = "hash" in stored && typeof stored.hash === "string" ? stored.hash : "";
  return { paths: new Map(textPairs(paths)), hash };
}

function textPairs(paths: unknown): [string, string][] {
  return Object.entries(paths ?? {}).filter(
    (pair): pair is [string, string] => typeof pair[1] === "string",
  );
}

function unreadable(file: string, reason: unknown): ImproperlyConfigured {
  const why = typeof reason === "string" ? reason : errorMessage(reason);
  return new ImproperlyConfigured(
    `Couldn't load manifest ${file} (version ${VERSION}): ${why}. Run devserver collectstatic to write it anew.`,
  );
}

/** By code points, as Python sorts. */
function sortedPairs(paths: ReadonlyMap<string, string>): [string, string][] {
  return [...paths].toSorted(([one], [other]) =>
    Buffer.compare(Buffer.from(one), Buffer.from(other)),
  );
}

/** As Python's `json.dumps` writes a text: ASCII only. */
function pythonJson(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\x7f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
