/**
 * One contract for all storages.
 */
import { describe, expect, test } from "vitest";
import { CookieStorage } from "../../../framework/messages/cookie-storage.ts";
import { FallbackStorage } from "../../../framework/messages/fallback-storage.ts";
import { ERROR, INFO, SUCCESS } from "../../../framework/messages/levels.ts";
import { SessionStorage } from "../../../framework/messages/session-storage.ts";
import { MessageSite } from "../../support/message-sites.ts";

describe.each([
  { name: "CookieStorage", storage: CookieStorage },
  { name: "SessionStorage", storage: SessionStorage },
  { name: "FallbackStorage", storage: FallbackStorage },
])("$name", ({ storage: Storage }) => {
  test("shows messages once, in the next request", async () => {
    const site = new MessageSite(Storage);
    await site.add("one", "two");

    expect(await site.show()).toEqual(["one", "two"]);
    expect(await site.show()).toEqual([]);
  });

  test("shows messages in the request that adds them, and then no more", async () => {
    const site = new MessageSite(Storage);
    const { storage, finish } = site.begin();
    storage.add(INFO, "now");

    expect(Array.from(storage, String)).toEqual(["now"]);
    await finish();
    expect(await site.show()).toEqual([]);
  });

  test("keeps messages that nobody shows, and adds to them", async () => {
    const site = new MessageSite(Storage);
    await site.add("one");
    await site.add();
    await site.add("two");

    expect(await site.show()).toEqual(["one", "two"]);
  });

  test("keeps what was added after the others were shown", async () => {
    const site = new MessageSite(Storage);
    await site.add("one");
    const { storage, finish } = site.begin();
    for (const message of storage) expect(message.message).toBe("one");
    storage.add(SUCCESS, "two");
    await finish();

    expect(await site.show()).toEqual(["two"]);
  });

  test("counts messages without using them up", async () => {
    const site = new MessageSite(Storage);
    await site.add("one");
    const { storage, finish } = site.begin();
    storage.add(INFO, "two");

    expect(storage.length).toBe(2);
    await finish();
    expect(await site.show()).toEqual(["one", "two"]);
  });

  test("keeps level, tags and safety", async () => {
    const site = new MessageSite(Storage, { MESSAGE_TAGS: { 40: "danger", 99: "own" } });
    const { storage, finish } = site.begin();
    storage.add(ERROR, "<b>é ’ 🐍</b>", { extraTags: "big red", isSafe: true });
    storage.add(99, "own level");
    await finish();

    const [first, second] = [...site.begin().storage];

    expect(first).toMatchObject({
      level: ERROR,
      message: "<b>é ’ 🐍</b>",
      extraTags: "big red",
      levelTag: "danger",
      tags: "big red danger",
      isSafe: true,
    });
    expect(second).toMatchObject({ level: 99, tags: "own", isSafe: false, extraTags: "" });
  });

  test("takes no empty message, and none below the level", async () => {
    const site = new MessageSite(Storage, { MESSAGE_LEVEL: SUCCESS });
    const { storage, finish } = site.begin();
    storage.add(INFO, "too low");
    storage.add(ERROR, "");
    storage.add(SUCCESS, "high enough");
    storage.level = ERROR;
    storage.add(SUCCESS, "now too low");
    await finish();

    expect(await site.show()).toEqual(["high enough"]);
  });

  test("writes nothing when nothing happens", async () => {
    const site = new MessageSite(Storage);
    const { request, finish } = site.begin();
    await finish();

    expect(site.setCookie).toBeUndefined();
    expect(request.session.accessed).toBe(false);
  });
});
