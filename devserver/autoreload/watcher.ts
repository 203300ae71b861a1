/**
 * Watches a project's files.
 *
 * Layer 1 (autoreload). Reports changed, new and deleted files, all that come in one breath together: a checkout of
 * many files is one report. Times in milliseconds.
 */
import { sep } from "node:path";
import { type FSWatcher, watch } from "chokidar";
import { type FileChange, isBelow } from "./changes.ts";

/** Folders nobody edits by hand. */
const IGNORED = new Set(["node_modules", ".git", ".hg", ".svn", "dist", "coverage"]);

/** How long to wait for further changes after one. */
const QUIET = 8;

export class ProjectWatcher implements AsyncDisposable {
  readonly #watcher: FSWatcher;
  readonly #folder: string;
  readonly #onChanges: (changes: readonly FileChange[]) => void;
  #changes: Map<string, FileChange> = new Map<string, FileChange>();
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
    this.#changes.set(change.path, change);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const changes = [...this.#changes.values()];
      this.#changes = new Map<string, FileChange>();
      this.#onChanges(changes);
    }, QUIET);
  }
}

function isIgnored(path: string, folder: string): boolean {
  return path
    .slice(folder.length)
    .split(sep)
    .some((part) => IGNORED.has(part));
}
