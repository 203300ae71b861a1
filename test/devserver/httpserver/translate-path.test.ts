import { describe, expect, test } from "vitest";
import { translatePath } from "../../../devserver/httpserver/translate-path.ts";

describe("translatePath", () => {
  test.each<[target: string, names: string[], trailingSlash: boolean]>([
    ["/", [], true],
    ["//a", ["a"], false],
    ["/a//b", ["a", "b"], false],
    ["/../a", ["a"], false],
    ["/a/../b", ["b"], false],
    ["/a%2Fb", ["a", "b"], false],
    ["/a?b/", ["a"], false],
    ["/a#b/", ["a"], false],
    ["/a/?b", ["a"], true],
    ["/a%3Fb", ["a?b"], false],
    ["/a%20/", ["a "], true],
    ["/%2e%2e/x", ["x"], false],
    ["/%C3%BC", ["ü"], false],
    ["/\xc3\xbc", ["ü"], false],
    ["/100%", ["100%"], false],
  ])("%s", (target, names, trailingSlash) => {
    expect(translatePath(target)).toEqual({ names, trailingSlash });
  });

  test.each(["/a.txt%00", "/..%5c..%5csecret", "/a\\b"])("refuses %s", (target) => {
    expect(translatePath(target)).toBeUndefined();
  });
});
