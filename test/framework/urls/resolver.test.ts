import { describe, expect, test } from "vitest";
import { ConverterError, registerConverter } from "../../../framework/urls/converters.ts";
import { include, path } from "../../../framework/urls/path.ts";
import type { URLEntry } from "../../../framework/urls/pattern.ts";
import { Resolver404, URLResolver } from "../../../framework/urls/resolver.ts";

declare module "../../../framework/urls/converters.ts" {
  interface Converters {
    evenForTests: number;
  }
}

const view = (): null => null;

/** The parameters that a route captures from a path; `undefined` when it does not match. */
function paramsOf(route: string, url: string): unknown {
  const resolver = new URLResolver([path(route, view)]);
  return resolver.isValidPath(url) ? resolver.resolve(url).params : undefined;
}

describe("routes", () => {
  test.each<[route: string, url: string, params: unknown]>([
    ["", "/", {}],
    ["a/b/", "/a/b/", {}],
    ["a/b/", "/a/b", undefined],
    ["a/b/", "/a/b/c", undefined],
    ["A/", "/a/", undefined],
    ["a.b/", "/aXb/", undefined],
    ["<int:pk>/", "/12/", { pk: 12 }],
    ["<int:pk>/", "/01/", { pk: 1 }],
    ["<int:pk>/", "/x/", undefined],
    ["<int:pk>/", "/9007199254740993/", undefined],
    ["<name>/", "/a b/", { name: "a b" }],
    ["<str:name>/", "/a/b/", undefined],
    ["<slug:s>/", "/a-b_1/", { s: "a-b_1" }],
    ["<slug:s>/", "/a.b/", undefined],
    [
      "<uuid:id>/",
      "/0f14d0ab-9605-4a62-a9e4-5ed26688389b/",
      { id: "0f14d0ab-9605-4a62-a9e4-5ed26688389b" },
    ],
    ["<uuid:id>/", "/0F14D0AB-9605-4A62-A9E4-5ED26688389B/", undefined],
    ["<path:rest>.txt", "/a/b.c.txt", { rest: "a/b.c" }],
    ["<slug:title>-<int:id>/", "/a-b-7/", { title: "a-b", id: 7 }],
    ["<int:a><str:b>/", "/12x/", { a: 12, b: "x" }],
    ["articles/2003/", "/articles/2003/\n", undefined],
    ["<path:rest>", "/a\nb", { rest: "a\nb" }],
    ["<str:Δ>/", "/x/", { Δ: "x" }],
    [":name/", "/x/", { name: "x" }],
    ["files/*rest", "/files/a/b", { rest: "a/b" }],
    ["a{/b}/", "/a/", {}],
    ["a{/:b}/", "/a/x/", { b: "x" }],
    [String.raw`a\:b/`, "/a:b/", {}],
    ["wiki/$1.(x)".replaceAll(/[().]/g, String.raw`\$&`), "/wiki/$1.(x)", {}],
  ])("%s with %j gives %o", (route, url, params) => {
    expect(paramsOf(route, url)).toEqual(params);
  });

  test.each([
    ["foo/<int: a>/", "cannot contain whitespace in angle brackets"],
    ["b/<int:book.id>/", "uses parameter name 'book.id' which isn't a valid identifier"],
    ["<1a>/", "uses parameter name '1a'"],
    ["<itn:var>/", "uses invalid converter 'itn'; did you mean 'int'? Known converters: int, str"],
    ["<int:a>/<str:a>/", "uses parameter name 'a' more than once"],
    ["a(b)/", "cannot be parsed"],
  ])("%s is refused, with the file and line of its declaration", (route, message) => {
    expect(() => path(route, view)).toThrow(message);
    expect(() => path(route, view)).toThrow(/^\S*resolver\.test\.ts:\d+: /);
  });

  test("a converter of the project's own decides what matches", () => {
    registerConverter("evenForTests", {
      regex: "[0-9]+",
      toValue(text) {
        if (Number(text) % 2 === 1) throw new ConverterError("odd");
        return Number(text);
      },
      toUrl: String,
    });

    expect(paramsOf("<evenForTests:n>/", "/4/")).toEqual({ n: 4 });
    expect(paramsOf("<evenForTests:n>/", "/3/")).toBeUndefined();
  });

  test("a converter's name is taken once, and its expression captures nothing", () => {
    const converter = { regex: "(a|b)", toValue: Number, toUrl: String };

    expect(() => registerConverter("int", converter)).toThrow("'int' is already registered");
    expect(() => registerConverter("other" as "int", converter)).toThrow(
      "must not have capturing groups",
    );
  });
});

