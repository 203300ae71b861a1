import { describe, expect, test } from "vitest";
import { encodingName, quote, quotePlus, unquote } from "../../../framework/utils/quote.ts";

test.each([
  ["/a&b/", "", "%2Fa%26b%2F"],
  ["/a&b/", "/", "/a%26b/"],
  ["AZaz09_.-~", "", "AZaz09_.-~"],
  ["!*'()", "", "%21%2A%27%28%29"],
  ["!*'()", "*(", "%21*%27(%29"],
  ["é 🎸%", "", "%C3%A9%20%F0%9F%8E%B8%25"],
  ["é%", "é%", "%C3%A9%"],
  ["\ud83c", "", "%EF%BF%BD"],
])("quote(%j, %j)", (text, safe, expected) => {
  expect(quote(text, safe)).toBe(expected);
});

test("quotePlus writes a plus for a space, and escapes one", () => {
  expect(quotePlus("a b+c")).toBe("a+b%2Bc");
});

describe("unquote", () => {
  test.each([
    ["caf%C3%A9 %zz %", undefined, "café %zz %"],
    ["é%C3%A9", undefined, "éé"],
    ["%ff", undefined, "\ufffd"],
    ["%EF%BB%BFa", undefined, "\ufeffa"],
    ["%E9", "latin1", "é"],
    ["a%20b", "utf-8", "a b"],
  ])("%j in %s", (text, encoding, expected) => {
    expect(unquote(text, encoding)).toBe(expected);
  });

  test("throws for an encoding that does not exist", () => {
    expect(() => unquote("%41", "bogus")).toThrow(RangeError);
  });
});

test("encodingName knows other names of the same encoding", () => {
  expect(encodingName("UTF8")).toBe("utf-8");
  expect(encodingName("iso-8859-1")).toBe("windows-1252");
  expect(encodingName("bogus")).toBeUndefined();
});
