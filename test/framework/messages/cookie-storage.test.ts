import { afterEach, describe, expect, test, vi } from "vitest";
import { CookieStorage } from "../../../framework/messages/cookie-storage.ts";
import { INFO, SUCCESS } from "../../../framework/messages/levels.ts";
import { getCookieSigner } from "../../../framework/signing/cookie-signer.ts";
import { MessageSite } from "../../support/message-sites.ts";
import { MESSAGES_COOKIE } from "../signing/vectors.ts";

const signer = getCookieSigner("secret", [], "django.contrib.messages");

/** Text that does not compress. */
const noise = (length: number, seed: number): string =>
  Array.from({ length }, (_, i) =>
    ((Math.imul(i + 1, 2_654_435_761) ^ Math.imul(seed + i * i, 40_503)) >>> 7)
      .toString(36)
      .slice(-1),
  ).join("");

afterEach(() => {
  vi.useRealTimers();
});

describe("the cookie of messages", () => {
  test("of Django is read", async () => {
    const site = new MessageSite(CookieStorage);
    site.cookie = MESSAGES_COOKIE.signed;

    expect(await site.show()).toEqual(["Saved."]);
  });

  test("is written as Django writes it", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 123_456_789_000 });
    const site = new MessageSite(CookieStorage);
    const { storage, finish } = site.begin();
    storage.add(SUCCESS, "Saved.");
    await finish();

    expect(site.setCookie).toBe(
      `messages=${MESSAGES_COOKIE.signed}; Path=/; HttpOnly; SameSite=Lax`,
    );
  });

  test("holds Django's list", async () => {
    const site = new MessageSite(CookieStorage);
    const { storage, finish } = site.begin();
    storage.add(INFO, "hi", { extraTags: "tag" });
    storage.add(SUCCESS, "x");
    await finish();

    expect(JSON.stringify(signer.unsignObject(site.cookie ?? ""))).toBe(
      '[["__json_message",0,20,"hi","tag"],["__json_message",0,25,"x"]]',
    );
  });

  test("has the attributes of the session's", async () => {
    const site = new MessageSite(CookieStorage, {
      SESSION_COOKIE_DOMAIN: ".example.com",
      SESSION_COOKIE_SECURE: true,
      SESSION_COOKIE_HTTPONLY: false,
      SESSION_COOKIE_SAMESITE: "strict",
      SESSION_COOKIE_PATH: "/not/this/",
    });
    await site.add("one");
    expect(site.setCookie?.replace(/^[^;]+; /, "")).toBe(
      "Domain=.example.com; Path=/; Secure; SameSite=Strict",
    );
    await site.show();
    expect(site.setCookie).toContain("messages=; Max-Age=0; Domain=.example.com; Path=/;");
  });

  test("is deleted when its messages were shown", async () => {
    const site = new MessageSite(CookieStorage);
    await site.add("one");
    await site.show();

    expect(site.setCookie).toBe(
      "messages=; Max-Age=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Lax",
    );
  });

  test.each(["x", "[]:8M0kX:bad", `${MESSAGES_COOKIE.signed}x`])(
    "that says %j is ignored, and deleted when somebody looks",
    async (cookie) => {
      const site = new MessageSite(CookieStorage);
      site.cookie = cookie;

      expect(await site.show()).toEqual([]);
      expect(site.setCookie).toContain("Max-Age=0");
    },
  );

  test("may be signed and yet hold something else", async () => {
    const site = new MessageSite(CookieStorage);

    for (const value of [
      null,
      1,
      { a: 1 },
      [1, ["__json_message"], ["__json_message", 0, "x", 1]],
    ]) {
      site.cookie = signer.signObject(value);
      expect(await site.show()).toEqual([]);
    }
  });

  test("drops the oldest messages when there are too many", async () => {
    const site = new MessageSite(CookieStorage);
    const messages = Array.from({ length: 8 }, (_, i) => `${i}${noise(500, i)}`);

    const unstored = await site.add(...messages);
    const size = site.cookie?.length ?? 0;
    const shown = await site.show();

    expect(size).toBeLessThanOrEqual(2048);
    expect(shown.length).toBeGreaterThan(0);
    expect([...unstored, ...shown]).toEqual(messages);
  });

  test("has room for no message that is too large itself", async () => {
    const site = new MessageSite(CookieStorage);
    const message = noise(5000, 1);

    expect(await site.add(message)).toEqual([message]);
    expect(signer.unsignObject(site.cookie ?? "")).toEqual(["__messagesnotfinished__"]);
    expect(await site.show()).toEqual([]);
  });

  test("is compressed where that helps", async () => {
    const site = new MessageSite(CookieStorage);
    const message = "swing ".repeat(1000);

    expect(await site.add(message)).toEqual([]);
    expect(site.cookie).toMatch(/^\./);
    expect(await site.show()).toEqual([message]);
  });
});
