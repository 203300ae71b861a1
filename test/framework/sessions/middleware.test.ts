import { afterEach, describe, expect, test, vi } from "vitest";
import type { Settings } from "../../../framework/conf/settings.ts";
import type { HttpRequest } from "../../../framework/http/request.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { StreamingHttpResponse } from "../../../framework/http/streaming-response.ts";
import { MemorySessionStore } from "../../../framework/sessions/backends/memory.ts";
import { sessionMiddleware } from "../../../framework/sessions/middleware.ts";
import type { Session } from "../../../framework/sessions/session.ts";
import { path } from "../../../framework/urls/path.ts";
import type { WSGIApplication } from "../../../framework/wsgi.ts";
import { SlowStore } from "../../support/session-engines.ts";
import { type Answer, call, makeApplication, makeEnviron } from "../../support/wsgi.ts";

type SessionView = (session: Session, request: HttpRequest) => unknown;

/** A site whose views do something with the session; `status/` answers with the status in the query. */
async function makeSite(
  views: Readonly<Record<string, SessionView>>,
  settings: Partial<Settings> = {},
): Promise<WSGIApplication> {
  const store = new MemorySessionStore();
  const patterns = Object.entries(views).map(([name, view]) =>
    path(`${name}/`, async (request: HttpRequest) => {
      const result = await view(request.session, request);
      return result instanceof HttpResponse || result instanceof StreamingHttpResponse
        ? result
        : new HttpResponse(JSON.stringify(result ?? null));
    }),
  );
  return await makeApplication(patterns, {
    SESSION_ENGINE: () => store,
    MIDDLEWARE: [sessionMiddleware],
    ...settings,
  });
}

function withCookie(key: string | undefined): { environ: Record<string, unknown> } {
  return { environ: key === undefined ? {} : { HTTP_COOKIE: `sessionid=${key}` } };
}

async function get(site: WSGIApplication, name: string, key?: string): Promise<Answer> {
  return await call(site, { path: `/${name}/`, ...withCookie(key) });
}

const keyOf = (answer: Answer): string =>
  /^sessionid=([^;]+)/.exec(answer.header("Set-Cookie") ?? "")?.[1] ?? "";

const views = {
  set: (session: Session) => session.set("a", 1),
  read: (session: Session) => session.get("a"),
  untouched: () => "nothing",
};

afterEach(() => {
  vi.useRealTimers();
});

describe("the session cookie", () => {
  test("is Django's", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 21, 0, 7, 24) });
    const site = await makeSite(views);

    const answer = await get(site, "set");

    expect(answer.header("Set-Cookie")).toMatch(
      /^sessionid=[a-z0-9]{32}; Max-Age=1209600; Path=\/; Expires=Sat, 05 Dec 2026 00:07:24 GMT; HttpOnly; SameSite=Lax$/,
    );
    expect(answer.header("Vary")).toBe("Cookie");
  });

  test("has the attributes that the settings say", async () => {
    const site = await makeSite(views, {
      SESSION_COOKIE_NAME: "sid",
      SESSION_COOKIE_AGE: 60,
      SESSION_COOKIE_DOMAIN: "example.com",
      SESSION_COOKIE_PATH: "/shop/",
      SESSION_COOKIE_SECURE: true,
      SESSION_COOKIE_HTTPONLY: false,
      SESSION_COOKIE_SAMESITE: "strict",
    });

    const cookie = (await get(site, "set")).header("Set-Cookie")?.split("; ").toSorted();

    expect(cookie).toEqual([
      "Domain=example.com",
      expect.stringMatching(/^Expires=/),
      "Max-Age=60",
      "Path=/shop/",
      "SameSite=Strict",
      "Secure",
      expect.stringMatching(/^sid=[a-z0-9]{32}$/),
    ]);
  });

  test.each([
    ["the session says so", {}, (session: Session) => session.set("a", 1).setExpiry(0)],
    ["the site says so", { SESSION_EXPIRE_AT_BROWSER_CLOSE: true }, views.set],
  ])("ends with the browser when %s", async (_name, settings, view) => {
    const site = await makeSite({ set: view }, settings);

    expect((await get(site, "set")).header("Set-Cookie")).toMatch(
      /^sessionid=[a-z0-9]{32}; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  test("lives as long as the session says", async () => {
    const site = await makeSite({ set: (session) => session.set("a", 1).setExpiry(30) });

    expect((await get(site, "set")).header("Set-Cookie")).toContain("Max-Age=30;");
  });

  test("is deleted with a session that is flushed, as Django does it", async () => {
    const site = await makeSite({ ...views, logout: (session) => session.flush() });
    const key = keyOf(await get(site, "set"));

    const answer = await get(site, "logout", key);

    expect(answer.header("Set-Cookie")).toBe(
      "sessionid=; Max-Age=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Lax",
    );
    expect(answer.header("Vary")).toBe("Cookie");
    expect((await get(site, "read", key)).text).toBe("null");
  });

  test("is deleted where it stands for no session", async () => {
    const site = await makeSite(views);

    expect((await get(site, "read", "x".repeat(32))).header("Set-Cookie")).toContain("Max-Age=0");
  });

  test("is not set by a flush without one", async () => {
    const site = await makeSite({ logout: (session) => session.flush() });

    expect((await get(site, "logout")).header("Set-Cookie")).toBeUndefined();
  });
});

describe("sessionMiddleware", () => {
  test("remembers from request to request", async () => {
    const site = await makeSite(views);
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
    const site = await makeSite(views, { SESSION_ENGINE: () => store });

    const key = keyOf(await get(site, "set"));

    expect((await get(site, "read", key)).text).toBe("1");
    expect((await get(site, "untouched", key)).header("Vary")).toBeUndefined();
  });

  test("adds to a Vary that is there, once", async () => {
    const site = await makeSite({
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
    const site = await makeSite({
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
    const site = await makeSite({
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
    const site = await makeSite({
      ...views,
      missing: (session) => session.set("a", 3) && new HttpResponse("", { status: 404 }),
    });
    const key = keyOf(await get(site, "missing"));

    expect((await get(site, "read", key)).text).toBe("3");
  });

  test("saves every request where the site says so, and then also what nobody looked at", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const site = await makeSite(views, { SESSION_SAVE_EVERY_REQUEST: true });
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
    const site = await makeSite({ set: (session) => session.set("a", 1).save(), read: views.read });

    const key = keyOf(await get(site, "set"));

    expect((await get(site, "read", key)).text).toBe("1");
  });

  test("changes the cookie with the key", async () => {
    const site = await makeSite({ ...views, login: (session) => session.cycleKey() });
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
    const site = await makeSite(views, { SESSION_ENGINE: () => store });

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
    const site = await makeSite(
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
    const site = await makeSite({
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
