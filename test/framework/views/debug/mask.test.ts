import { describe, expect, test } from "vitest";
import {
  isSecretHeader,
  makeIsSecret,
  MASK,
  maskQuery,
  maskUrls,
} from "../../../../framework/views/debug/mask.ts";

const isSecret = makeIsSecret("sessionid");

describe("isSecret", () => {
  test.each([
    "SECRET_KEY",
    "EMAIL_HOST_PASSWORD",
    "apiUrl",
    "csrftoken",
    "X-Signature",
    "authToken",
    "HTTP_COOKIE",
    "sessionid",
  ])("holds for %s", (name) => {
    expect(isSecret(name)).toBe(true);
  });

  test.each(["DEBUG", "HTTP_HOST", "title", "sessionid2", "DATABASE_URL"])(
    "does not hold for %s",
    (name) => {
      expect(isSecret(name)).toBe(false);
    },
  );

  test("holds for headers by their META name", () => {
    expect(["Cookie", "Authorization", "X-Api-Key"].every((n) => isSecretHeader(n, isSecret))).toBe(
      true,
    );
    expect(isSecretHeader("Accept", isSecret)).toBe(false);
  });
});

describe("maskQuery", () => {
  test.each([
    ["a=1&token=2&b=3", `a=1&token=${MASK}&b=3`],
    ["to%6ben=2", `to%6ben=${MASK}`],
    ["password=a'b c", `password=${MASK}`],
    ["%E0%A4%A=1", "%E0%A4%A=1"],
    ["https://x.example/p?api_key=1#top", `https://x.example/p?api_key=${MASK}#top`],
    ["text/html;q=0.9", "text/html;q=0.9"],
  ])("makes %j %j", (text, masked) => {
    expect(maskQuery(text, isSecret)).toBe(masked);
  });

  test("leaves the quote that ends a URL in a text", () => {
    expect(maskUrls("<WSGIRequest: GET '/p?token=2'>", isSecret)).toBe(
      `<WSGIRequest: GET '/p?token=${MASK}'>`,
    );
  });
});
