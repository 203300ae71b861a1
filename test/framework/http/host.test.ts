import { describe, expect, test } from "vitest";
import { checkHost } from "../../../framework/http/host.ts";

describe("checkHost", () => {
  test.each([
    ["example.com", ["example.com"]],
    ["EXAMPLE.com:8000", ["example.com"]],
    ["example.com.", ["example.com"]],
    ["a.example.com", [".example.com"]],
    ["example.com", [".example.com"]],
    ["anything", ["*"]],
    ["example.com.:8000", [".EXAMPLE.com"]],
    ["[::1]:8000", ["[::1]"]],
  ])("takes %s where %j are allowed", (host, allowed) => {
    expect(checkHost(host, allowed, false)).toBe(host);
  });

  test.each([
    ["evil.com", "evil.com"],
    ["EVIL.com:8000", "evil.com"],
    ["example.com.evil.com", "example.com.evil.com"],
    ["notexample.com", "notexample.com"],
    ["example.com..", "example.com."],
    ["[::2]:80", "[::2]"],
  ])("refuses %s and names the setting", (host, domain) => {
    expect(() => checkHost(host, [".example.com"], false)).toThrow(
      `Invalid HTTP_HOST header: '${host}'. You may need to add '${domain}' to ALLOWED_HOSTS.`,
    );
  });

  test.each(["a_b.com", "a b", "a/b", "user@host", "host:port", "[::1", "a.com, b.com", ".", ""])(
    "refuses %j as no host at all",
    (host) => {
      expect(() => checkHost(host, ["*"], false)).toThrow(
        "The domain name provided is not valid according to RFC 1034/1035.",
      );
    },
  );

  test("takes localhost, and nothing else, with DEBUG and an empty list", () => {
    for (const host of ["localhost", "a.localhost:8000", "127.0.0.1", "[::1]"]) {
      expect(checkHost(host, [], true)).toBe(host);
    }
    expect(() => checkHost("evil.com", [], true)).toThrow("Invalid HTTP_HOST");
    expect(() => checkHost("localhost", [], false)).toThrow("Invalid HTTP_HOST");
  });
});
