import { inspect } from "node:util";
import { expect, test } from "vitest";
import { describeValue } from "../../../framework/utils/describe.ts";
import { MultiValueDict } from "../../../framework/utils/multi-value-dict.ts";

const dict = new MultiValueDict([
  ["a", 1],
  ["b", 2],
  ["a", 3],
]);

test("gives the last value of a key, or all of them", () => {
  expect(dict.get("a")).toBe(3);
  expect(dict.getList("a")).toEqual([1, 3]);
  expect(dict.get("nope")).toBeUndefined();
  expect(dict.get("nope", 7)).toBe(7);
  expect(dict.getList("nope")).toEqual([]);
});

test("iterates over keys with their last values", () => {
  expect([...dict]).toEqual([
    ["a", 3],
    ["b", 2],
  ]);
  expect([...dict.keys()]).toEqual(["a", "b"]);
  expect([...dict.values()]).toEqual([3, 2]);
  expect(dict.size).toBe(2);
});

test("hands out copies of its lists", () => {
  dict.getList("a").push(99);

  expect(dict.getList("a")).toEqual([1, 3]);
});

test("takes any name for a key", () => {
  const odd = new MultiValueDict([["__proto__", "x"]]).dict();

  expect(Object.keys(odd)).toEqual(["__proto__"]);
  expect(Object.getPrototypeOf(odd)).toBeNull();
});

test("shows its lists in console.log and its last values in JSON", () => {
  expect(inspect(dict)).toContain("'a' => [ 1, 3 ]");
  expect(JSON.stringify(dict)).toBe('{"a":3,"b":2}');
});

test.each<[unknown, string]>([
  ["yes", '"yes" (a string)'],
  [undefined, "undefined"],
  [null, "null"],
  [12, "12 (a number)"],
  [12n, "12n (a bigint)"],
  [function home() {}, "a function named home"],
  [() => undefined, "a function"],
  [[1, 2], "an array of 2"],
  [{}, "an object"],
  [new Map(), "a Map"],
  [new URL("http://a/"), "an URL"],
  [Promise.resolve(), "a promise"],
])("describeValue names %o", (value, expected) => {
  expect(describeValue(value)).toBe(expected);
});
