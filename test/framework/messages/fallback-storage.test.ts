import { expect, test } from "vitest";
import { ImproperlyConfigured } from "../../../framework/exceptions.ts";
import { FallbackStorage } from "../../../framework/messages/fallback-storage.ts";
import { SessionStorage } from "../../../framework/messages/session-storage.ts";
import { MessageSite } from "../../support/message-sites.ts";
import { makeRequest } from "../../support/wsgi.ts";

const long = (i: number): string =>
  `${i}${Array.from({ length: 40 }, (_, k) => Math.sin(i * 100 + k)).join("")}`;

test("what fits is in the cookie, and the session is left alone", async () => {
  const site = new MessageSite(FallbackStorage);
  await site.add("one");
  const { storage, request } = site.begin();

  expect(Array.from(storage, String)).toEqual(["one"]);
  expect(request.session.accessed).toBe(false);
});

test("what does not fit goes into the session, in order", async () => {
  const site = new MessageSite(FallbackStorage);
  const messages = Array.from({ length: 9 }, (_, i) => long(i));

  expect(await site.add(...messages)).toEqual([]);
  expect(site.cookie?.length).toBeLessThanOrEqual(2048);
  expect(String(site.sessionText())).toContain("__json_message");
  expect(await site.show()).toEqual(messages);
  expect(site.cookie).toBeUndefined();
  expect(site.sessionText()).toBeUndefined();
});

test("a message that is too large for any cookie is kept", async () => {
  const site = new MessageSite(FallbackStorage);
  const message = Array.from({ length: 10 }, (_, i) => long(i)).join("");

  expect(await site.add("small", message)).toEqual([]);
  expect(await site.show()).toEqual(["small", message]);
});

test("messages that stay move up when there is room again", async () => {
  const site = new MessageSite(FallbackStorage);
  const messages = Array.from({ length: 9 }, (_, i) => long(i));
  await site.add(...messages);
  await site.add("last");

  expect(await site.show()).toEqual([...messages, "last"]);
  await site.add("new");
  expect(site.sessionText()).toBeUndefined();
});

test("a cookie that was forged is deleted", async () => {
  const site = new MessageSite(FallbackStorage);
  site.cookie = "forged";

  expect(await site.show()).toEqual([]);
  expect(site.setCookie).toContain("Max-Age=0");
});

test("the session holds the JSON that Django writes, and Django's is read", async () => {
  const site = new MessageSite(SessionStorage);
  await site.add("hi");
  expect(site.sessionText()).toBe('[["__json_message",0,25,"hi"]]');

  const { storage, request } = site.begin();
  request.session.set("_messages", '[["__json_message", 1, 20, "from Django", ""]]');
  expect(Array.from(storage, ({ message, isSafe }) => [message, isSafe])).toEqual([
    ["from Django", true],
  ]);
});

test.each(["no json", "{}", "[1]", 5, null])("a session that says %j has no messages", (value) => {
  const { storage, request } = new MessageSite(SessionStorage).begin();
  request.session.set("_messages", value);

  expect([...storage]).toEqual([]);
});

test("two requests at once lose no message in the session, and show none again", async () => {
  const site = new MessageSite(SessionStorage);
  await site.add("old");
  const [shows, adds, addsToo] = [site.begin(), site.begin(), site.begin()];
  for (const { message } of shows.storage) expect(message).toBe("old");
  for (const { storage } of [adds, addsToo]) expect(storage.length).toBe(1);
  adds.storage.add(25, "new");
  addsToo.storage.add(25, "newer");
  await adds.finish();
  await shows.finish();
  expect(await site.show()).toEqual(["new"]);
  await addsToo.finish();

  expect(await site.show()).toEqual(["newer"]);
});

test.each([FallbackStorage, SessionStorage])("%o needs a session", (Storage) => {
  const { settings } = new MessageSite(FallbackStorage);
  const make = (): unknown => new Storage(makeRequest(), settings);

  expect(make).toThrow(ImproperlyConfigured);
  expect(make).toThrow(
    "The session-based temporary message storage requires session middleware to be installed, and come before the message middleware in the MIDDLEWARE setting.",
  );
});
