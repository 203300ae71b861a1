import { describe, expect, test } from "vitest";
import { CookieJar } from "../../../framework/testing/cookie-jar.ts";

describe("CookieJar", () => {
  test("sends what it has taken, sorted", () => {
    const jar = new CookieJar();
    jar.take("b=2; Path=/", "/");
    jar.take("a=1; Path=/", "/");

    expect(jar.headerFor("/x")).toBe("a=1; b=2");
    expect(jar.get("a")).toBe("1");
    expect(jar.size).toBe(2);
  });

  test("replaces a cookie of the same name and path", () => {
    const jar = new CookieJar();
    jar.take("a=1; Path=/", "/");
    jar.take("a=2; Path=/", "/");

    expect(jar.headerFor("/")).toBe("a=2");
  });

  test.each(["a=; Max-Age=0; Path=/", "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/"])(
    "forgets one that is deleted by %s",
    (header) => {
      const jar = new CookieJar();
      jar.take("a=1; Path=/", "/");

      jar.take(header, "/");

      expect(jar.has("a")).toBe(false);
      expect(jar.headerFor("/")).toBeUndefined();
    },
  );

  test("forgets one whose time is over; Max-Age counts more than Expires", () => {
    let now = 0;
    const jar = new CookieJar(() => now);
    jar.take("a=1; Max-Age=10; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "/");
    jar.take("b=1; Expires=Thu, 01 Jan 1970 00:00:20 GMT", "/");
    jar.take("c=1", "/");

    const names = [0, 9_999, 10_000, 20_000].map((time) => {
      now = time;
      return [...jar].map(({ name }) => name).join("");
    });

    expect(names).toEqual(["abc", "abc", "bc", "c"]);
  });

  test.each([
    ["/a", "/a", true],
    ["/a", "/a/b", true],
    ["/a/", "/a/b", true],
    ["/a", "/ab", false],
    ["/a/", "/a", false],
    ["/", "/anything", true],
  ])("sends a cookie of the path %s to %s: %s", (path, to, isSent) => {
    const jar = new CookieJar();
    jar.take(`a=1; Path=${path}`, "/");

    expect(jar.headerFor(to)).toBe(isSent ? "a=1" : undefined);
  });

  test("has one cookie per path, the longest path first", () => {
    const jar = new CookieJar();
    jar.take("a=root; Path=/", "/");
    jar.take("a=deep; Path=/x/", "/");

    expect(jar.headerFor("/x/y")).toBe("a=deep; a=root");
    expect(jar.get("a")).toBe("deep");
  });

  test("takes the folder of the request where there is no path", () => {
    const jar = new CookieJar();
    jar.take("a=1", "/polls/3/vote");

    expect(jar.cookie("a")?.path).toBe("/polls/3");
  });

  test("sends values back as they came", () => {
    const jar = new CookieJar();
    jar.take("a=%20%22; Path=/", "/");

    expect(jar.headerFor("/")).toBe("a=%20%22");
  });

  test("keeps what a cookie says about itself", () => {
    const jar = new CookieJar(() => 0);
    jar.take("a=1; Max-Age=5; Path=/; Domain=.example.com; HttpOnly; Secure; SameSite=Strict", "/");

    expect(jar.cookie("a")).toEqual({
      name: "a",
      value: "1",
      path: "/",
      expires: 5000,
      domain: ".example.com",
      httpOnly: true,
      secure: true,
      sameSite: "strict",
    });
  });

  test("can be filled and emptied by a test", () => {
    const jar = new CookieJar();

    jar.set("a", "1").set("b", "2", { path: "/b" });
    const before = [jar.headerFor("/"), jar.headerFor("/b")];
    const deleted = [jar.delete("b"), jar.delete("b")];
    jar.clear();

    expect(before).toEqual(["a=1", "b=2; a=1"]);
    expect(deleted).toEqual([true, false]);
    expect(jar.size).toBe(0);
  });
});
