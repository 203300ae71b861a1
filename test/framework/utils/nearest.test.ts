import { expect, test } from "vitest";
import { editDistance, nearest, sortByDistance } from "../../../framework/utils/nearest.ts";

test.each([
  ["", "", 0],
  ["abc", "abc", 0],
  ["abc", "abd", 1],
  ["abc", "acb", 1],
  ["abc", "ab", 1],
  ["abc", "xabc", 1],
  ["kitten", "sitting", 3],
  ["", "abc", 3],
])("the distance of %j and %j is %i", (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
});

test("nearest suggests what is close, and nothing that is not", () => {
  expect(nearest("runsever", ["startproject", "runserver"])).toBe("runserver");
  expect(nearest("itn", ["int", "str"])).toBe("int");
  expect(nearest("deploy", ["startproject", "runserver"])).toBeUndefined();
  expect(nearest("x", [])).toBeUndefined();
});

test("sortByDistance keeps the order of equals", () => {
  expect(sortByDistance("ab", ["xy", "ab", "zz"])).toEqual(["ab", "xy", "zz"]);
});
