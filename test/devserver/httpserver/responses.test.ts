import { describe, expect, test } from "vitest";
import { explanationOf, phraseOf } from "../../../devserver/httpserver/responses.ts";

describe("phraseOf", () => {
  test.each([
    [200, "OK"],
    [414, "URI Too Long"],
    [599, "???"],
  ])("of %d is %s", (status, phrase) => {
    expect(phraseOf(status)).toBe(phrase);
  });
});

describe("explanationOf", () => {
  test.each([
    [404, "Nothing matches the given URI"],
    [422, "Unprocessable Entity"],
    [599, "???"],
  ])("of %d is a sentence, or else the phrase", (status, text) => {
    expect(explanationOf(status)).toBe(text);
  });
});
