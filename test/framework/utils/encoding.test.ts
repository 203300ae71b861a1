import { describe, expect, test } from "vitest";
import {
  decodePath,
  decodeText,
  escapeLeadingSlashes,
  escapeUriPath,
  iriToUri,
} from "../../../framework/utils/encoding.ts";

const latin1 = (text: string): string => Buffer.from(text).toString("latin1");

describe("decodePath", () => {
  test("reads UTF-8", () => {
    expect(decodePath(latin1("/♥/café/🎸/"))).toBe("/♥/café/🎸/");
  });

  test.each([
    ["/caf\xe9/", "/caf%E9/"],
    [`/\xe2\x99${latin1("♥")}/`, "/%E2%99♥/"],
    ["/\xed\xa0\x80/", "/%ED%A0%80/"],
    ["/\xc0\xaf", "/%C0%AF"],
    ["/\xf0\x9f\x8e", "/%F0%9F%8E"],
  ])("keeps bytes that are no UTF-8 as escapes: %j", (bytes, expected) => {
    expect(decodePath(bytes)).toBe(expected);
  });
});

test("decodeText leaves nothing out, a byte order mark neither", () => {
  expect(decodeText(latin1("\ufeffcafé"))).toBe("\ufeffcafé");
});

test("decodeText falls back to latin-1", () => {
  expect(decodeText(latin1("café"))).toBe("café");
  expect(decodeText("caf\xe9")).toBe("café");
});

test("escapeUriPath escapes what would end a path", () => {
  expect(escapeUriPath("/;some/=awful/?path/:with/@lots/&of/+awful/chars")).toBe(
    "/%3Bsome/%3Dawful/%3Fpath/:with/@lots/&of/+awful/chars",
  );
  expect(escapeUriPath("/%E2%99♥/#")).toBe("/%25E2%2599%E2%99%A5/%23");
});

test("iriToUri leaves what is escaped already", () => {
  expect(iriToUri('/a b/é?q=%20#f|<>"')).toBe("/a%20b/%C3%A9?q=%20#f%7C%3C%3E%22");
  expect(iriToUri("http://[::1]:8000/")).toBe("http://[::1]:8000/");
});

test.each([
  ["//x", "/%2Fx"],
  ["///x", "/%2F/x"],
  ["/x//y", "/x//y"],
  ["x", "x"],
  ["", ""],
])("escapeLeadingSlashes makes %j to %j", (url, escaped) => {
  expect(escapeLeadingSlashes(url)).toBe(escaped);
});
