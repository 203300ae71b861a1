/**
 * Sessions in files, one each, named and written as Django's: either reads what the other has written.
 *
 * Layer 5 (sessions). Effects: files in one folder. A file is replaced as a whole, so nobody reads half of one; who
 * replaces it holds a lock file, so that threads and processes notice each other's changes.
 * Source: Django contrib/sessions/backends/file.py. Units: times in milliseconds.
 */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {
  SessionEngineSettings,
  SessionStore,
  StoredSession,
} from "../../conf/session-engine.ts";
import { ImproperlyConfigured } from "../../exceptions.ts";
import { errorCode } from "../../utils/error-code.ts";
import { SessionCodec } from "../codec.ts";
import { EXPIRY_KEY, expiryTime } from "../expiry.ts";
import { isSessionKey } from "../session-key.ts";
import { holdingLock } from "./lock-file.ts";

/** For SESSION_ENGINE. */
export function fileSessions(settings: SessionEngineSettings): SessionStore {
  const codec = new SessionCodec(settings, "django.contrib.sessions.SessionStore");
  const expiryOf = (text: string, modified: number): number =>
    expiryTime(codec.decode(text)?.get(EXPIRY_KEY), settings.SESSION_COOKIE_AGE, modified);
  const folder = settings.SESSION_FILE_PATH ?? tmpdir();
  return new FileSessionStore(folder, settings.SESSION_COOKIE_NAME, expiryOf);
}

/** Files that a crash has left lying about are removed after this time. */
const LEFTOVER_MS = 3_600_000;

export class FileSessionStore implements SessionStore {
  readonly #folder: string;
  readonly #prefix: string;
  readonly #expiryOf: (text: string, modified: number) => number;

  /**
   * `folder` is an absolute path, files are called `prefix` and key. A file says when it was written, not when it
   * expires: `expiryOf` does. Errors: `ImproperlyConfigured` for a folder that does not exist.
   */
  constructor(
    folder: string,
    prefix: string,
    expiryOf: (text: string, modified: number) => number,
  ) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw new ImproperlyConfigured(
        `The session storage path ${folder} doesn't exist. Please set SESSION_FILE_PATH to an existing folder that the site may write to.`,
      );
    }
    this.#folder = folder;
    this.#prefix = prefix;
    this.#expiryOf = expiryOf;
  }

  read(key: string): StoredSession | undefined {
    const stored = this.#readFile(key);
    if (stored === undefined || stored.expires > Date.now()) return stored;
    this.delete(key, stored.text);
    return undefined;
  }

  write(key: string, { text }: StoredSession, previous: string | undefined): boolean {
    return this.#locked(key, () => {
      if (this.#readFile(key)?.text !== previous) return false;
      const temporary = this.#hiddenPath(key, randomBytes(6).toString("hex"));
      writeFileSync(temporary, text, { mode: 0o600, flag: "wx" });
      renameSync(temporary, this.#path(key));
      return true;
    });
  }

  delete(key: string, previous?: string): boolean {
    return this.#locked(key, () => {
      const stored = this.#readFile(key);
      if (stored === undefined || (previous !== undefined && stored.text !== previous))
        return false;
      rmSync(this.#path(key), { force: true });
      return true;
    });
  }

  clearExpired(): number {
    const names = readdirSync(this.#folder);
    const keys = names
      .filter((name) => name.startsWith(this.#prefix))
      .map((name) => name.slice(this.#prefix.length))
      .filter(isSessionKey);
    for (const name of names) if (name.startsWith(`.${this.#prefix}`)) this.#removeLeftover(name);
    return keys.filter((key) => this.#removeExpired(key)).length;
  }

  #removeExpired(key: string): boolean {
    const stored = this.#readFile(key);
    if (stored === undefined || stored.expires > Date.now()) return false;
    return this.delete(key, stored.text);
  }

  #removeLeftover(name: string): void {
    const path = join(this.#folder, name);
    const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - modified > LEFTOVER_MS) rmSync(path, { force: true });
  }

  #readFile(key: string): StoredSession | undefined {
    const fd = openIfThere(this.#path(key));
    if (fd === undefined) return undefined;
    try {
      const text = readFileSync(fd, "utf8");
      return { text, expires: this.#expiryOf(text, fstatSync(fd).mtimeMs) };
    } finally {
      closeSync(fd);
    }
  }

  #locked<Result>(key: string, action: () => Result): Result {
    return holdingLock(this.#hiddenPath(key, "lock"), action);
  }

  #path(key: string): string {
    return join(this.#folder, this.#prefix + checkedKey(key));
  }

  /** Names that Django does not take for sessions. */
  #hiddenPath(key: string, suffix: string): string {
    return join(this.#folder, `.${this.#prefix}${checkedKey(key)}.${suffix}`);
  }
}

/** Whoever calls has checked it; here it becomes a path. */
function checkedKey(key: string): string {
  if (isSessionKey(key)) return key;
  throw new TypeError(`${JSON.stringify(key)} is no session key`);
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
