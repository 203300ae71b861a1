import { afterEach, describe, expect, test, vi } from "vitest";
import type { Session } from "../../../framework/sessions/session.ts";
import { get, keyOf, makeSessionSite, setAndRead as views } from "../../support/session-sites.ts";

afterEach(() => {
  vi.useRealTimers();
});

describe("the session cookie", () => {
  test("is Django's", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 21, 0, 7, 24) });
    const site = await makeSessionSite(views);

    const answer = await get(site, "set");

    expect(answer.header("Set-Cookie")).toMatch(
      /^sessionid=[a-z0-9]{32}; Max-Age=1209600; Path=\/; Expires=Sat, 05 Dec 2026 00:07:24 GMT; HttpOnly; SameSite=Lax$/,
    );
    expect(answer.header("Vary")).toBe("Cookie");
  });

  test("has the attributes that the settings say", async () => {
    const site = await makeSessionSite(views, {
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
    const site = await makeSessionSite({ set: view }, settings);

    expect((await get(site, "set")).header("Set-Cookie")).toMatch(
      /^sessionid=[a-z0-9]{32}; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  test("lives as long as the session says", async () => {
    const site = await makeSessionSite({ set: (session) => session.set("a", 1).setExpiry(30) });

    expect((await get(site, "set")).header("Set-Cookie")).toContain("Max-Age=30;");
  });

  test("is deleted with a session that is flushed, as Django does it", async () => {
    const site = await makeSessionSite({ ...views, logout: (session) => session.flush() });
    const key = keyOf(await get(site, "set"));

    const answer = await get(site, "logout", key);

    expect(answer.header("Set-Cookie")).toBe(
      "sessionid=; Max-Age=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Lax",
    );
    expect(answer.header("Vary")).toBe("Cookie");
    expect((await get(site, "read", key)).text).toBe("null");
  });

  test("is deleted where it stands for no session", async () => {
    const site = await makeSessionSite(views);

    expect((await get(site, "read", "x".repeat(32))).header("Set-Cookie")).toContain("Max-Age=0");
  });

  test("is not set by a flush without one", async () => {
    const site = await makeSessionSite({ logout: (session) => session.flush() });

    expect((await get(site, "logout")).header("Set-Cookie")).toBeUndefined();
  });
});
