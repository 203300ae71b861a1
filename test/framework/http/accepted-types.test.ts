import { describe, expect, test } from "vitest";
import { AcceptedTypes } from "../../../framework/http/accepted-types.ts";

const names = (types: Iterable<unknown>): string[] => Array.from(types, String);

describe("the types of an Accept header", () => {
  test.each<[header: string | undefined, expected: string[]]>([
    [undefined, ["*/*"]],
    ["", []],
    [" , ", []],
    ["text/html,,image/png", ["text/html", "image/png"]],
    ["text/*, text/html, */*", ["text/html", "text/*", "*/*"]],
    [
      "text/*;q=0.3, text/html;q=0.7, text/html;level=1, */*;q=0.5, a/b;q=0",
      ["text/html; level=1", "text/html; q=0.7", "*/*; q=0.5", "text/*; q=0.3"],
    ],
    ['a/b;x="1,2",c/d', ["a/b; x=1,2", "c/d"]],
  ])("of %j are ordered by quality, then by how specific they are", (header, expected) => {
    expect(names(new AcceptedTypes(header).byQuality)).toEqual(expected);
  });

  test("are ordered by how specific they are, then by quality", () => {
    const { byPrecedence } = new AcceptedTypes("*/*, text/*;q=0.9, a/b;q=0.1, c/d;q=0.2, e/f;q=0");

    expect(names(byPrecedence)).toEqual(["c/d; q=0.2", "a/b; q=0.1", "text/*; q=0.9", "*/*"]);
  });
});

describe("find", () => {
  test("gives the most specific type that says something about the offer", () => {
    const types = new AcceptedTypes("*/*, text/*;q=0.5, text/html;q=0.1, text/html;level=1;q=0.4");

    expect(String(types.find("text/plain"))).toBe("text/*; q=0.5");
    expect(String(types.find("text/html;level=1"))).toBe("text/html; level=1; q=0.4");
    expect(String(types.find("image/png"))).toBe("*/*");
  });

  test("takes a quality of 0 for a refusal, whatever a wildcard allows", () => {
    const types = new AcceptedTypes("text/html;q=0, image/*;q=0, */*");

    expect(types.find("text/html")).toBeUndefined();
    expect(types.find("image/png")).toBeUndefined();
    expect(types.find("text/plain")).toBeDefined();
  });

  test("does not take the refusal of a variant for one of the type", () => {
    const types = new AcceptedTypes("text/html;level=1;q=0, text/html");

    expect(types.find("text/html")).toBeDefined();
    expect(types.find("text/html;level=1")).toBeUndefined();
  });
});

describe("preferred", () => {
  const HEADER = "text/html,application/xml;q=0.9,*/*;q=0.1,text/*;q=0.5";

  test.each<[offers: string[], expected: string | undefined]>([
    [["application/json", "text/plain"], "text/plain"],
    [["application/xml", "text/html"], "text/html"],
    [["image/png", "application/json"], "image/png"],
    [["nonsense"], undefined],
    [[], undefined],
  ])("of %j is %s", (offers, expected) => {
    expect(new AcceptedTypes(HEADER).preferred(offers)).toBe(expected);
  });

  test("is nothing where the client takes nothing, and the first offer where it takes anything", () => {
    expect(new AcceptedTypes("").preferred(["text/html"])).toBeUndefined();
    expect(new AcceptedTypes(undefined).preferred(["text/plain", "text/html"])).toBe("text/plain");
  });
});
