import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { QueryDict } from "../../../framework/http/query-dict.ts";
import { Random } from "../../support/random.ts";

describe("QueryDict", () => {
  test.each<[query: string, expected: Record<string, string[]>]>([
    ["a", { a: [""] }],
    ["=b", { "": ["b"] }],
    ["&&", {}],
    ["a=1;b=2", { a: ["1;b=2"] }],
    ["a=%zz", { a: ["%zz"] }],
    ["a=%ff", { a: ["\ufffd"] }],
    ["a+b=c+d", { "a b": ["c d"] }],
    ["want=caf%C3%A9", { want: ["café"] }],
    ["?a=1", { "?a": ["1"] }],
    ["a=1&a=2", { a: ["1", "2"] }],
  ])("parses %j", (query, expected) => {
    expect(Object.fromEntries(new QueryDict(query).lists())).toEqual(expected);
  });

  test("survives a round trip", () => {
    const query = "a=1&a=%26%3D&b=caf%C3%A9+x";

    expect(new QueryDict(query).urlencode()).toBe(query);
  });

  test("cannot be changed, but its copy can", () => {
    const query = new QueryDict("a=1");

    expect(() => query.set("a", "2")).toThrow("This QueryDict instance is immutable");
    expect(() => query.appendList("a", "2")).toThrow(TypeError);
    expect(() => query.delete("a")).toThrow(TypeError);
    expect(query.copy().appendList("a", "2").set("b", "3").urlencode()).toBe("a=1&a=2&b=3");
    expect(query.urlencode()).toBe("a=1");
  });

  test("takes as many fields as it may, and not one more", () => {
    expect(new QueryDict("a&b&c", { maxFields: 3 }).size).toBe(3);
    expect(() => new QueryDict("a&b&c&d", { maxFields: 3 })).toThrow(
      "exceeded settings.DATA_UPLOAD_MAX_NUMBER_FIELDS",
    );
  });

  test("reads percent-escapes in another encoding", () => {
    const read = (query: string, encoding: string) => new QueryDict(query, { encoding }).get("a");

    expect(read("a=caf%E9+%zz", "windows-1252")).toBe("café %zz");
    expect(read("a=%82%a0", "shift_jis")).toBe("あ");
    expect(read("a=%83\\", "shift_jis")).toBe("ソ");
    expect(read("a=%ff%ff", "euc-jp")).toContain("\ufffd");
    expect(read("a", "koi8-r")).toBe("");
    expect(read("=b", "koi8-r")).toBeUndefined();
  });

  test("escapes as forms do, or leaves what is safe", () => {
    const query = new QueryDict("", { mutable: true }).set("next", "/a&b/ ~*");

    expect(query.urlencode()).toBe("next=%2Fa%26b%2F+~%2A");
    expect(query.urlencode({ safe: "/" })).toBe("next=/a%26b/%20~%2A");
    expect(String(query)).toBe(query.urlencode());
  });

  test("is made of keys, each with the same value", () => {
    const query = QueryDict.fromKeys(["a", "a", "b"], "x");

    expect([...query.lists()]).toEqual([
      ["a", ["x", "x"]],
      ["b", ["x"]],
    ]);
    expect(() => query.set("a", "y")).toThrow("immutable");
    expect(QueryDict.fromKeys(["a"]).get("a")).toBe("");
    expect(QueryDict.fromKeys(["a"], "", { mutable: true }).set("a", "b").get("a")).toBe("b");
  });

  test.each<[what: string, change: (query: QueryDict) => unknown]>([
    ["set", (query) => query.set("a", "2")],
    ["setList", (query) => query.setList("a", [])],
    ["appendList", (query) => query.appendList("a", "2")],
    ["setDefault", (query) => query.setDefault("a", "2")],
    ["setListDefault", (query) => query.setListDefault("a")],
    ["update", (query) => query.update({ a: "2" })],
    ["pop", (query) => query.pop("a")],
    ["popItem", (query) => query.popItem()],
    ["delete", (query) => query.delete("a")],
    ["clear", (query) => query.clear()],
  ])("refuses %s unless it is mutable", (_what, change) => {
    const query = new QueryDict("a=1");

    expect(() => change(query)).toThrow("This QueryDict instance is immutable");
    expect(query.urlencode()).toBe("a=1");
    expect(() => change(query.copy())).not.toThrow();
  });

  test("copies keys without values too", () => {
    const query = new QueryDict("a=1", { mutable: true }).setList("b", []);

    expect([...query.copy().lists()]).toEqual([...query.lists()]);
  });

  test("shows its lists in console.log", () => {
    expect(inspect(new QueryDict("a=1&a=2&b"))).toBe("<QueryDict: { a: [ '1', '2' ], b: [ '' ] }>");
  });

  test("reads back what it wrote, whatever the names and values are", () => {
    for (let seed = 0; seed < 300; seed++) {
      const random = new Random(seed);
      const pairs = randomPairs(random);
      const query = new QueryDict(pairs);

      const plain = new QueryDict(query.urlencode());
      const safe = new QueryDict(query.urlencode({ safe: "/:é" }));
      const slow = new QueryDict(query.urlencode(), { encoding: "UTF-8" });

      expect(lists(plain), `seed ${seed}`).toEqual(lists(query));
      expect(lists(safe), `seed ${seed}`).toEqual(lists(query));
      expect(lists(slow), `seed ${seed}`).toEqual(lists(query));
    }
  });
});

function lists(query: QueryDict): [string, string[]][] {
  return [...query.lists()];
}

/** Everything that means something to the form encoding, a byte order mark, and characters of one to four bytes. */
const CHARACTERS = Array.from("ab01 +&=%;?#/~*'()!\"\\<>[]{}\0\t\r\n\x7f\ufeffé€日🎸𝕏");

function randomPairs(random: Random): [string, string][] {
  const text = (): string =>
    Array.from({ length: random.below(6) }, () => CHARACTERS[random.below(CHARACTERS.length)]).join(
      "",
    );
  return Array.from({ length: random.below(8) }, () => [text(), text()]);
}
