import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { SessionStore } from "../../../framework/conf/session-engine.ts";
import { ImproperlyConfigured } from "../../../framework/exceptions.ts";
import { fileSessions } from "../../../framework/sessions/backends/file.ts";
import { MemorySessionStore } from "../../../framework/sessions/backends/memory.ts";
import { sqliteSessions } from "../../../framework/sessions/backends/sqlite.ts";
import { SessionNotLoaded, SessionNotSaved } from "../../../framework/sessions/exceptions.ts";
import type { Session } from "../../../framework/sessions/session.ts";
import { Sessions, sessionsOf } from "../../../framework/sessions/sessions.ts";
import { sessionSettings, SlowStore } from "../../support/session-engines.ts";

function open(store: SessionStore = new MemorySessionStore(), key?: string): Session {
  return new Sessions(sessionSettings(() => store, "/")).at(key);
}

/** A session that was saved with some values, as the next request sees it. */
async function reopened(values: Record<string, unknown>): Promise<Session> {
  const store = new MemorySessionStore();
  const session = open(store);
  session.update(values);
  await session.save();
  return open(store, session.sessionKey);
}

describe("a session", () => {
  test("is a map of values", async () => {
    const session = await reopened({ a: 1, b: null });

    expect(session.get("a")).toBe(1);
    expect(session.get("b", "default")).toBeNull();
    expect(session.get("c")).toBeUndefined();
    expect(session.get("c", "default")).toBe("default");
    expect([session.has("a"), session.has("c")]).toEqual([true, false]);
    expect(session.size).toBe(2);
    expect([...session.keys()]).toEqual(["a", "b"]);
    expect([...session.values()]).toEqual([1, null]);
    expect([...session.entries()]).toEqual([...session]);
    expect(session.modified).toBe(false);
    expect(session.accessed).toBe(true);
  });

  test("knows that it was changed, and by what", async () => {
    const changes: ((session: Session) => unknown)[] = [
      (session) => session.set("a", 1),
      (session) => session.delete("a"),
      (session) => session.pop("a"),
      (session) => session.setDefault("new", 1),
      (session) => session.update({ a: 1 }),
      (session) => session.change("a", () => 1),
      (session) => session.clear(),
      (session) => session.flush(),
      (session) => session.cycleKey(),
      (session) => session.setExpiry(5),
      (session) => (session.modified = true),
      (session) => (session.get("list") as number[]).push(1),
      (session) => ([...session.values()].at(-1) as number[]).push(1),
    ];
    const noChanges: typeof changes = [
      (session) => session.delete("missing"),
      (session) => session.pop("missing"),
      (session) => session.setDefault("a", 2),
      (session) => session.get("list"),
      (session) => session.setExpiry(null),
      (session) => [...session],
    ];

    const modified = async (change: (typeof changes)[number]): Promise<boolean> => {
      const session = await reopened({ a: 1, list: [] });
      change(session);
      return session.modified;
    };

    for (const change of changes) expect([await modified(change), String(change)]).toContain(true);
    for (const change of noChanges)
      expect([await modified(change), String(change)]).toContain(false);
  });

  test("gives what it deletes, and what it sets by default", async () => {
    const session = await reopened({ a: 1 });

    expect(session.pop("a")).toBe(1);
    expect(session.pop("a")).toBeUndefined();
    expect(session.pop("a", 5)).toBe(5);
    expect(session.setDefault("list", [])).toBe(session.setDefault("list", [1]));
    expect(session.delete("list")).toBe(true);
    expect(session.delete("list")).toBe(false);
  });

  test("changes a value by function, and deletes it where there is none any more", async () => {
    const session = await reopened({ count: 1 });

    session.change("count", (count) => Number(count) + 1).change("new", () => "value");
    expect(Object.fromEntries(session)).toEqual({ count: 2, new: "value" });
    session.change("count", () => undefined);
    expect(session.has("count")).toBe(false);
  });

  test("is not looked at by whoever asks for its key only", async () => {
    const session = await reopened({ a: 1 });

    expect(session.sessionKey).toMatch(/^[a-z0-9]{32}$/);
    expect(session.isEmpty()).toBe(false);
    expect(session.accessed).toBe(false);
  });

  test("has no key before it is saved, unless it is given one", () => {
    const [session, other] = [open(), open()];
    session.set("a", 1);
    other.cycleKey();

    expect(session.sessionKey).toBeUndefined();
    expect(other.sessionKey).toMatch(/^[a-z0-9]{32}$/);
  });

  test("clears its data and keeps its key; flushes both", async () => {
    const session = await reopened({ a: 1 });
    session.clear();
    expect([session.size, session.isEmpty()]).toEqual([0, false]);
    session.flush();
    expect([session.size, session.isEmpty()]).toEqual([0, true]);
  });

  test("finds out whether the browser takes cookies", () => {
    const session = open();

    expect(session.testCookieWorked()).toBe(false);
    session.setTestCookie();
    expect(session.get("testcookie")).toBe("worked");
    expect(session.testCookieWorked()).toBe(true);
    session.deleteTestCookie();
    expect(session.testCookieWorked()).toBe(false);
  });

  test("shows neither key nor data in a log", async () => {
    const session = await reopened({ secret: "word" });

    expect(inspect(session)).toBe("<Session>");
    expect(session.accessed).toBe(false);
  });

  test("of an asynchronous engine has to be loaded outside of the middleware", async () => {
    const session = open(new SlowStore(), "k".repeat(32));

    expect(() => session.get("a")).toThrow(SessionNotLoaded);
    await session.load();
    expect(session.get("a")).toBeUndefined();
  });
});

