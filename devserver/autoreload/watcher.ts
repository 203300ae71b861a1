/**
 * Watches a project's files.
 *
 * Layer 1 (autoreload). Reports changed, new and deleted files, all that come in one breath together: a checkout of
 * many files is one report, and a file that is emptied and then written is seen when it is written. Times in milliseconds.
 */
import { statSync } from "node:fs";
import { sep } from "node:path";
import { type FSWatcher, watch } from "chokidar";
import { type FileChange, isBelow } from "./changes.ts";

/** Folders nobody edits by hand. */
const IGNORED = new Set(["node_modules", ".git", ".hg", ".svn", "dist", "coverage"]);

/** How long to wait for further changes after one. */
const QUIET = 8;
/** Many programs empty a file before they write it: how long an empty one is taken for that. */
const EMPTY_QUIET = 100;
/** How the look of an empty file begins. */
const EMPTY = "0 ";

export class ProjectWatcher implements AsyncDisposable {
  readonly #watcher: FSWatcher;
  readonly #folder: string;
  readonly #onChanges: (changes: readonly FileChange[]) => void;
  #changes: Map<string, FileChange> = new Map<string, FileChange>();
  #lastChange = 0;
  /** What reported files looked like. */
  readonly #reported: Map<string, string> = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;

  private constructor(folder: string, onChanges: (changes: readonly FileChange[]) => void) {
    this.#folder = folder;
    this.#onChanges = onChanges;
    this.#watcher = watch(folder, {
      ignoreInitial: true,
      ignored: (path) => isIgnored(path, folder),
    });
    this.#watcher.on("all", (event, path) => {
      if (event === "add" || event === "change" || event === "unlink") this.#note({ event, path });
    });
  }

  /** Watches everything in `folder`. Resolves when the watching has begun. */
  static async start(
    folder: string,
    onChanges: (changes: readonly FileChange[]) => void,
  ): Promise<ProjectWatcher> {
    const watcher = new ProjectWatcher(folder, onChanges);
    const ready = Promise.withResolvers<void>();
    watcher.#watcher.once("ready", ready.resolve);
    await ready.promise;
    return watcher;
  }

  /** Watches files and folders that are elsewhere, too. */
  alsoWatch(paths: Iterable<string>): void {
    this.#watcher.add([...paths].filter((path) => !isBelow(path, this.#folder)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer);
    await this.#watcher.close();
  }

  #note(change: FileChange): void {
    // chokidar says once more what comes right after an earlier change.
    if (change.event === "change" && this.#reported.get(change.path) === lookOf(change.path))
      return;
    this.#changes.set(change.path, change);
    this.#lastChange = performance.now();
    this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#report(), QUIET);
  }

  #report(): void {
    const changes = [...this.#changes.values()];
    const looks = new Map(changes.map(({ path }) => [path, lookOf(path)]));
    const isFresh = performance.now() - this.#lastChange < EMPTY_QUIET;
    if (isFresh && looks.values().some((look) => look.startsWith(EMPTY))) {
      this.#wait();
      return;
    }
    for (const [path, look] of looks) this.#reported.set(path, look);
    this.#changes = new Map<string, FileChange>();
    this.#onChanges(changes);
  }
}

/** Two that look the same are the same file with the same text. */
function lookOf(path: string): string {
  try {
    const { size, mtimeMs, ino } = statSync(path);
    return `${size} ${mtimeMs} ${ino}`;
  } catch {
    return "gone, or hidden";
  }
}

function isIgnored(path: string, folder: string): boolean {
  return path
    .slice(folder.length)
    .split(sep)
    .some((part) => IGNORED.has(part));
}
