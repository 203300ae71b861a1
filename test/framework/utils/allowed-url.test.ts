import { describe, expect, test } from "vitest";
import { urlHasAllowedHostAndScheme } from "../../../framework/utils/allowed-url.ts";

describe("urlHasAllowedHostAndScheme", () => {
  test.each([
    "/view/?param=http://example.com",
    "/view/?param=//example.com",
    "view/",
    "?a=b",
    "/",
    "https://testserver/",
    "HTTP://testserver/",
    "//testserver/",
    "/url%20with%20spaces/",
    "path/http:2222222222",
  ])("allows %j", (url) => {
    expect(urlHasAllowedHostAndScheme(url, { allowedHosts: ["testserver"] })).toBe(true);
  });

  test.each([
    "",
    " ",
    "http://example.com",
    "http:///example.com",
    "https://example.com",
    "ftp://testserver/",
    "///example.com",
    "//example.com",
    "/\\example.com",
    "\\\\example.com",
    "\\\\\\example.com",
    "http:999999999",
    "http:\\\\example.com",
    "javascript:alert(1)",
    "java\nscript:alert(x)",
    "\x08//example.com",
    "http://testserver\\@example.com",
    "http://otherserver\\@example.com",
    "http://testserver@example.com",
    "\n",
    `/${"a".repeat(2048)}`,
  ])("refuses %j", (url) => {
    expect(urlHasAllowedHostAndScheme(url, { allowedHosts: ["testserver"] })).toBe(false);
  });

  test("allows no host unless it is named, and no plain HTTP where HTTPS is required", () => {
    const allowedHosts = ["testserver"];

    expect(urlHasAllowedHostAndScheme("//testserver/")).toBe(false);
    expect(
      urlHasAllowedHostAndScheme("http://testserver/", { allowedHosts, requireHttps: true }),
    ).toBe(false);
    expect(urlHasAllowedHostAndScheme("//testserver/", { allowedHosts, requireHttps: true })).toBe(
      false,
    );
    expect(
      urlHasAllowedHostAndScheme("https://testserver/", { allowedHosts, requireHttps: true }),
    ).toBe(true);
    expect(urlHasAllowedHostAndScheme("/a", { requireHttps: true })).toBe(true);
  });
});
