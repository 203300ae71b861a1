import { expect, test } from "vitest";
import { fromBase62, toBase62 } from "../../../framework/signing/base62.ts";

test.each([
  [0, "0"],
  [1, "1"],
  [9, "9"],
  [10, "A"],
  [35, "Z"],
  [36, "a"],
  [61, "z"],
  [62, "10"],
  [63, "11"],
  [3843, "zz"],
  [3844, "100"],
  [123456789, "8M0kX"],
  [1620378259, "1lewPD"],
  [10000000000, "Aukyoa"],
  [9007199254740991, "fFgnDxSe7"],
  [-1, "-1"],
  [-62, "-10"],
  [-10000000000, "-Aukyoa"],
])("%d is %s", (number, text) => {
  expect(toBase62(number)).toBe(text);
  expect(fromBase62(text)).toBe(number);
});

test.each(["", "-", "--1", "1-", "a b", "a\n", "é", "fFgnDxSe8", "z".repeat(500)])(
  "%j is no number",
  (text) => {
    expect(fromBase62(text)).toBeUndefined();
  },
);
