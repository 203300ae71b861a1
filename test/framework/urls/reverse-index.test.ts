/** Goldens: Django's tests/urlpatterns_reverse (namespace_urls.py), in this framework's notation. */
import { describe, expect, test } from "vitest";
import { include, path, rePath } from "../../../framework/urls/path.ts";
import type { URLEntry } from "../../../framework/urls/pattern.ts";
import { URLResolver } from "../../../framework/urls/resolver.ts";
import { NoReverseMatch } from "../../../framework/urls/reverse-index.ts";

const view = (): null => null;

const inner: readonly URLEntry[] = [
  path("inner/", view, { name: "v" }),
  path("inner/<arg1>/<arg2>/", view, { name: "v" }),
];
const instance = (namespace: string, appName = "testapp") => include(inner, { appName, namespace });

const resolver = new URLResolver([
  path("normal/", view, { name: "normal" }),
  path("test1/", instance("test-ns1")),
  path("test2/", instance("test-ns2")),
  path("default/", include(inner, { appName: "testapp" })),
  path("other1/", instance("other-ns1", "nodefault")),
  rePath(/^other[246]\//, instance("other-ns2", "nodefault")),
  path("arg/<int:ns>/", include(inner, { namespace: "arg-ns" })),
  path(
    "outer/",
    include(
      [
        path("normal/", view, { name: "normal" }),
        path("app1/", instance("in1")),
        path("app2/", instance("in2")),
        path(
          "open/",
          include([path("leak/", view, { name: "leak" }), path("deep/", instance("in3"))]),
        ),
      ],
      { namespace: "outer" },
    ),
  ),
  path("same1/", include([path("", view, { name: "one" })], { namespace: "same" })),
  path("same2/", include([path("", view, { name: "two" })], { namespace: "same" })),
]);

describe("names in namespaces", () => {
  test.each<[name: string, currentApp: string | undefined, expected: string]>([
    ["test-ns1:v", undefined, "/test1/inner/"],
    ["test-ns2:v", undefined, "/test2/inner/"],
    // The application's name: the instance called like it, else the last one.
    ["testapp:v", undefined, "/default/inner/"],
    ["nodefault:v", undefined, "/other2/inner/"],
    // The current instance, if it is one of that application.
    ["testapp:v", "test-ns1", "/test1/inner/"],
    ["testapp:v", "test-ns2", "/test2/inner/"],
    ["testapp:v", "other-ns1", "/default/inner/"],
    ["testapp:v", "unknown", "/default/inner/"],
    ["nodefault:v", "other-ns1", "/other1/inner/"],
    ["test-ns1:v", "test-ns2", "/test1/inner/"],
    // Level by level, up to the first that differs.
    ["outer:testapp:v", undefined, "/outer/open/deep/inner/"],
    ["outer:testapp:v", "outer:in1", "/outer/app1/inner/"],
    ["outer:testapp:v", "other:in1", "/outer/open/deep/inner/"],
    ["outer:in2:v", "outer:in1", "/outer/app2/inner/"],
    ["outer:leak", undefined, "/outer/open/leak/"],
    ["outer:normal", undefined, "/outer/normal/"],
    ["normal", "outer", "/normal/"],
    ["same:one", undefined, "/same1/"],
    ["same:two", undefined, "/same2/"],
  ])("%s with %s as the current instance is %s", (name, currentApp, expected) => {
    expect(resolver.reverse(name, {}, { currentApp })).toBe(expected);
  });

  test("a namespace's own parameters must be given too", () => {
    expect(resolver.reverse("arg-ns:v", { ns: 5, arg1: "a", arg2: "b" })).toBe("/arg/5/inner/a/b/");
    expect(() => resolver.reverse("arg-ns:v", { arg1: "a", arg2: "b" })).toThrow(NoReverseMatch);
  });

  test.each([
    ["blah:v", "'blah' is not a registered namespace; known namespaces: "],
    ["test-ns1:blah:v", "'blah' is not a registered namespace inside 'test-ns1'"],
    ["outer:blah:v", "'blah' is not a registered namespace inside 'outer'; known namespaces: in1"],
    ["test-ns1:nope", "'test-ns1:nope' is not a valid view function or pattern name"],
    ["v", "'v' is not a valid view function or pattern name"],
  ])("%s: %s", (name, message) => {
    expect(() => resolver.reverse(name)).toThrow(NoReverseMatch);
    expect(() => resolver.reverse(name)).toThrow(message);
  });
});

describe("views", () => {
  const list = (): null => null;
  const hidden = (): null => null;
  const site = new URLResolver([
    path("list/", list),
    path("list/<int:page>/", list),
    path("open/", include([path("again/<int:a>/<int:b>/", list)])),
    path("ns/", include([path("hidden/", hidden)], { namespace: "ns" })),
  ]);

  test("are reversed by themselves, outside of namespaces", () => {
    expect(site.reverse(list)).toBe("/list/");
    expect(site.reverse(list, { page: 2 })).toBe("/list/2/");
    expect(site.reverse(list, { a: 1, b: 2 })).toBe("/open/again/1/2/");
    expect(() => site.reverse(hidden)).toThrow("Reverse for 'hidden' not found");
    expect(() => site.reverse(() => null)).toThrow("Reverse for '(anonymous)' not found");
  });
});

describe("where the site is mounted", () => {
  const site = new URLResolver([
    path("", view, { name: "home" }),
    path("<path:rest>", view, { name: "all" }),
  ]);

  test.each([
    ["", "/"],
    ["/", "/"],
    ["/shop", "/shop/"],
    ["/shop/", "/shop/"],
    ["/bump%20map", "/bump%2520map/"],
    ["/{é}", "/%7B%C3%A9%7D/"],
    ["//evil.com", "/%2Fevil.com/"],
  ])("%j stands before every path, as %s", (scriptName, expected) => {
    expect(site.reverse("home", {}, { scriptName })).toBe(expected);
  });

  test("a slash at the start is no other site's once there is a mount point", () => {
    expect(site.reverse("all", { rest: "/x" }, { scriptName: "/shop" })).toBe("/shop//x");
    expect(site.reverse("all", { rest: "/x" })).toBe("/%2Fx");
  });
});

describe("extra values", () => {
  const site = new URLResolver([
    path("a/<int:n>/", view, { name: "a", kwargs: { kind: "x" } }),
    path("b/", include([path("", view, { name: "b" })]), { kwargs: { kind: "y" } }),
    path("c{/:page}/", view, { name: "c", kwargs: { kind: "z" } }),
  ]);

  test.each<[name: string, params: Record<string, unknown>, expected: string]>([
    ["a", { n: 1 }, "/a/1/"],
    ["a", { n: 1, kind: "x" }, "/a/1/"],
    ["b", {}, "/b/"],
    ["b", { kind: "y" }, "/b/"],
    ["c", { kind: "z" }, "/c/"],
    ["c", { kind: "z", page: 2 }, "/c/2/"],
  ])("may be left out, or be the same: %s with %o is %s", (name, params, expected) => {
    expect(site.reverse(name, params)).toBe(expected);
  });

  test.each<[name: string, params: Record<string, unknown>]>([
    ["a", { n: 1, kind: "other" }],
    ["a", { kind: "x" }],
    ["b", { kind: "x" }],
    ["c", { kind: "a", page: 2 }],
  ])("are no others: %s with %o", (name, params) => {
    expect(() => site.reverse(name, params)).toThrow(NoReverseMatch);
  });
});
