import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
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
  expect(inspect(dict)).toBe("<MultiValueDict: { a: [ 1, 3 ], b: [ 2 ] }>");
  expect(inspect({ dict })).toBe("{ dict: <MultiValueDict: { a: [ 1, 3 ], b: [ 2 ] }> }");
  expect(JSON.stringify(dict)).toBe('{"a":3,"b":2}');
});

test("lists each key with all its values, in arrays of the caller's", () => {
  for (const [, values] of dict.lists()) values.push(99);

  expect([...dict.lists()]).toEqual([
    ["a", [1, 3]],
    ["b", [2]],
  ]);
});

describe("a change", () => {
  const make = (): MultiValueDict<number> =>
    new MultiValueDict([
      ["a", 1],
      ["a", 2],
      ["b", 3],
    ]);

  test("replaces, or adds", () => {
    const dict = make().set("a", 4).setList("b", [5, 6]).appendList("b", 7).appendList("c", 8);

    expect([...dict.lists()]).toEqual([
      ["a", [4]],
      ["b", [5, 6, 7]],
      ["c", [8]],
    ]);
  });

  test("gives a default only to a key that is not there", () => {
    const dict = make();

    expect(dict.setDefault("a", 9)).toBe(2);
    expect(dict.setDefault("z", 9)).toBe(9);
    expect(dict.setListDefault("b", [9])).toEqual([3]);
    expect(dict.setListDefault("y", [8])).toEqual([8]);
    dict.setListDefault("x").push(7);

    expect([dict.getList("z"), dict.getList("y"), dict.getList("x")]).toEqual([[9], [8], [7]]);
  });

  test("takes out", () => {
    const dict = make();

    expect(dict.pop("a")).toEqual([1, 2]);
    expect(dict.pop("a")).toBeUndefined();
    expect(dict.pop("a", "none")).toBe("none");
    expect(dict.appendList("z", 1).popItem()).toEqual(["z", [1]]);
    expect(dict.delete("b")).toBe(true);
    expect(dict.delete("b")).toBe(false);
    expect(dict.popItem()).toBeUndefined();
    expect(make().clear()).toBeUndefined();
  });

  test("by update adds to what is there", () => {
    const dict = make()
      .update({ a: 4, c: 5 })
      .update([["a", 6]])
      .update(new Map([["c", 7]]))
      .update(new MultiValueDict<number>().setList("b", [8, 9]).setList("e", []));

    expect([...dict.lists()]).toEqual([
      ["a", [1, 2, 4, 6]],
      ["b", [3, 8, 9]],
      ["c", [5, 7]],
      ["e", []],
    ]);
    expect(dict.update(dict).getList("c")).toEqual([5, 7, 5, 7]);
  });

  test("of a copy leaves the original", () => {
    const dict = make();

    dict.copy().appendList("a", 9).set("z", 1);

    expect([...dict.lists()]).toEqual([...make().lists()]);
  });
});

test("a key whose list is empty is there, but has no last value", () => {
  const dict = new MultiValueDict<number | null>([["a", null]]).setList("b", []);

  expect([dict.has("b"), dict.size]).toEqual([true, 2]);
  expect([dict.get("b"), dict.get("b", 7), dict.get("a", 7)]).toEqual([undefined, 7, null]);
  expect(dict.getList("z", [1])).toEqual([1]);
  expect(dict.dict()).toEqual({ a: null });
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
