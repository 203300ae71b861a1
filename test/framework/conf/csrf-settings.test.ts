import { expect, test } from "vitest";
import { checkSetting } from "../../../framework/conf/check-settings.ts";

test.each([
  ["CSRF_TRUSTED_ORIGINS", ["example.com"]],
  ["CSRF_TRUSTED_ORIGINS", ["https://example.com/"]],
  ["CSRF_TRUSTED_ORIGINS", ["*.example.com"]],
  ["CSRF_TRUSTED_ORIGINS", "https://example.com"],
  ["CSRF_COOKIE_SAMESITE", "Lax"],
  ["CSRF_COOKIE_AGE", -1],
  ["CSRF_COOKIE_NAME", ""],
  ["CSRF_FAILURE_VIEW", "csrfFailure"],
  ["CSRF_HEADER_NAME", null],
])("%s may not be %j", (name, value) => {
  expect(checkSetting(name, value)).toMatch(`${name} must be `);
});

test.each([
  ["CSRF_TRUSTED_ORIGINS", ["https://example.com", "http://*.example.com:8000"]],
  ["CSRF_COOKIE_SAMESITE", null],
  ["CSRF_COOKIE_AGE", null],
  ["CSRF_COOKIE_DOMAIN", ".example.com"],
  ["CSRF_FAILURE_VIEW", () => undefined],
])("%s may be %j", (name, value) => {
  expect(checkSetting(name, value)).toBeUndefined();
});
