import { describe, expect, test } from "vitest";
import { anyFound, anyMatchesWhole } from "../../../framework/utils/patterns.ts";

describe("anyFound", () => {
  test("looks anywhere in the text", () => {
    expect(["a foo", "BAR b", "baz"].map(anyFound([/foo/, /bar/i]))).toEqual([true, true, false]);
  });

  test("answers the same each time, whatever the flags", () => {
    const isFound = anyFound([/a/g, /b/y]);

    expect([isFound("xa"), isFound("xa"), isFound("b"), isFound("b")]).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  test("finds nothing without any expression", () => {
    expect(anyFound([])("")).toBe(false);
  });
});

describe("anyMatchesWhole", () => {
  test.each([
    [/a|b/, "a", true],
    [/a|b/, "ab", false],
    [/a|ab/, "ab", true],
    [/^a$/, "a", true],
    [/a/m, "a\nb", false],
    [/A/gi, "a", true],
  ])("%s and %j: %s", (pattern, text, expected) => {
    expect(anyMatchesWhole([pattern])(text)).toBe(expected);
  });
});
