import { afterEach, describe, expect, test, vi } from "vitest";
import type { HttpRequest } from "../../../framework/http/request.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { StreamingHttpResponse } from "../../../framework/http/streaming-response.ts";
import { MemorySessionStore } from "../../../framework/sessions/backends/memory.ts";
import { sessionMiddleware } from "../../../framework/sessions/middleware.ts";
import type { Session } from "../../../framework/sessions/session.ts";
import { path } from "../../../framework/urls/path.ts";
import { SlowStore } from "../../support/session-engines.ts";
import {
  get,
  keyOf,
  makeSessionSite,
  setAndRead as views,
  withCookie,
} from "../../support/session-sites.ts";
import { makeApplication, makeEnviron } from "../../support/wsgi.ts";

afterEach(() => {
  vi.useRealTimers();
});

describe("sessionMiddleware", () => {
  test("remembers from request to request", async () => {
    const site = await makeSessionSite(views);
    const key = keyOf(await get(site, "set"));

    const answer = await get(site, "read", key);

    expect(answer.text).toBe("1");
    expect(answer.header("Vary")).toBe("Cookie");
    expect(answer.header("Set-Cookie")).toBeUndefined();
  });

  test("does not parse cookies, load or wait where nobody looks", async () => {
    const store = new MemorySessionStore();
    const read = vi.spyOn(store, "read");
    let cookies = 0;
    const site = await makeApplication([path("", () => new HttpResponse("ok"))], {
      SESSION_ENGINE: () => store,
      MIDDLEWARE: [
        (getResponse) => (request) => {
          Object.defineProperty(request, "COOKIES", { get: () => (cookies += 1) });
          return getResponse(request);
        },
        sessionMiddleware,
      ],
    });
    let headers: unknown;

    const body = site(makeEnviron(withCookie("a".repeat(32))).environ, (_status, sent) => {
      headers = sent;
      return () => undefined;
    });

    expect(body).not.toBeInstanceOf(Promise);
    expect(cookies).toBe(0);
    expect(read).not.toHaveBeenCalled();
    expect(headers).toEqual([
      ["Content-Type", "text/html; charset=utf-8"],
      ["Content-Length", "2"],
    ]);
  });

  test("stays synchronous where the engine is, also when it saves", async () => {
    const site = await makeApplication(
      [
        path("", (request: HttpRequest) => {
          request.session.set("a", request.session.get("a"));
          return new HttpResponse("ok");
        }),
      ],
      { SESSION_ENGINE: () => new MemorySessionStore(), MIDDLEWARE: [sessionMiddleware] },
    );

    expect(site(makeEnviron().environ, () => () => undefined)).not.toBeInstanceOf(Promise);
  });

  test("loads the session of an asynchronous engine before the view", async () => {
    const store = new SlowStore();
    const site = await makeSessionSite(views, { SESSION_ENGINE: () => store });

    const key = keyOf(await get(site, "set"));

    expect((await get(site, "read", key)).text).toBe("1");
    expect((await get(site, "untouched", key)).header("Vary")).toBeUndefined();
  });

  test("adds to a Vary that is there, once", async () => {
    const site = await makeSessionSite({
      other: (session) =>
        session.set("a", 1) && new HttpResponse("", { headers: { Vary: "Origin" } }),
      same: (session) =>
        session.set("a", 1) && new HttpResponse("", { headers: { Vary: "a, COOKIE" } }),
      all: (session) => session.set("a", 1) && new HttpResponse("", { headers: { Vary: "*" } }),
    });

    const varies = [];
    for (const name of ["other", "same", "all"])
      varies.push((await get(site, name)).header("Vary"));

    expect(varies).toEqual(["Origin, Cookie", "a, COOKIE", "*"]);
  });

  test("notices a change inside of a value", async () => {
    const site = await makeSessionSite({
      start: (session) => session.set("list", [1]),
      push: (session) => (session.get("list") as number[]).push(2),
      read: (session) => session.get("list"),
    });
    const key = keyOf(await get(site, "start"));

    await get(site, "push", key);
    const answer = await get(site, "read", key);

    expect(answer.text).toBe("[1,2]");
    expect(answer.header("Set-Cookie")).toBeUndefined();
  });

  test("does not save when the view fails, but flushes", async () => {
    const site = await makeSessionSite({
      ...views,
      fail: (session) => {
        session.set("a", 2);
        throw new Error("no");
      },
      failedLogout: (session) => {
        session.flush();
        throw new Error("no");
      },
    });
    const key = keyOf(await get(site, "set"));

    const failed = await get(site, "fail", key);
    const read = await get(site, "read", key);
    const loggedOut = await get(site, "failedLogout", key);

    expect(failed.status).toMatch(/^500/);
    expect(failed.header("Set-Cookie")).toBeUndefined();
    expect(read.text).toBe("1");
    expect(loggedOut.header("Set-Cookie")).toContain("Max-Age=0");
    expect((await get(site, "read", key)).text).toBe("null");
  });

  test("saves with a 404 that the view throws or answers", async () => {
    const site = await makeSessionSite({
      ...views,
      missing: (session) => session.set("a", 3) && new HttpResponse("", { status: 404 }),
    });
    const key = keyOf(await get(site, "missing"));

    expect((await get(site, "read", key)).text).toBe("3");
  });

  test("saves every request where the site says so, and then also what nobody looked at", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const site = await makeSessionSite(views, { SESSION_SAVE_EVERY_REQUEST: true });
    const key = keyOf(await get(site, "set"));

    for (let day = 0; day < 30; day += 1) {
      vi.setSystemTime(Date.now() + 86_400_000);
      expect(keyOf(await get(site, "untouched", key))).toBe(key);
    }

    expect((await get(site, "read", key)).text).toBe("1");
    expect((await get(site, "untouched")).header("Set-Cookie")).toBeUndefined();
    expect((await get(site, "untouched", "x".repeat(32))).header("Set-Cookie")).toContain(
      "Max-Age=0",
    );
  });

  test("sends the cookie of a session that the view has saved itself", async () => {
    const site = await makeSessionSite({
      set: (session) => session.set("a", 1).save(),
      read: views.read,
    });

    const key = keyOf(await get(site, "set"));

    expect((await get(site, "read", key)).text).toBe("1");
  });

  test("changes the cookie with the key", async () => {
    const site = await makeSessionSite({ ...views, login: (session) => session.cycleKey() });
    const key = keyOf(await get(site, "set"));

    const newKey = keyOf(await get(site, "login", key));

    expect(newKey).not.toBe(key);
    expect((await get(site, "read", newKey)).text).toBe("1");
    expect((await get(site, "read", key)).text).toBe("null");
  });

  test("reports data that cannot be read, and goes on without it", async () => {
    const store = new MemorySessionStore();
    const key = "k".repeat(32);
    store.write(key, { text: "eyJhIjoxfQ:8M0kX:forged", expires: Date.now() + 1000 }, undefined);
    const site = await makeSessionSite(views, { SESSION_ENGINE: () => store });

    const answer = await get(site, "read", key);

    expect(answer.text).toBe("null");
    expect(answer.errors).toBe("Session data corrupted: /read/\n");
  });
});

