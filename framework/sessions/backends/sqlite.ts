/**
 * Sessions in a SQLite database, in a table that is Django's: either reads what the other has written.
 *
 * Layer 5 (sessions). Effects: one file, made with the first session, and two beside it (WAL). `node:sqlite` is loaded with
 * it. Calls do not wait for other processes longer than it takes to write a record; at most five seconds.
 * Source: Django contrib/sessions/models.py, backends/db.py; https://sqlite.org/wal.html.
 */
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type {
  SessionEngineSettings,
  SessionStore,
  StoredSession,
} from "../../conf/session-engine.ts";
import { ImproperlyConfigured } from "../../exceptions.ts";
import { errorMessage } from "../../utils/describe.ts";

/** For SESSION_ENGINE; its default. */
export function sqliteSessions(settings: SessionEngineSettings): SessionStore {
  const { BASE_DIR, SESSION_SQLITE_PATH } = settings;
  return new SqliteSessionStore(
    SESSION_SQLITE_PATH ?? join(BASE_DIR ?? process.cwd(), "sessions.sqlite3"),
  );
}

const BUSY_TIMEOUT_MS = 5000;

/** As Django's migration makes it, index name included. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS "django_session" (
    "session_key" varchar(40) NOT NULL PRIMARY KEY,
    "session_data" text NOT NULL,
    "expire_date" datetime NOT NULL
  );
  CREATE INDEX IF NOT EXISTS "django_session_expire_date_a5c62663"
    ON "django_session" ("expire_date");
`;

const QUERIES = {
  read: "SELECT session_data, expire_date FROM django_session WHERE session_key = ? AND expire_date > ?",
  insert: "INSERT INTO django_session VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
  update:
    "UPDATE django_session SET session_data = ?, expire_date = ? WHERE session_key = ? AND session_data = ?",
  delete: "DELETE FROM django_session WHERE session_key = ?",
  deleteText: "DELETE FROM django_session WHERE session_key = ? AND session_data = ?",
  clear: "DELETE FROM django_session WHERE expire_date <= ?",
};

type Statements = Readonly<Record<keyof typeof QUERIES, StatementSync>>;

/** Errors: `ImproperlyConfigured` for a file that cannot be opened; what SQLite says about all else. */
export class SqliteSessionStore implements SessionStore, Disposable {
  readonly #path: string;
  #database: DatabaseSync | undefined;
  #prepared: Statements | undefined;

  /** `path` is absolute, or `":memory:"`. */
  constructor(path: string) {
    this.#path = path;
  }

  read(key: string): StoredSession | undefined {
    const row = this.#statements.read.get(key, formatDate(Date.now()));
    if (row === undefined) return undefined;
    return { text: String(row.session_data), expires: parseDate(String(row.expire_date)) };
  }

  write(key: string, { text, expires }: StoredSession, previous: string | undefined): boolean {
    const { insert, update } = this.#statements;
    const date = formatDate(expires);
    const { changes } =
      previous === undefined ? insert.run(key, text, date) : update.run(text, date, key, previous);
    return Number(changes) > 0;
  }

  delete(key: string, previous?: string): boolean {
    const { deleteText, delete: deleteKey } = this.#statements;
    const { changes } = previous === undefined ? deleteKey.run(key) : deleteText.run(key, previous);
    return Number(changes) > 0;
  }

  clearExpired(): number {
    return Number(this.#statements.clear.run(formatDate(Date.now())).changes);
  }

  /** Closes the file; the next call opens it again. */
  [Symbol.dispose](): void {
    this.#prepared = undefined;
    this.#database?.close();
    this.#database = undefined;
  }

  get #statements(): Statements {
    this.#prepared ??= this.#open();
    return this.#prepared;
  }

  #open(): Statements {
    try {
      this.#database = openDatabase(this.#path);
    } catch (cause) {
      throw new ImproperlyConfigured(
        `The session database ${this.#path} cannot be opened: ${errorMessage(cause)}. Set SESSION_SQLITE_PATH to a file in a folder that the site may write to, or choose another SESSION_ENGINE.`,
        { cause },
      );
    }
    return prepareAll(this.#database);
  }
}

function openDatabase(path: string): DatabaseSync {
  // Whoever has a key is its user. SQLite gives the files beside it the same permissions.
  if (path !== ":memory:") closeSync(openSync(path, "a", 0o600));
  const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  database.exec(SCHEMA);
  return database;
}

function prepareAll(database: DatabaseSync): Statements {
  return {
    read: database.prepare(QUERIES.read),
    insert: database.prepare(QUERIES.insert),
    update: database.prepare(QUERIES.update),
    delete: database.prepare(QUERIES.delete),
    deleteText: database.prepare(QUERIES.deleteText),
    clear: database.prepare(QUERIES.clear),
  };
}

const LAST_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** `2026-11-21 00:07:24.123000`, in UTC. Texts of this form sort as their times do. */
function formatDate(time: number): string {
  const date = new Date(Math.min(Math.max(time, 0), LAST_TIME));
  return date.toISOString().replace("T", " ").replace("Z", "000");
}

function parseDate(text: string): number {
  return Date.parse(`${text.replace(" ", "T")}Z`);
}
