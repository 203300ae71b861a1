import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { MediaType } from "../../../framework/http/media-type.ts";

test("has its parts in lower case, and its parameters with and without the quality", () => {
  const type = new MediaType(" Text/HTML ; Level=1; Q=0.25");

  expect([type.mainType, type.subType, type.quality]).toEqual(["text", "html", 0.25]);
  expect([...type.params.keys()]).toEqual(["level", "q"]);
  expect([...type.rangeParams]).toEqual([["level", "1"]]);
});

test("shows itself as a header would write it", () => {
  expect(String(new MediaType('text/html;level="1"; q=0.5'))).toBe("text/html; level=1; q=0.5");
  expect(String(new MediaType("text"))).toBe("text");
  expect(inspect(new MediaType("*/*"))).toBe("<MediaType: */*>");
});

test.each([
  ["text/html", 1],
  ["text/html;q=0.8", 0.8],
  ["text/html;q=0.0001", 0],
  ["text/html;q=0.1234", 0.123],
  ["text/html;q=.5", 0.5],
  ["text/html;q=0", 0],
  ["text/html;q=", 1],
  ["text/html;q=many", 1],
  ["text/html;q=-1", 1],
  ["text/html;q=2", 1],
])("reads the quality of %s as %d", (text, quality) => {
  expect(new MediaType(text).quality).toBe(quality);
});

test.each([
  ["*/*", 0],
  ["*/*;q=0.5", 0],
  ["text/*", 1],
  ["text/html", 2],
  ["text/html;q=0.5", 2],
  ["text/html;level=1", 3],
])("gives %s the specificity %i", (text, specificity) => {
  expect(new MediaType(text).specificity).toBe(specificity);
});

describe("match", () => {
  test.each([
    ["*/*", "text/html"],
    ["text/*", "text/html"],
    ["text/html", "text/html"],
    ["TEXT/html", "text/HTML"],
    ["text/html", "*/*"],
    ["text/html;level=1", "text/html"],
    ["text/html;q=0.5", "text/html"],
    ["text/html; a=1; b=2", "text/html; b=2; a=1"],
  ])("%s accepts %s", (range, offered) => {
    expect(new MediaType(range).match(offered)).toBe(true);
    expect(new MediaType(range).match(new MediaType(offered))).toBe(true);
  });

  test.each([
    ["text/html", "text/plain"],
    ["text/*", "image/png"],
    ["text/html", "text/html;level=1"],
    ["text/html;level=1", "text/html;level=2"],
    ["text/html;level=1", "text/html;level=1;x=2"],
    ["", "text/html"],
    ["text/", "text/html"],
    ["*", "text/html"],
    ["*/*", ""],
    ["*/*", "text"],
  ])("%j does not accept %j", (range, offered) => {
    expect(new MediaType(range).match(offered)).toBe(false);
  });
});
