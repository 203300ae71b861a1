/**
 * One contract for all engines. What a cookie cannot do stands where it is skipped.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { SessionInterrupted } from "../../../framework/sessions/exceptions.ts";
import { createSessionKey } from "../../../framework/sessions/session-key.ts";
import type { Session } from "../../../framework/sessions/session.ts";
import { Sessions } from "../../../framework/sessions/sessions.ts";
import { TemporaryFolder } from "../../support/projects.ts";
import { ENGINES, sessionSettings } from "../../support/session-engines.ts";

const HOUR = 3_600_000;

describe.each(ENGINES)("$name", ({ engine, keepsRecords }) => {
  let folder: TemporaryFolder;
  let sessions: Sessions;
  let warnings: string[];

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"] });
    folder = new TemporaryFolder();
    sessions = new Sessions(sessionSettings(engine, folder.path));
    warnings = [];
  });

  afterEach(() => {
    vi.useRealTimers();
    folder[Symbol.dispose]();
  });

  /** A session as a request opens it. */
  const open = async (key?: string): Promise<Session> => {
    const session = sessions.at(key, (message) => warnings.push(message));
    await session.load();
    return session;
  };

  /** Saves a new session and gives its key. */
  const saved = async (values: Record<string, unknown>): Promise<string> => {
    const session = await open();
    session.update(values);
    await session.save();
    return session.sessionKey ?? "";
  };

  const contents = async (key: string): Promise<Record<string, unknown>> =>
    Object.fromEntries(await open(key));

  test("gives back what was saved", async () => {
    const values = {
      text: "café ’ 🐍",
      number: -1.5,
      nothing: null,
      list: [1, [2, { three: false }]],
      ["__proto__"]: "no prototype",
      constructor: "no function",
    };

    const key = await saved(values);

    expect(new Map(await open(key))).toEqual(new Map(Object.entries(values)));
  });

  test("gives back much", async () => {
    const values = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`key${i}`, i]));

    expect(await contents(await saved(values))).toEqual(values);
  });

  test.each([
    "a",
    "../../../../etc/passwd".padEnd(32, "x"),
    "A".repeat(32),
    "é".repeat(32),
    `${"a".repeat(31)}\n`,
    "a".repeat(33),
    "",
    "' OR 1=1 --".padEnd(32),
  ])("takes %j for no session", async (key) => {
    const session = await open(key);

    expect(session.size).toBe(0);
    expect(session.sessionKey).toBeUndefined();
    expect(session.isEmpty()).toBe(true);
  });

  test("never keeps a session under a key that a client made up", async () => {
    const key = createSessionKey();
    const session = await open(key);
    session.set("a", 1);
    await session.save();

    expect(session.sessionKey).not.toBe(key);
    expect(await contents(key)).toEqual({});
  });

  test("replaces what was saved before", async () => {
    const session = await open(await saved({ a: 1, b: 2 }));
    session.set("a", 3).delete("b");
    await session.save();

    expect(await contents(session.sessionKey ?? "")).toEqual({ a: 3 });
  });

  test("saves twice in one request", async () => {
    const session = await open();
    session.set("a", 1);
    await session.save();
    session.set("b", 2);
    await session.save();

    expect(await contents(session.sessionKey ?? "")).toEqual({ a: 1, b: 2 });
  });

  test("keeps the data under a new key", async () => {
    const key = await saved({ a: 1 });
    vi.setSystemTime(Date.now() + 1000);
    const session = await open(key);
    session.cycleKey();
    await session.save();

    expect(session.sessionKey).not.toBe(key);
    expect(await contents(session.sessionKey ?? "")).toEqual({ a: 1 });
  });

  test("refuses a value that is no JSON, and says where it is", async () => {
    const session = await open();
    session.set("user", { born: new Date() });

    await expect(async () => await session.save()).rejects.toThrow("the value.user.born is a Date");
  });

  test("forgets a session when its time is over", async () => {
    const key = await saved({ a: 1 });

    vi.setSystemTime(Date.now() + 1_209_600_000 - HOUR);
    expect(await contents(key)).toEqual({ a: 1 });
    vi.setSystemTime(Date.now() + 2 * HOUR);
    expect(await contents(key)).toEqual({});
  });

  test.each([
    ["seconds", () => 7200],
    ["a date", () => new Date(Date.now() + 2 * HOUR)],
  ])("lets a session choose its own time, in %s", async (_name, expiry) => {
    const session = await open();
    session.set("a", 1).setExpiry(expiry());
    await session.save();

    vi.setSystemTime(Date.now() + HOUR);
    expect((await open(session.sessionKey)).get("a")).toBe(1);
    vi.setSystemTime(Date.now() + HOUR + 10_000);
    expect((await open(session.sessionKey)).get("a")).toBeUndefined();
  });

  test("lets a session live longer than others", async () => {
    const session = await open();
    session.set("a", 1).setExpiry(new Date(Date.now() + 2_000_000_000));
    await session.save();

    vi.setSystemTime(Date.now() + 1_900_000_000);

    expect((await open(session.sessionKey)).get("a")).toBe(1);
  });

  test("removes what has expired, and nothing else", async () => {
    const old = await saved({ old: true, _session_expiry: 3600 });
    const recent = await saved({ recent: true });
    vi.setSystemTime(Date.now() + 2 * HOUR);

    expect(await sessions.clearExpired()).toBe(keepsRecords ? 1 : 0);
    expect(await sessions.clearExpired()).toBe(0);
    expect(await contents(old)).toEqual({});
    expect(await contents(recent)).toEqual({ recent: true });
  });

  // A cookie is as good as its signature: nobody else's changes are known here, and nothing can be deleted.
  describe.runIf(keepsRecords)("with records", () => {
    test("deletes the record of a session that is flushed", async () => {
      const key = await saved({ a: 1 });
      const session = await open(key);
      session.flush();
      await session.deleteFlushed();

      expect(session.isEmpty()).toBe(true);
      expect(await contents(key)).toEqual({});
    });

    test("gives a session that is used on after its flush another key", async () => {
      const key = await saved({ a: 1 });
      const session = await open(key);
      session.flush();
      session.set("b", 2);
      await session.save();

      expect(session.sessionKey).not.toBe(key);
      expect(await contents(session.sessionKey ?? "")).toEqual({ b: 2 });
      expect(await contents(key)).toEqual({});
    });

    test("deletes the record of the old key", async () => {
      const key = await saved({ a: 1 });
      const session = await open(key);
      session.cycleKey();
      await session.save();

      expect(await contents(key)).toEqual({});
    });

    test("merges what two requests have changed", async () => {
      const key = await saved({ a: 1, b: 1, c: 1, gone: 1 });
      const [one, other] = [await open(key), await open(key)];
      one.set("a", 2).set("new", 1).delete("gone");
      other.set("b", 2);
      await one.save();
      await other.save();

      expect(await contents(key)).toEqual({ a: 2, b: 2, c: 1, new: 1 });
      expect(Object.fromEntries(other)).toEqual({ a: 2, b: 2, c: 1, new: 1 });
      expect(warnings).toEqual([]);
    });

    test("merges what another request has changed into what gets a new key", async () => {
      const key = await saved({ a: 1, b: 1 });
      const [one, other] = [await open(key), await open(key)];
      one.set("a", 2);
      other.set("b", 2);
      other.cycleKey();
      await one.save();
      await other.save();

      expect(await contents(other.sessionKey ?? "")).toEqual({ a: 2, b: 2 });
    });

    test("keeps the later of two values of one key, and reports it", async () => {
      const key = await saved({ a: 1, b: 1 });
      const [one, other] = [await open(key), await open(key)];
      one.set("a", 2).set("b", 2);
      other.set("a", 3).set("b", 2);
      await one.save();
      await other.save();

      expect(await contents(key)).toEqual({ a: 3, b: 2 });
      expect(warnings).toEqual([
        "Two requests changed the same session data at once; of a the value that was saved last is kept",
      ]);
    });

    test("does updates again on what another request has saved", async () => {
      const key = await saved({ count: 10 });
      const requests = await Promise.all([open(key), open(key), open(key)]);
      for (const session of requests) {
        session.change("count", (count) => Number(count) + 1);
        session.change("list", (list) => [...(Array.isArray(list) ? list : []), "x"]);
      }
      await Promise.all(requests.map(async (session) => await session.save()));

      expect(await contents(key)).toEqual({ count: 13, list: ["x", "x", "x"] });
      expect(warnings).toEqual([]);
    });

    test("does not bring back a session that was deleted meanwhile", async () => {
      const key = await saved({ a: 1 });
      const [one, other, third] = [await open(key), await open(key), await open(key)];
      one.flush();
      await one.deleteFlushed();
      other.set("a", 2);
      third.cycleKey();

      await expect(async () => await other.save()).rejects.toThrow(SessionInterrupted);
      await expect(async () => await third.save()).rejects.toThrow(SessionInterrupted);
      expect(await contents(key)).toEqual({});
    });
  });
});
