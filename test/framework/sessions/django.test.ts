/**
 * Sessions that Django has written are read, and ours are written as Django's. The texts are those of signing/vectors.ts.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { SessionEngine } from "../../../framework/conf/session-engine.ts";
import { fileSessions } from "../../../framework/sessions/backends/file.ts";
import { signedCookieSessions } from "../../../framework/sessions/backends/signed-cookies.ts";
import { sqliteSessions } from "../../../framework/sessions/backends/sqlite.ts";
import { Sessions } from "../../../framework/sessions/sessions.ts";
import { TemporaryFolder } from "../../support/projects.ts";
import { sessionSettings } from "../../support/session-engines.ts";
import { DUMPS_VECTORS } from "../signing/vectors.ts";

const KEY = "0123456789abcdefghijklmnopqrstuv";
const DATA = { x: 1 };
const STORED = "eyJ4IjoxfQ:8M0kX:2hlvmObIff6Qag6E5BenlldAnM-TlrBAPQ9QLA_LyZA";

const IN_COOKIE = DUMPS_VECTORS.find(
  ({ salt }) => salt === "django.contrib.sessions.backends.signed_cookies",
);

/** As Django's migration writes it. */
const DJANGO_TABLE = `
  CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY,
    "session_data" text NOT NULL, "expire_date" datetime NOT NULL);
  CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date");
`;

let folder: TemporaryFolder;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: 123_456_789_123 });
  folder = new TemporaryFolder();
});

afterEach(() => {
  vi.useRealTimers();
  folder[Symbol.dispose]();
});

const sessionsIn = (engine: SessionEngine): Sessions =>
  new Sessions(sessionSettings(engine, folder.path));

async function writeNew(engine: SessionEngine): Promise<string> {
  const session = sessionsIn(engine).open();
  session.update(DATA);
  await session.save();
  return session.sessionKey ?? "";
}

describe("the database", () => {
  const openDatabase = (): DatabaseSync => new DatabaseSync(join(folder.path, "sessions.sqlite3"));

  test("of Django is read and written", async () => {
    using database = openDatabase();
    database.exec(DJANGO_TABLE);
    database
      .prepare("INSERT INTO django_session VALUES (?, ?, ?)")
      .run(KEY, STORED, "1973-11-29 21:33:10");
    const session = sessionsIn(sqliteSessions).at(KEY);

    expect(Object.fromEntries(session)).toEqual(DATA);
    session.set("y", 2);
    await session.save();
    expect(database.prepare("SELECT * FROM django_session").all()).toEqual([
      {
        session_key: KEY,
        session_data: expect.stringMatching(/^eyJ4IjoxLCJ5IjoyfQ:8M0kX:/),
        expire_date: "1973-12-13 21:33:09.123000",
      },
    ]);
  });

  test("is made as Django's", async () => {
    const key = await writeNew(sqliteSessions);
    using database = openDatabase();

    expect(database.prepare("SELECT * FROM django_session").all()).toEqual([
      { session_key: key, session_data: STORED, expire_date: "1973-12-13 21:33:09.123000" },
    ]);
    expect(
      database.prepare("SELECT name FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").all(),
    ).toEqual([{ name: "django_session" }, { name: "django_session_expire_date_a5c62663" }]);
  });

  test("does not give a session whose time Django has set to the past", () => {
    using database = openDatabase();
    database.exec(DJANGO_TABLE);
    database
      .prepare("INSERT INTO django_session VALUES (?, ?, ?)")
      .run(KEY, STORED, "1973-11-29 21:33:09.100000");

    expect(sessionsIn(sqliteSessions).at(KEY).size).toBe(0);
  });
});

describe("the files", () => {
  test("of Django are read", async () => {
    await folder.write({ [`sessionid${KEY}`]: STORED });

    expect(Object.fromEntries(sessionsIn(fileSessions).at(KEY))).toEqual(DATA);
  });

  test("are written as Django's, for nobody else to read, and nothing is left beside them", async () => {
    const key = await writeNew(fileSessions);

    expect(readdirSync(folder.path)).toEqual([`sessionid${key}`]);
    expect(readFileSync(join(folder.path, `sessionid${key}`), "latin1")).toBe(STORED);
    expect(statSync(join(folder.path, `sessionid${key}`)).mode & 0o777).toBe(0o600);
  });
});

describe("the cookie", () => {
  test("of Django is read", () => {
    const session = sessionsIn(signedCookieSessions).at(IN_COOKIE?.signed);

    expect(Object.fromEntries(session)).toEqual(IN_COOKIE?.value);
  });

  test("is signed with a salt of its own", () => {
    expect(sessionsIn(signedCookieSessions).at(STORED).size).toBe(0);
  });
});