describe("resolving", () => {
  test("takes the first pattern that matches", () => {
    const first = () => null;
    const resolver = new URLResolver([path("a/", first), path("<str:x>/", view), path("a/", view)]);

    expect(resolver.resolve("/a/").pattern.view).toBe(first);
    expect(resolver.resolve("/b/").params).toEqual({ x: "b" });
  });

  test("falls through an include whose entries do not match", () => {
    const resolver = new URLResolver([
      path("polls/", include([path("a/", view)])),
      path("polls/b/", view, { name: "late" }),
    ]);

    expect(resolver.resolve("/polls/b/").viewName).toBe("late");
  });

  test("joins routes, parameters and namespaces of all levels; the inner parameter wins", () => {
    const inner = [path("<int:n>/", view, { name: "detail" })];
    const resolver = new URLResolver([
      path(
        "<str:n>/<slug:s>/",
        include([path("x/", include(inner, { namespace: "b" }))], { namespace: "a" }),
      ),
    ]);

    const match = resolver.resolve("/one/two/x/3/");

    expect(match.viewName).toBe("a:b:detail");
    expect(match.namespaces).toEqual(["a", "b"]);
    expect(match.route).toBe("<str:n>/<slug:s>/x/<int:n>/");
    expect(match.params).toEqual({ n: 3, s: "two" });
  });

  test("says what was tried when nothing matches", () => {
    const resolver = new URLResolver([
      path("a/", view),
      path("b/", include([path("c/", view), path("d/", view)])),
      path("e/", include([path("f/", view)])),
    ]);

    const error = catchError(() => resolver.resolve("/b/x"));

    expect(error).toBeInstanceOf(Resolver404);
    const { tried, path: rest } = error as Resolver404;
    expect(tried.map((chain) => chain.map((entry) => entry.route))).toEqual([
      ["a/"],
      ["b/", "c/"],
      ["b/", "d/"],
      ["e/"],
    ]);
    expect(rest).toBe("b/x");
  });

  test.each(["", "*", "example.com:443"])(
    "a path that starts without a slash matches nothing: %j",
    (url) => {
      expect(() => new URLResolver([path("", view), path("<path:x>", view)]).resolve(url)).toThrow(
        Resolver404,
      );
    },
  );
});

describe("mixed-up declarations", () => {
  test.each<[what: string, make: () => unknown, message: string]>([
    [
      "a view that is none",
      () => path("a/", null as never),
      "the view of URL route 'a/' must be a function or include(…); found null",
    ],
    ["a route that is none", () => path(/a/ as never, view), "a route is a string; found a RegExp"],
    [
      "an include of no list",
      () => include("polls.urls" as never),
      'include() takes an array of path(…) entries; found "polls.urls"',
    ],
    [
      "an include of a bare view",
      () => include([view] as never),
      "element 0 of include() must be made by path(…); found a function named view",
    ],
  ])("%s is named", (_what, make, message) => {
    expect(make).toThrow(message);
  });

  test("an entry that no path made is found when the resolver is built", () => {
    expect(() => new URLResolver([path("a/", view), ["b/", view] as unknown as URLEntry])).toThrow(
      "element 1 of urlpatterns must be made by path(…); found an array of 2",
    );
  });
});

function catchError(call: () => unknown): unknown {
  try {
    call();
    return undefined;
  } catch (error) {
    return error;
  }
}
