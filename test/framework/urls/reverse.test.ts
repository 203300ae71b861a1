import { describe, expect, test } from "vitest";
import { QueryDict } from "../../../framework/http/query-dict.ts";
import { include, path } from "../../../framework/urls/path.ts";
import { URLResolver } from "../../../framework/urls/resolver.ts";
import { NoReverseMatch } from "../../../framework/urls/reverse-index.ts";
import { setDefaultResolver, withResolver } from "../../../framework/urls/current-site.ts";
import { reverse } from "../../../framework/urls/reverse.ts";

const view = (): null => null;

const resolver = new URLResolver([
  path("", view, { name: "home" }),
  path("year/<int:year>/", view, { name: "year" }),
  path("files/<path:rest>", view, { name: "files" }),
  path("<str:name>/x/", view, { name: "named" }),
  path("same/", view, { name: "same" }),
  path("same/<int:a>/", view, { name: "same" }),
  path("twice/1/", view, { name: "twice" }),
  path("twice/2/", view, { name: "twice" }),
  path("page{/:number}/", view, { name: "page" }),
  path("a/<slug:s>/", include([path("<int:n>/", view, { name: "deep" })], { namespace: "ns" })),
  path("open/", include([path("leak/", view, { name: "leak" })])),
]);

describe("resolver.reverse", () => {
  test.each<[name: string, params: Record<string, unknown>, expected: string]>([
    ["home", {}, "/"],
    ["year", { year: 2003 }, "/year/2003/"],
    ["year", { year: "2003" }, "/year/2003/"],
    ["files", { rest: "a/b c" }, "/files/a/b%20c"],
    ["named", { name: "a%b?c#d|é\\" }, "/a%25b%3Fc%23d%7C%C3%A9%5C/x/"],
    ["named", { name: "!$&'()*+,;=~:@" }, "/!$&'()*+,;=~:@/x/"],
    ["same", {}, "/same/"],
    ["same", { a: 1 }, "/same/1/"],
    ["twice", {}, "/twice/2/"],
    ["page", {}, "/page/"],
    ["page", { number: 3 }, "/page/3/"],
    ["ns:deep", { s: "x", n: 1 }, "/a/x/1/"],
    ["leak", {}, "/open/leak/"],
  ])("%s with %o is %s", (name, params, expected) => {
    expect(resolver.reverse(name, params)).toBe(expected);
  });

  test("never makes another site's URL", () => {
    const risky = new URLResolver([path("<path:rest>", view, { name: "all" })]);

    expect(risky.reverse("all", { rest: "/evil.com/" })).toBe("/%2Fevil.com/");
  });

  test.each<[name: string, params: Record<string, unknown>, message: RegExp]>([
    [
      "yaer",
      { year: 1 },
      /'yaer' is not a valid view function or pattern name; known names: year, /,
    ],
    ["deep", { s: "x", n: 1 }, /not a valid view function or pattern name/],
    [
      "year",
      {},
      /Reverse for 'year' with no parameters not found\. 1 pattern\(s\) tried: 'year\/<int:year>\/'/,
    ],
    [
      "year",
      { year: 1, extra: 2 },
      /with parameters \{ year: 1 \(a number\), extra: 2 \(a number\) \}/,
    ],
    ["year", { year: "x" }, /not found/],
    ["year", { year: -1 }, /not found/],
    ["year", { year: undefined }, /not found/],
    ["named", { name: "a/b" }, /not found/],
    ["named", { name: {} }, /name: an object/],
    ["named", { name: "" }, /not found/],
  ])("%s with %o is explained", (name, params, message) => {
    expect(() => resolver.reverse(name, params)).toThrow(NoReverseMatch);
    expect(() => resolver.reverse(name, params)).toThrow(message);
  });

  test("round-trips through resolve", () => {
    const url = resolver.reverse("named", { name: "a b%" });

    expect(resolver.resolve(decodeURIComponent(url)).params).toEqual({ name: "a b%" });
  });
});

describe("reverse", () => {
  test("adds query and fragment", () => {
    withResolver(resolver, () => {
      expect(reverse("home", {}, { query: { a: [1, 2], b: "c d" }, fragment: "x" })).toBe(
        "/?a=1&a=2&b=c+d#x",
      );
      expect(reverse("home", {}, { query: new QueryDict("q=1&q=2") })).toBe("/?q=1&q=2");
      expect(reverse("home", {}, { query: {} })).toBe("/");
    });
  });

  test("uses the patterns of the application at work, also after a wait", async () => {
    const other = new URLResolver([path("other/", view, { name: "home" })]);
    setDefaultResolver(resolver);

    const inside = await withResolver(other, async () => {
      await Promise.resolve();
      return reverse("home");
    });

    expect(inside).toBe("/other/");
    expect(reverse("home")).toBe("/");
  });
});
