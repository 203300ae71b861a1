import { expect, test } from "vitest";
import { escapeUnicode } from "../../../framework/utils/log-escape.ts";

test.each([
  ["/polls/1/", "/polls/1/"],
  ["/café/", "/caf\\xe9/"],
  ["/♫/", "/\\u266b/"],
  ["/🎷/", "/\\U0001f3b7/"],
  ["a\nb\r\t\\", "a\\nb\\r\\t\\\\"],
  ["\u001b[2J\u007f", "\\x1b[2J\\x7f"],
  ["\ud800", "\\ud800"],
])("%j is written as Python's unicode_escape has it", (text, expected) => {
  expect(escapeUnicode(text)).toBe(expected);
});
