import { describe, expect, test } from "vitest";
import { explainMatch } from "../../../framework/urls/explain-match.ts";
import { include, path } from "../../../framework/urls/path.ts";

const view = (): null => null;

const entries = [
  path("a/", view, { name: "read", methods: ["GET"] }),
  path("a/", view, { name: "write", methods: ["POST"] }),
  path("<slug:s>/", include([path("x/", view), path("<int:n>/", view, { name: "n" })])),
];

/** The name of what matches, and for what was tried whether the path was right. */
function explain(target: string, method?: string): [name: string | undefined, tried: boolean[]] {
  const { match, tried } = explainMatch(entries, target, method);
  return [match?.chain.pattern.name, tried.map(({ isOtherMethod }) => isOtherMethod)];
}

describe("explainMatch", () => {
  test("takes the first pattern that matches", () => {
    expect(explain("/a/")).toEqual(["read", []]);
  });

  test("passes by what does not take the method, and says so", () => {
    expect(explain("/a/", "POST")).toEqual(["write", [true]]);
    expect(explain("/a/", "HEAD")).toEqual(["read", []]);
    expect(explain("/a/", "PUT")).toEqual([undefined, [true, true, false, false]]);
  });

  test("goes through includes, and joins their parameters", () => {
    expect(explain("/b/7/")).toEqual(["n", [false, false, false]]);
    expect(explainMatch(entries, "/b/7/", undefined).match?.params).toEqual({ s: "b", n: 7 });
  });
});