describe("the expiry of a session", () => {
  const modification = new Date("2026-11-21T00:00:00Z");

  test.each([
    ["nothing", undefined, 1_209_600],
    ["0", 0, 1_209_600],
    ["seconds", 10, 10],
    ["a date", new Date("2026-11-21T00:00:10.900Z"), 10],
    ["a date that is over", new Date("2026-11-20T23:59:49.500Z"), -11],
  ])("with %s", (_name, expiry, age) => {
    const session = open();
    if (expiry !== undefined) session.setExpiry(expiry);
    const date = session.getExpiryDate({ modification });

    expect(session.getExpiryAge({ modification })).toBe(age);
    expect(Math.floor((date.getTime() - modification.getTime()) / 1000)).toBe(age);
  });

  test("is written as Django writes it, and read as Python writes it", () => {
    const session = open();
    session.setExpiry(new Date("2026-11-21T00:00:10.500Z"));
    expect(session.get("_session_expiry")).toBe("2026-11-21T00:00:10.500+00:00");
    session.set("_session_expiry", "2026-11-21T00:00:20.123456+00:00");
    expect(session.getExpiryAge({ modification })).toBe(20);
    session.setExpiry(null);
    expect(session.has("_session_expiry")).toBe(false);
  });

  test("can be asked for another one", () => {
    expect(open().getExpiryAge({ modification, expiry: 7 })).toBe(7);
    expect(open().getExpiryDate({ modification, expiry: modification })).toEqual(modification);
  });

  test("is the browser's when the session says so, or the site and not the session", () => {
    const sessions = new Sessions(
      sessionSettings(() => new MemorySessionStore(), "/", {
        SESSION_EXPIRE_AT_BROWSER_CLOSE: true,
      }),
    );
    const [session, other] = [open(), sessions.open()];

    expect([session.getExpireAtBrowserClose(), other.getExpireAtBrowserClose()]).toEqual([
      false,
      true,
    ]);
    session.setExpiry(0);
    other.setExpiry(60);
    expect([session.getExpireAtBrowserClose(), other.getExpireAtBrowserClose()]).toEqual([
      true,
      false,
    ]);
  });
});

describe("the engine", () => {
  test("is made once for settings", () => {
    let made = 0;
    const settings = sessionSettings(() => {
      made += 1;
      return new MemorySessionStore();
    }, "/");

    expect(sessionsOf(settings)).toBe(sessionsOf(settings));
    expect(made).toBe(1);
  });

  test("that never writes is a bug that is found", () => {
    const never: SessionStore = { read: () => undefined, write: () => false, delete: () => false };

    expect(() => open(never).save()).toThrow(SessionNotSaved);
  });

  test.each([
    ["fileSessions", fileSessions, "SESSION_FILE_PATH"],
    ["sqliteSessions", sqliteSessions, "SESSION_SQLITE_PATH"],
  ])("%s says which setting names a folder that is not there", (_name, engine, setting) => {
    const settings = sessionSettings(engine, "/nowhere/at/all");
    const use = (): unknown => new Sessions(settings).at("k".repeat(32)).get("a");

    expect(use).toThrow(ImproperlyConfigured);
    expect(use).toThrow(setting);
  });
});
