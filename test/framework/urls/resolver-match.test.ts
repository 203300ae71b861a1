import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { include, path, rePath } from "../../../framework/urls/path.ts";
import { URLResolver } from "../../../framework/urls/resolver.ts";

const view = (): null => null;
function archive(): null {
  return null;
}

const resolver = new URLResolver([
  path("about/", view, { name: "about", kwargs: { page: "about" } }),
  path("plain/", archive),
  path(
    "<int:year>/<str:who>/",
    include(
      [
        path("no/", view),
        path("<int:year>/", view, { name: "detail", kwargs: { who: "pattern", x: 2 } }),
      ],
      { appName: "polls", namespace: "polls-1" },
    ),
    { kwargs: { who: "include", x: 1, y: 1 } },
  ),
  rePath(/^regex\/(?<id>[0-9]+)?/, include([rePath(/^(?<rest>.*)$/, view)], { namespace: "re" })),
  rePath(/^args\/([a-z])\//, include([rePath(/^([0-9])(x)?\/$/, view)])),
  rePath(/^named\/(?<a>[a-z])\//, include([rePath(/^([0-9])\/$/, view)])),
  rePath(/^mixed\/([a-z])\/(?<a>[0-9])\/$/, view),
]);

describe("a match", () => {
  test("has all that Django's has", () => {
    const match = resolver.resolve("/2003/ann/2004/");

    expect(match).toMatchObject({
      view,
      func: view,
      urlName: "detail",
      viewName: "polls-1:detail",
      route: "<int:year>/<str:who>/<int:year>/",
      appNames: ["polls"],
      appName: "polls",
      namespaces: ["polls-1"],
      namespace: "polls-1",
      // The inner level counts more, and extra values more than captured ones of the same level.
      params: { year: 2004, who: "pattern", x: 2, y: 1 },
      capturedParams: { year: 2004, who: "ann" },
      extraParams: { who: "pattern", x: 2, y: 1 },
    });
    expect(match.tried.map((chain) => chain.map(({ route }) => route).join(""))).toEqual([
      "about/",
      "plain/",
      "<int:year>/<str:who>/no/",
      "<int:year>/<str:who>/<int:year>/",
    ]);
  });

  test("outside of namespaces has none, and is named after its view", () => {
    const match = resolver.resolve("/plain/");

    expect([match.namespace, match.namespaces, match.appName]).toEqual(["", [], ""]);
    expect([match.urlName, match.viewName]).toEqual([undefined, "archive"]);
  });

  test("has the extra values of a route without parameters", () => {
    const match = resolver.resolve("/about/");

    expect([match.params, match.capturedParams]).toEqual([{ page: "about" }, {}]);
  });

  test.each<[url: string, params: unknown]>([
    ["/regex/", { rest: "" }],
    ["/regex/12", { id: "12", rest: "" }],
    ["/args/a/1/", { 0: "a", 1: "1", 2: undefined }],
    ["/args/a/1x/", { 0: "a", 1: "1", 2: "x" }],
    ["/named/a/1/", { a: "a", 0: "1" }],
    ["/mixed/b/7/", { a: "7" }],
  ])("%j of regular expressions has groups by name, or by number", (url, params) => {
    expect(resolver.resolve(url).params).toEqual(params);
  });

  test("joins the routes of expressions without the second's ^", () => {
    expect(resolver.resolve("/regex/12").route).toBe("^regex/(?<id>[0-9]+)?(?<rest>.*)$");
  });

  test("is shown in one line", () => {
    expect(inspect(resolver.resolve("/about/"))).toBe(
      `<ResolverMatch: about, route 'about/', {"page":"about"}>`,
    );
  });
});

describe("a regular expression", () => {
  test.each<[expression: RegExp | string, url: string, matches: boolean]>([
    [/^a\/$/, "/a/", true],
    [/^a\/$/, "/a/\n", false],
    [/a/, "/bab", true],
    [/a\/$/, "/ba/", false],
    [/^A\/$/i, "/a/", true],
    [/^a/gy, "/ab", true],
    ["^café/$", "/café/", true],
    [String.raw`^\p{L}+$`, "/p{L}+", false],
    [/^\p{L}+$/u, "/été", true],
    [/^[\p{L}--[x]]$/v, "/x", false],
    ["", "/anything", true],
  ])("%s with %j: %s", (expression, url, matches) => {
    const pattern =
      typeof expression === "string" ? rePath(expression, view) : rePath(expression, view);

    expect(new URLResolver([pattern]).isValidPath(url)).toBe(matches);
  });

  test("keeps nothing between two paths", () => {
    const sticky = new URLResolver([rePath(/a/g, view)]);

    expect([1, 2, 3].map(() => sticky.isValidPath("/a"))).toEqual([true, true, true]);
  });
});
