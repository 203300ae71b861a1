import { describe, expect, test } from "vitest";
import { redirect, resolveUrl } from "../../framework/shortcuts.ts";
import { path } from "../../framework/urls/path.ts";
import { URLResolver } from "../../framework/urls/resolver.ts";
import { NoReverseMatch } from "../../framework/urls/reverse-index.ts";
import { withResolver } from "../../framework/urls/current-site.ts";

const view = (): null => null;
const resolver = new URLResolver([
  path("", view, { name: "home" }),
  path("tunes/<int:pk>/", view, { name: "tune" }),
  path("api/", view, { name: "api.v1" }),
]);
const inside = <Result>(call: () => Result): Result => withResolver(resolver, call);

describe("redirect", () => {
  test("takes the name of a view", () => {
    const response = inside(() => redirect("home"));

    expect([response.status, response.url]).toEqual([302, "/"]);
  });

  test("takes a name with parameters, then options of URL and response", () => {
    const response = inside(() =>
      redirect("tune", { pk: 3 }, { permanent: true, query: { a: 1 }, fragment: "x" }),
    );

    expect([response.status, response.url]).toEqual([301, "/tunes/3/?a=1#x"]);
  });

  test("looks for a name with a dot before it takes it for a URL", () => {
    expect(inside(() => redirect("api.v1")).url).toBe("/api/");
    expect(inside(() => redirect("api.v2")).url).toBe("api.v2");
  });

  test("does not take a name with a dot for a URL because something else went wrong", () => {
    const wrong = { fragment: 3 as never };

    expect(() => inside(() => redirect("api.v1", {}, wrong))).toThrow("fragment must be a string");
  });

  test.each(["/a/path/", "https://example.com/", "../x", "./x", "x/y", "page.html", "//host/x"])(
    "leaves the URL %s as it is, with its options",
    (url) => {
      const response = inside(() => redirect(url, { preserveRequest: true, permanent: true }));

      expect([response.status, response.url]).toEqual([308, url]);
    },
  );

  test("takes a URL outside of any application", () => {
    expect(redirect("page.html").url).toBe("page.html");
  });

  test.each(["hone", "", "?page=2"])("refuses %j: neither a name nor a URL", (to) => {
    expect(() => inside(() => redirect(to))).toThrow(NoReverseMatch);
  });

  test("refuses parameters that the route does not take", () => {
    expect(() => inside(() => redirect("tune", { pk: "x" }))).toThrow(NoReverseMatch);
    expect(() => inside(() => redirect("home", { permanent: true }))).toThrow(NoReverseMatch);
  });
});

test("resolveUrl takes names, URLs and what knows its own", () => {
  expect(inside(() => resolveUrl("tune", { pk: 3 }, { fragment: "x" }))).toBe("/tunes/3/#x");
  expect(inside(() => resolveUrl("../up/"))).toBe("../up/");
  expect(resolveUrl({ getAbsoluteUrl: () => "/tunes/1/" })).toBe("/tunes/1/");
});
