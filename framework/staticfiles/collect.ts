/**
 * `collectstatic`: all static files in one folder, with hashes in their names where that is wanted.
 *
 * Layer 4 (staticfiles). Source: Django contrib/staticfiles/management/commands/collectstatic.py; its messages.
 * Errors: `ImproperlyConfigured`, `MissingFileError`, `CollectError`. A reference to a missing file is found before
 * anything is written.
 * Differs from Django: a copy of another size is no copy, whatever its date; nothing outside of STATIC_ROOT is written
 * or deleted, also through links; emptied folders are removed.
 */
import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import type { FoundStaticFile } from "../conf/sections/static-files.ts";
import type { Settings } from "../conf/settings.ts";
import { checkedRoot } from "./check-root.ts";
import { getFinders } from "./finders.ts";
import { type HashedFiles, hashFiles, isAdjustable } from "./hash-files.ts";
import { matchesAny } from "./ignore-patterns.ts";
import { formatManifest, MANIFEST_NAME } from "./manifest.ts";
import { staticBase } from "./static-url.ts";
import { StaticRoot } from "./static-root.ts";

export interface CollectOptions {
  /** Make symbolic links instead of copies. */
  readonly link: boolean;
  /** Delete what is in STATIC_ROOT first. */
  readonly clear: boolean;
  /** Only say what would be done. */
  readonly dryRun: boolean;
  /** Add hashes to names where STATICFILES_STORAGE is `"manifest"`. */
  readonly postProcess: boolean;
  /** Patterns of files to leave out. */
  readonly ignore: readonly string[];
  /** Is told of every step: 1 for what everybody wants to know, 2 for details, 0 for what may be wrong. */
  readonly log: (message: string, level: 0 | 1 | 2) => void;
}

/** Plain names of files. */
export interface Collected {
  readonly modified: readonly string[];
  readonly unmodified: readonly string[];
  readonly postProcessed: readonly string[];
  /** Those that another file of the same name hides. */
  readonly skipped: readonly string[];
}

/** Fills STATIC_ROOT. */
export function collectStatic(settings: Settings, options: CollectOptions): Collected {
  const root = new StaticRoot(checkedRoot(settings));
  const { files, skipped } = listSources(settings, options);
  const wantsHashes = settings.STATICFILES_STORAGE === "manifest" && options.postProcess;
  const hashed = wantsHashes && !options.dryRun ? hashSources(files, settings, options) : undefined;
  if (options.clear) clear(root, options);
  const modified: string[] = [];
  const unmodified: string[] = [];
  for (const file of files) (place(file, root, options) ? modified : unmodified).push(file.path);
  const postProcessed = hashed === undefined ? [] : writeHashed(files, hashed, root, options);
  return { modified, unmodified, postProcessed, skipped };
}

interface Sources {
  readonly files: readonly FoundStaticFile[];
  readonly skipped: readonly string[];
}

/** The first file of each name counts. */
function listSources(settings: Settings, { ignore, log }: CollectOptions): Sources {
  const isIgnored = matchesAny(ignore);
  const files = new Map<string, FoundStaticFile>();
  const skipped: string[] = [];
  for (const finder of getFinders(settings)) {
    for (const file of finder.list(isIgnored)) {
      if (!files.has(file.path)) files.set(file.path, file);
      else {
        skipped.push(file.path);
        log(
          `Found another file with the destination path '${file.path}', ${file.source}. It will be ignored since only the first encountered file is collected.`,
          2,
        );
      }
    }
  }
  return { files: [...files.values()], skipped };
}

function clear(root: StaticRoot, { dryRun, log }: CollectOptions): void {
  for (const path of root.entries()) {
    log(`${dryRun ? "Pretending to delete" : "Deleting"} '${path}'`, 1);
    if (!dryRun) root.remove(path);
  }
}

/** Whether there was anything to do. */
function place(file: FoundStaticFile, root: StaticRoot, options: CollectOptions): boolean {
  const { link, dryRun, clear, log } = options;
  const { path, source } = file;
  // What `--clear` would have deleted by now is no copy.
  if (!(dryRun && clear) && root.isCurrent(path, source, link)) {
    log(`Skipping '${path}' (not modified)`, 2);
    return false;
  }
  const [pretended, done] = link ? ["link", "Linking"] : ["copy", "Copying"];
  if (dryRun) {
    log(`Pretending to ${pretended} '${source}'`, 1);
    return true;
  }
  log(`${done} '${source}'`, 2);
  if (link) root.link(path, source);
  else root.copy(path, source);
  return true;
}

function hashSources(
  files: readonly FoundStaticFile[],
  settings: Settings,
  { log }: CollectOptions,
): HashedFiles {
  const texts = new Map<string, string>();
  const hashes = new Map<string, string>();
  for (const { path, source } of files) {
    const text = isAdjustable(path) ? decode(readFileSync(source)) : undefined;
    if (text !== undefined) texts.set(path, text);
    else hashes.set(path, hashOf(source));
    if (text === undefined && isAdjustable(path))
      log(`'${path}' is no UTF-8: what it refers to keeps its name.`, 0);
  }
  return hashFiles({
    texts,
    hashes,
    base: staticBase(settings),
    strict: settings.STATICFILES_MANIFEST_STRICT,
    onMissing: (message) => log(message, 1),
  });
}

/** Returns the names of what was processed: all stylesheets and scripts, and what had no copy with this hash. */
function writeHashed(
  files: readonly FoundStaticFile[],
  { names, texts }: HashedFiles,
  root: StaticRoot,
  { log }: CollectOptions,
): string[] {
  const processed: string[] = [];
  for (const { path, source } of files) {
    const name = names.get(path) ?? path;
    const text = texts.get(path);
    if (text !== undefined) root.write(name, text);
    else if (root.has(name, statSync(source).size)) {
      log(`Skipped post-processing '${path}'`, 2);
      continue;
    } else root.copy(name, source);
    log(`Post-processed '${path}' as '${name}'`, 2);
    processed.push(path);
  }
  root.write(MANIFEST_NAME, formatManifest(names));
  return processed;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** As `contentHash`, block by block: a video need not fit into memory. */
function hashOf(file: string): string {
  const hash = createHash("md5");
  const block = Buffer.allocUnsafe(65_536);
  const handle = openSync(file, "r");
  try {
    for (;;) {
      const read = readSync(handle, block, 0, block.byteLength, null);
      if (read === 0) break;
      hash.update(block.subarray(0, read));
    }
  } finally {
    closeSync(handle);
  }
  return hash.digest("hex").slice(0, 12);
}
