import { describe, expect, test } from "vitest";
import { checkHeaders, checkStatus } from "../../../devserver/wsgiserver/start-response-checks.ts";

describe("checkStatus", () => {
  test.each(["200 OK", "404 Not Found", "299 ", "599 \xe4"])("takes %j", (status) => {
    expect(() => checkStatus(status)).not.toThrow();
  });

  test.each([
    "",
    "200",
    "20 OK",
    "2000 OK",
    "abc OK",
    "200 OK\r\nX: y",
    "200 \0",
    "200 \u20ac",
    "000 No",
    "600 No",
    " 200 OK",
  ])("refuses %j, and says what it found", (status) => {
    expect(() => checkStatus(status)).toThrow(JSON.stringify(status));
  });

  test("refuses a number", () => {
    expect(() => checkStatus(200 as unknown as string)).toThrow(TypeError);
  });
});

describe("checkHeaders", () => {
  test.each<[name: string, value: string]>([
    ["X-A", "b"],
    ["X-A", ""],
    ["X-A", "tab\there \xe4"],
    ["!#$%&'*+-.^_`|~9a", "b"],
  ])("takes %s: %j", (name, value) => {
    expect(() => checkHeaders([[name, value]])).not.toThrow();
  });

  test.each<[what: string, name: string, value: string]>([
    ["a line end in a value", "X-A", "a\r\nSet-Cookie: b"],
    ["a line feed in a value", "X-A", "a\nb"],
    ["a carriage return in a value", "X-A", "a\rb"],
    ["a NUL in a value", "X-A", "\0"],
    ["a character beyond latin-1", "X-A", "\u20ac"],
    ["a character that becomes a line feed in latin-1", "X-A", "\u010a"],
    ["a line end in a name", "X\r\nSet-Cookie", "a"],
    ["a colon in a name", "X:", "a"],
    ["a blank in a name", "X A", "a"],
    ["an empty name", "", "a"],
    ["a number as a value", "X-A", 5 as unknown as string],
  ])("refuses %s", (_, name, value) => {
    expect(() => checkHeaders([[name, value]])).toThrow(TypeError);
  });

  test.each([
    "Connection",
    "keep-alive",
    "TE",
    "Trailers",
    "Transfer-Encoding",
    "Upgrade",
    "Proxy-Authenticate",
    "proxy-authorization",
  ])("refuses the hop-by-hop header %s, each time", (name) => {
    expect(() => checkHeaders([[name, "a"]])).toThrow("Hop-by-hop");
    expect(() => checkHeaders([[name, "a"]])).toThrow("Hop-by-hop");
  });
});

test("an interim status is refused: a client would wait for the real one for ever", () => {
  expect(() => checkStatus("101 Switching Protocols")).toThrow("is an interim status");
});
