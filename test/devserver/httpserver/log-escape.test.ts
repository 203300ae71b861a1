import { describe, expect, test } from "vitest";
import { escapeBytesForLog, escapeForLog } from "../../../devserver/httpserver/log-escape.ts";

describe("escapeForLog", () => {
  test.each([
    ["plain text", "GET /\xe4 HTTP/1.1", "GET /\xe4 HTTP/1.1"],
    ["line ends", "a\r\nb", "a\\x0d\\x0ab"],
    ["terminal codes", "\x1b[31m", "\\x1b[31m"],
    ["the second set of controls", "\x9b31m\x7f", "\\x9b31m\\x7f"],
    ["backslashes, so that an escape is known from its look-alike", "\\x1b", "\\\\x1b"],
  ])("shows %s safely", (_, text, shown) => {
    expect(escapeForLog(text)).toBe(shown);
  });
});

describe("escapeBytesForLog", () => {
  test.each([
    ["plain text", "GET / HTTP/1.1", "GET / HTTP/1.1"],
    ["bytes that are no ASCII", "GET /caf\xc3\xa9 HTTP/1.1", "GET /caf\\xc3\\xa9 HTTP/1.1"],
    ["controls, once", "\x1b\xe4\\", "\\x1b\\xe4\\\\"],
  ])("shows %s as Django does", (_, text, shown) => {
    expect(escapeBytesForLog(text)).toBe(shown);
  });
});
