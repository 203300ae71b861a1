/**
 * STATIC_ROOT, as the one who fills it: everything that is written or deleted there is written or deleted here.
 *
 * Layer 4 (staticfiles). Effects: files below the folder, and nowhere else: a link in it that leads elsewhere is
 * replaced or refused, never followed. A file appears whole or not at all.
 * Errors: `CollectError` for what is in the way, and what `node:fs` throws.
 */
import { randomUUID } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  rmdirSync,
  type Stats,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { FrameworkError } from "../exceptions.ts";
import { isWithin, kindAt, splitPath } from "./static-path.ts";

/** Something in STATIC_ROOT is in the way of the files to be collected, or leads out of it. */
export class CollectError extends FrameworkError {
  override readonly name = "CollectError";
  readonly code = "staticfiles.collect";
}

/** What web servers must be able to read, whatever the sources allow. As Django's FILE_UPLOAD_PERMISSIONS. */
const FILE_MODE = 0o644;

export class StaticRoot {
  /** Absolute. */
  readonly path: string;

  /** The folder need not exist. */
  constructor(path: string) {
    this.path = resolve(path);
  }

  get isEmpty(): boolean {
    return kindAt(this.path) !== "folder" || readdirSync(this.path).length === 0;
  }

  /** Whether the file has a copy here that is not older, or is what a link here leads to. */
  isCurrent(path: string, source: string, asLink: boolean): boolean {
    const stats = this.#statsOf(path);
    if (stats === undefined) return false;
    if (asLink) return stats.isSymbolicLink() && readlinkSync(this.#join(path)) === source;
    const original = statSync(source);
    return (
      stats.isFile() &&
      stats.size === original.size &&
      Math.floor(stats.mtimeMs / 1000) >= Math.floor(original.mtimeMs / 1000)
    );
  }

  /** Whether there is a file of this size. */
  has(path: string, size: number): boolean {
    const stats = this.#statsOf(path);
    return stats?.isFile() === true && stats.size === size;
  }

  copy(path: string, source: string): void {
    this.#replace(path, (target) => {
      copyFileSync(source, target);
      chmodSync(target, FILE_MODE);
    });
  }

  link(path: string, source: string): void {
    this.#replace(path, (target) => symlinkSync(source, target));
  }

  write(path: string, text: string): void {
    this.#replace(path, (target) => writeFileSync(target, text, { mode: FILE_MODE }));
  }

  /** The files and links in it, deepest folders first, without following any link. */
  *entries(): Generator<string> {
    yield* kindAt(this.path) === "folder" ? namesBelow(this.path, "") : [];
  }

  /** Removes a file or a link, and the folders that it leaves empty. */
  remove(path: string): void {
    unlinkSync(this.#join(path));
    for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
      if (readdirSync(this.#join(folder)).length > 0) return;
      rmdirSync(this.#join(folder));
    }
  }

  /** Makes the new file beside its place, then moves it there: whoever reads has the old one or the new one. */
  #replace(path: string, make: (target: string) => void): void {
    const target = this.#join(path);
    this.#makeFolder(path);
    const temporary = join(dirname(target), `.${randomUUID()}`);
    try {
      make(temporary);
      renameSync(temporary, target);
    } catch (error) {
      rmSync(temporary, { force: true });
      if (kindAt(target) !== "folder") throw error;
      throw new CollectError(`'${path}' is to be a file, but ${target} is a folder.`, {
        cause: error,
      });
    }
  }

  /** Looks before it makes: `mkdir` would follow a link. */
  #makeFolder(path: string): void {
    mkdirSync(this.path, { recursive: true });
    const root = realpathSync(this.path);
    let folder = root;
    for (const name of (splitPath(path) ?? []).slice(0, -1)) {
      folder = join(folder, name);
      if (kindAt(folder) === undefined && lstatOf(folder) === undefined) mkdirSync(folder);
      if (kindAt(folder) !== "folder")
        throw new CollectError(`'${path}' needs a folder ${folder}, but that is something else.`);
      if (!isWithin(realpathSync(folder), root))
        throw new CollectError(
          `'${path}' would be written outside of STATIC_ROOT: ${folder} is a link to ${realpathSync(folder)}.`,
        );
    }
  }

  #statsOf(path: string): Stats | undefined {
    return lstatOf(this.#join(path));
  }

  #join(path: string): string {
    const names = splitPath(path);
    if (names === undefined || names.length === 0)
      throw new CollectError(`'${path}' is no name for a static file.`);
    return join(this.path, ...names);
  }
}

function* namesBelow(folder: string, prefix: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = prefix + entry.name;
    if (entry.isDirectory()) yield* namesBelow(join(folder, entry.name), `${path}/`);
    else yield path;
  }
}

function lstatOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    // A file where there should be a folder.
    return undefined;
  }
}