describe("a streaming response", () => {
  test("has its session saved before the first byte", async () => {
    const store = new MemorySessionStore();
    const write = vi.spyOn(store, "write");
    const order: string[] = [];
    const site = await makeSessionSite(
      {
        stream: (session) => {
          session.set("a", 1);
          return new StreamingHttpResponse(
            (function* () {
              order.push(`body after ${write.mock.calls.length} write`);
              yield "x";
            })(),
          );
        },
      },
      { SESSION_ENGINE: () => store },
    );

    const answer = await get(site, "stream");

    expect(order).toEqual(["body after 1 write"]);
    expect(keyOf(answer)).toMatch(/^[a-z0-9]{32}$/);
  });

  test("reports a change that comes too late", async () => {
    const change = (session: Session, save: boolean) =>
      new StreamingHttpResponse(
        (async function* () {
          session.set("a", 2);
          if (save) await session.save();
          yield "x";
        })(),
      );
    const site = await makeSessionSite({
      ...views,
      late: (session) => change(session, false),
      saved: (session) => change(session, true),
    });
    const key = keyOf(await get(site, "set"));

    const late = await get(site, "late", key);
    expect((await get(site, "read", key)).text).toBe("1");
    const saved = await get(site, "saved", key);
    expect((await get(site, "read", key)).text).toBe("2");

    expect(late.errors).toContain("changed while the response was streamed");
    expect(saved.errors).toBe("");
  });
});
