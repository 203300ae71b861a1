import { describe, expect, test } from "vitest";
import { include, path, rePath } from "../../../framework/urls/path.ts";

const view = (): null => null;

class PollView {
  static asView(): () => null {
    return view;
  }
}
class Other {}

describe("mixed-up declarations", () => {
  test.each<[what: string, make: () => unknown, message: string]>([
    [
      "a class-based view itself",
      () => path("a/", PollView as never),
      "the view of URL route 'a/' must be a callable, pass PollView.asView(), not PollView",
    ],
    [
      "an instance of one",
      () => path("a/", new PollView() as never),
      "must be a callable, pass PollView.asView(), not new PollView()",
    ],
    [
      "another class",
      () => path("a/", Other as never),
      "the view of URL route 'a/' must be a function or include(…); found the class Other",
    ],
    ["no view", () => path("a/", undefined as never), "found undefined"],
    ["a name", () => path("a/", "polls.views.index" as never), 'found "polls.views.index"'],
    [
      "a list without include()",
      () => path("a/", [path("b/", view)] as never),
      "found an array of 1; more patterns go into include(…)",
    ],
    [
      "a module without include()",
      () => rePath("a/", { urlpatterns: [] } as never),
      "found an object; more patterns go into include(…)",
    ],
    ["an expression for path()", () => path(/a/ as never, view), "goes into rePath(…)"],
    ["a route for rePath()", () => rePath(5 as never, view), "rePath takes a regular expression"],
    [
      "an expression that is none",
      () => rePath("(*", view),
      '"(*" is not a valid regular expression: ',
    ],
    [
      "Python's names of groups",
      () => rePath("^(?P<year>[0-9]{4})/$", view),
      "(?P< is Python's; write ^ for \\A",
    ],
    ["Python's anchors", () => rePath(String.raw`\Aa/\Z`, view), String.raw`\A is Python's`],
    [
      "a name in place of options",
      () => path("a/", view, "detail" as never),
      `the options of URL route 'a/' must be an object such as { name: "detail" }; found "detail"`,
    ],
    [
      "a name that is none",
      () => path("a/", view, { name: 5 as never }),
      "must be a string; found 5",
    ],
    [
      "kwargs that are a list",
      () => path("a/", view, { kwargs: [1] as never }),
      "kwargs of URL route 'a/' must be an object; found an array of 1",
    ],
    [
      "methods that are none",
      () => path("a/", view, { methods: "GET" as never }),
      'the methods of URL route \'a/\' must be an array of names such as ["GET", "POST"]; found "GET"',
    ],
    ["no methods at all", () => path("a/", view, { methods: [] }), "found an empty array"],
    ["a method with a space", () => path("a/", view, { methods: ["GET POST"] }), "GET POST"],
    [
      "a name for an include",
      () => path("a/", include([]), { name: "x" } as never),
      "the include at URL route 'a/' can have no name and no methods",
    ],
    ["an include of an include", () => include(include([]) as never), "one of them is enough"],
    [
      "an include of a pair, as in Django",
      () => include([[path("", view)], "polls"] as never),
      "element 0 of include() must be made by path(…); found an array of 1",
    ],
    [
      "a module whose urlpatterns are none",
      () => include({ urlpatterns: "x" } as never),
      "the urlpatterns given to include() takes an array of path(…) entries",
    ],
    [
      "a namespace with a colon",
      () => include([], { namespace: "a:b" }),
      'the namespace given to include() must be a string without ":"; found "a:b"',
    ],
    [
      "an empty application name",
      () => include([], { appName: "" }),
      "the appName given to include()",
    ],
  ])("%s: refused with file and line", (_what, make, message) => {
    expect(make).toThrow(message);
    expect(make).toThrow(/^test\/framework\/urls\/path\.test\.ts:\d+: /);
  });
});

describe("include", () => {
  test("takes a module's application name; namespace and application name stand for each other", () => {
    const polls = { urlpatterns: [path("", view)], appName: "polls" } as const;

    const names = [
      include(polls),
      include(polls, { namespace: "mine" }),
      include(polls, { appName: "votes" }),
      include([], { namespace: "only" }),
      include([], { appName: "only" }),
      include([]),
    ].map(({ namespace, appName }) => [namespace, appName]);

    expect(names).toEqual([
      ["polls", "polls"],
      ["mine", "polls"],
      ["votes", "votes"],
      ["only", "only"],
      ["only", "only"],
      [undefined, undefined],
    ]);
  });
});

test("an expression's route is its source, as one would write it", () => {
  expect(rePath(/^a\/(?<b>\/)$/, view).route).toBe("^a/(?<b>/)$");
  expect(rePath("", view).route).toBe("");
});
