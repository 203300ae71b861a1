import { describe, expect, test } from "vitest";
import type { CheckMessage } from "../../../framework/checks/messages.ts";
import { runChecks } from "../../../framework/checks/registry.ts";
import { urlChecks } from "../../../framework/urls/checks.ts";
import { include, path } from "../../../framework/urls/path.ts";
import type { URLEntry } from "../../../framework/urls/pattern.ts";

const view = (): null => null;

function check(urlpatterns: readonly URLEntry[], appendSlash = true): Promise<CheckMessage[]> {
  return runChecks(
    { resolver: { urlpatterns }, settings: { APPEND_SLASH: appendSlash } },
    urlChecks,
  );
}

/** A pattern as `rePath` makes them, as far as checks can tell. */
function asRegExp(entry: URLEntry): URLEntry {
  return Object.defineProperty(entry, "parsed", {
    value: { ...entry.parsed, parts: undefined, expression: new RegExp(entry.route) },
  });
}

describe("a route by itself", () => {
  test.each<[id: string, entry: URLEntry, says: RegExp]>([
    ["2_0.W001", path("^a/", view), /Your URL pattern '\^a\/' has a route that contains/],
    ["2_0.W001", path("a/$", view, { name: "x" }), /Your URL pattern 'a\/\$' \[name='x'\] has/],
    ["2_0.W001", path("a/$", include([])), /ends with a '\$'/],
    ["urls.W001", asRegExp(path("^a/$", include([]))), /uses include with a route ending with a/],
    ["urls.W002", path("/a", view), /has a route beginning with a '\/'/],
    ["urls.W002", asRegExp(path("^/a$", view)), /has a route beginning with a '\/'/],
    ["urls.W003", path("a/", view, { name: "polls:a" }), /has a name including a ':'/],
    ["urls.W010", path("a/<int:pk/", view), /has an unmatched '<' bracket/],
    ["urls.W010", path("a/{int:pk>/}", view), /has an unmatched '>' bracket/],
  ])("%s, with a hint and the place", async (id, entry, says) => {
    const messages = await check([entry]);

    expect(messages.map((message) => message.id)).toEqual([id]);
    expect(messages[0]?.msg).toMatch(says);
    expect(messages[0]?.hint).toMatch(/\w/);
    expect(messages[0]?.obj).toMatch(/checks\.test\.ts:\d+$/);
  });

  test.each<[what: string, entry: URLEntry]>([
    ["an ordinary one", path("a/<int:pk>/", view, { name: "detail" })],
    ["a slash at both ends, for it may be wanted", path("/a/", view)],
    ["an expression with groups", asRegExp(path("^a/$", view))],
    ["an include that ends in a plain dollar", asRegExp(path(String.raw`^a\\$`, include([])))],
  ])("nothing about %s", async (_what, entry) => {
    expect(await check([entry])).toEqual([]);
  });

  test("a leading slash is nobody's business without APPEND_SLASH", async () => {
    expect(await check([path("/a", view)], false)).toEqual([]);
  });

  test("an inner route is looked at too", async () => {
    const messages = await check([path("a/", include([path("b/", include([path("/c", view)]))]))]);

    expect(messages.map(({ id }) => id)).toEqual(["urls.W002"]);
  });
});

describe("namespaces", () => {
  const polls = [path("", view, { name: "index" })] as const;

  test("W005 when two includes share one, naming both places", async () => {
    const messages = await check([
      path("a/", include(polls, { namespace: "polls" })),
      path("b/", include(polls, { namespace: "polls" })),
    ]);

    expect(messages.map(({ id }) => id)).toEqual(["urls.W005"]);
    expect(messages[0]?.msg).toBe(
      "URL namespace 'polls' isn't unique. You may not be able to reverse all URLs in this namespace.",
    );
    expect(messages[0]?.obj).toMatch(/:\d+, \S+checks\.test\.ts:\d+$/);
  });

  test("nothing when they stand in different ones", async () => {
    const nested = include([path("x/", include(polls, { namespace: "polls" }))], {
      namespace: "outer",
    });

    expect(
      await check([path("a/", include(polls, { namespace: "polls" })), path("b/", nested)]),
    ).toEqual([]);
  });
});

describe("names", () => {
  test("W102 for two routes that reverse cannot tell apart", async () => {
    const messages = await check([
      path("a/<int:pk>/", view, { name: "x" }),
      path("in/", include([path("<int:pk>/", view, { name: "x" })])),
    ]);

    expect(messages.map(String)).toEqual([
      expect.stringMatching(
        /^\S+:\d+, \S+:\d+: \(urls\.W102\) URL name 'x' stands for several routes with the same parameters: 'a\/<int:pk>\/', 'in\/<int:pk>\/'\. Only the last can be reversed\.\n\tHINT: \w/,
      ),
    ]);
  });

  test.each<[what: string, entries: URLEntry[]]>([
    [
      "other parameters",
      [path("a/", view, { name: "x" }), path("a/<int:pk>/", view, { name: "x" })],
    ],
    [
      "other converters",
      [path("a/<int:pk>/", view, { name: "x" }), path("b/<slug:pk>/", view, { name: "x" })],
    ],
    ["other names", [path("a/", view, { name: "x" }), path("b/", view, { name: "y" })]],
    ["no names", [path("a/", view), path("b/", view)]],
  ])("nothing for %s", async (_what, entries) => {
    expect(await check(entries)).toEqual([]);
  });
});

test("W101 for a pattern that is never reached, with the places of both", async () => {
  const messages = await check([
    path("polls/", include([path("<slug:name>/", view, { name: "poll" })], { namespace: "polls" })),
    path("polls/new/", view),
  ]);

  expect(messages.map(String)).toEqual([
    expect.stringMatching(
      /^\S+:\d+: \(urls\.W101\) Your URL pattern 'polls\/new\/' is never reached: 'polls\/<slug:name>\/' \[name='polls:poll'\] \(\S+checks\.test\.ts:\d+\) stands above it and matches all that it does\.\n\tHINT: Move/,
    ),
  ]);
});
