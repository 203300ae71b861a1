import { expect, test } from "vitest";
import { absoluteUri } from "../../../framework/http/absolute-uri.ts";

test.each([
  ["/foo/bar/", "http://testserver/foo/bar/"],
  ["///foo/bar/", "http://testserver/foo/bar/"],
  ["//", "http://testserver/path/to/x"],
  ["//foo.com/foo/bar/", "http://foo.com/foo/bar/"],
  ["//example.com/?foo=bar", "http://example.com/?foo=bar"],
  ["http://foo.com/bar/", "http://foo.com/bar/"],
  ["https://other.com/é", "https://other.com/%C3%A9"],
  ["https://other.com", "https://other.com"],
  ["mailto:a@b.c", "mailto:a@b.c"],
  ["foo/bar/", "http://testserver/path/to/foo/bar/"],
  ["", "http://testserver/path/to/x"],
  ["?a=b c", "http://testserver/path/to/x?a=b%20c"],
  ["#part", "http://testserver/path/to/x#part"],
  ["/foo/./bar/", "http://testserver/foo/bar/"],
  ["/foo/../bar/", "http://testserver/bar/"],
  ["../../../y", "http://testserver/y"],
  ["..", "http://testserver/path/"],
  ["./a:b", "http://testserver/path/to/a:b"],
  ["/é?q=é", "http://testserver/%C3%A9?q=%C3%A9"],
  ["////evil.com/", "http://testserver//evil.com/"],
  ["/\\evil.com/", "http://testserver/%5Cevil.com/"],
  ["\\\\evil.com/../x", "http://testserver/path/to/x"],
  ["\t//evil.com/", "http://testserver/path/to/%09//evil.com/"],
])("%j", (location, expected) => {
  expect(absoluteUri(location, "http://testserver", "/path/to/x")).toBe(expected);
});

test("keeps the host and the slashes of the path as they are", () => {
  expect(absoluteUri("../y", "https://1.2.3.999:443", "//x/")).toBe("https://1.2.3.999:443//y");
  expect(absoluteUri("?a", "http://[::1]:80", "//x/")).toBe("http://[::1]:80//x/?a");
});

test("takes the path for text, not for a URI", () => {
  expect(absoluteUri("?a", "http://h", "/a?b#c é")).toBe("http://h/a%3Fb%23c%20%C3%A9?a");
});
