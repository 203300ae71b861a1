import { describe, expect, test } from "vitest";
import { BadRequest } from "../../../framework/exceptions.ts";
import {
  parseHeaderParameters,
  splitOutsideQuotes,
} from "../../../framework/http/header-parameters.ts";

describe("parseHeaderParameters", () => {
  test.each<[line: string, value: string, params: Record<string, string>]>([
    ["", "", {}],
    ["text/plain", "text/plain", {}],
    ["TEXT/Plain ; Charset=UTF-8", "text/plain", { charset: "UTF-8" }],
    ["a; b; c=d;; ;=x;e=", "a", { c: "d", "": "x", e: "" }],
    ['form-data; name="a;b"; x=1', "form-data", { name: "a;b", x: "1" }],
    [String.raw`a; f="C:\dir\\x \"q\""; g=1`, "a", { f: String.raw`C:\dir\x "q"`, g: "1" }],
    ['a; b="open; c=d', "a", { b: '"open; c=d' }],
    ["a; t*=UTF-8''%c2%a3%20rates", "a", { t: "£ rates" }],
    ["a; t*=utf-8'en'x; t=y", "a", { t: "x" }],
    ["a; t=y; t*=iso-8859-1''%A3", "a", { t: "£" }],
    ["a; t*=no'quotes", "a", { t: "no'quotes" }],
    ["a; __proto__=x", "a", { ["__proto__"]: "x" }],
  ])("%j", (line, value, params) => {
    const parsed = parseHeaderParameters(line);

    expect(parsed.value).toBe(value);
    expect(parsed.params).toEqual(new Map(Object.entries(params)));
  });

  test("refuses an encoding that does not exist", () => {
    expect(() => parseHeaderParameters("a; t*=BOGUS''x")).toThrow(BadRequest);
    expect(() => parseHeaderParameters("a; t*=BOGUS''x")).toThrow(
      "Invalid encoding 'BOGUS' for RFC 2231 param.",
    );
  });
});

test("splitOutsideQuotes leaves quoted separators", () => {
  expect(splitOutsideQuotes(String.raw`a,"b,\",c",,d`, ",")).toEqual([
    "a",
    String.raw`"b,\",c"`,
    "",
    "d",
  ]);
});
