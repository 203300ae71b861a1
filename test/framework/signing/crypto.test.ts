import { describe, expect, test } from "vitest";
import {
  constantTimeCompare,
  getRandomString,
  saltedHmac,
} from "../../../framework/signing/crypto.ts";
import { InvalidAlgorithm, UnsignableValue } from "../../../framework/signing/exceptions.ts";

describe("saltedHmac", () => {
  test.each([
    [
      "salt",
      "value",
      "secret",
      "sha256",
      "debaddcd9ecbaab181289870baf8af49b0af0a7050d620d1a63f1e69bd87ceb8",
    ],
    [
      "",
      "",
      "secret",
      "sha256",
      "7cc98ba28ecad1a58d568e6f538f37d39ad16f693fdd6334e823443f7576cde1",
    ],
    ["salt", "v\u00e4lue", "secret", "sha1", "c21dbe7b7d6f1b76b03344d3594c3cf1543e13b9"],
    [
      "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash",
      "pbkdf2_sha256$1",
      "secret",
      "sha256",
      "5d614818cf8f98ee5520cda13c2e0624fc5cc6a39db745fc4a6bdd464653b4ee",
    ],
  ])("of %j, %j, %j with %s is Django's", (keySalt, value, secret, algorithm, hex) => {
    expect(saltedHmac(keySalt, value, secret, algorithm).toString("hex")).toBe(hex);
  });

  test("takes bytes where it takes texts", () => {
    const ofBytes = saltedHmac(Buffer.from("salt"), Buffer.from("é"), Buffer.from("key"), "sha256");

    expect(ofBytes).toEqual(saltedHmac("salt", "é", "key", "sha256"));
  });

  test.each(["whatever", "", "shake128"])("refuses the algorithm %j", (algorithm) => {
    expect(() => saltedHmac("salt", "value", "secret", algorithm)).toThrow(
      new InvalidAlgorithm(algorithm),
    );
  });
});

test.each([
  ["salt", "\ud800", "secret"],
  ["\ud800", "value", "secret"],
  ["salt", "value", "\ud800"],
])("saltedHmac refuses halves of surrogate pairs: %j, %j, %j", (keySalt, value, secret) => {
  expect(() => saltedHmac(keySalt, value, secret, "sha256")).toThrow(UnsignableValue);
});

describe("constantTimeCompare", () => {
  test.each([
    ["", "", true],
    ["spam", "spam", true],
    ["é", Buffer.from("é"), true],
    ["spam", "eggs", false],
    ["spam", "spam ", false],
    ["spam", "", false],
    ["\ud800", "\ufffd", false],
    ["\ud800", "\udc00", false],
  ])("of %j and %j is %j", (one, other, same) => {
    expect(constantTimeCompare(one, other)).toBe(same);
    expect(constantTimeCompare(other, one)).toBe(same);
  });
});

describe("getRandomString", () => {
  test("has letters and digits, as many as wanted", () => {
    expect(getRandomString(500)).toMatch(/^[a-zA-Z0-9]{500}$/);
    expect(getRandomString(0)).toBe("");
    expect(getRandomString(20)).not.toBe(getRandomString(20));
  });

  test("picks from the allowed characters with the given randomness", () => {
    const indices = [2, 0, 1];

    const text = getRandomString(3, "a🐍c", () => indices.shift() ?? 0);

    expect(text).toBe("ca🐍");
  });

  test.each([-1, 1.5, Number.NaN])("refuses to make %d characters", (length) => {
    expect(() => getRandomString(length)).toThrow(`a text cannot have ${length} characters`);
  });

  test("refuses an empty alphabet", () => {
    expect(() => getRandomString(3, "")).toThrow("allowedChars is empty");
  });
});
