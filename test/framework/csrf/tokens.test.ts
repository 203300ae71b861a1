import { describe, expect, test } from "vitest";
import {
  formatFault,
  maskSecret,
  newSecret,
  secretOf,
  tokenMatches,
  unmaskToken,
} from "../../../framework/csrf/tokens.ts";
import { MASKED_TEST_SECRET1, MASKED_TEST_SECRET2, TEST_SECRET, TOKEN_OF_32_A } from "./vectors.ts";

describe("unmaskToken", () => {
  test.each([
    [TEST_SECRET, MASKED_TEST_SECRET1],
    [TEST_SECRET, MASKED_TEST_SECRET2],
    ["a".repeat(32), TOKEN_OF_32_A],
    ["a".repeat(32), "a".repeat(64)],
    ["a".repeat(32), "b".repeat(64)],
    ["b".repeat(32), "a".repeat(32) + "b".repeat(32)],
    ["b".repeat(32), "b".repeat(32) + "c".repeat(32)],
    ["c".repeat(32), "a".repeat(32) + "c".repeat(32)],
    ["9".repeat(32), "b".repeat(32) + "a".repeat(32)],
  ])("finds %s, as Django does", (secret, token) => {
    expect(unmaskToken(token)).toBe(secret);
  });
});

describe("maskSecret", () => {
  test.each(["a".repeat(32), TEST_SECRET, "da4SrUiHJYoJ0HYQ0vcgisoIuFOxx4ER", "9".repeat(32)])(
    "makes tokens of %s, another one each time",
    (secret) => {
      const tokens = [maskSecret(secret), maskSecret(secret)];

      expect(tokens.map(unmaskToken)).toEqual([secret, secret]);
      expect(tokens[0]).not.toBe(tokens[1]);
      expect(tokens[0]).toMatch(/^[a-zA-Z0-9]{64}$/);
    },
  );

  test("writes what Django writes for the same mask", () => {
    const mask = MASKED_TEST_SECRET2.slice(0, 32);

    expect(maskSecret(TEST_SECRET, mask)).toBe(MASKED_TEST_SECRET2);
  });
});

test("secretOf takes a bare secret, and a masked one as Django before 4.0 has stored it", () => {
  expect(secretOf(TEST_SECRET)).toBe(TEST_SECRET);
  expect(secretOf(MASKED_TEST_SECRET1)).toBe(TEST_SECRET);
});

test("tokenMatches takes a secret masked or bare, and no other", () => {
  expect(tokenMatches(MASKED_TEST_SECRET2, TEST_SECRET)).toBe(true);
  expect(tokenMatches(TEST_SECRET, TEST_SECRET)).toBe(true);
  expect(tokenMatches("a".repeat(64), TEST_SECRET)).toBe(false);
  expect(tokenMatches("a".repeat(32), TEST_SECRET)).toBe(false);
});

test("newSecret has 32 characters that are not those of the last", () => {
  const [one, other] = [newSecret(), newSecret()];

  expect(one).toMatch(/^[a-zA-Z0-9]{32}$/);
  expect(one).not.toBe(other);
});

test.each([
  ["", "has incorrect length"],
  ["a".repeat(16), "has incorrect length"],
  ["x".repeat(100_000), "has incorrect length"],
  ["*".repeat(64), "has invalid characters"],
  [`!@#${MASKED_TEST_SECRET1}`.slice(0, 64), "has invalid characters"],
  [`${"a".repeat(31)}\n`, "has invalid characters"],
  ["é".repeat(32), "has invalid characters"],
  ["a".repeat(32), undefined],
  ["Z9".repeat(32), undefined],
])("formatFault of %j is %j", (text, fault) => {
  expect(formatFault(text)).toBe(fault);
});
