import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { BadHeaderError, ResponseHeaders } from "../../../framework/http/headers.ts";

describe("ResponseHeaders", () => {
  test("ignores case on lookup, keeps order and the last spelling", () => {
    const headers = new ResponseHeaders().set("X-A", "1").set("B", 2).set("x-a", "3");

    expect(headers.get("X-a")).toBe("3");
    expect([...headers]).toEqual([
      ["x-a", "3"],
      ["B", "2"],
    ]);
    expect(headers.delete("b")).toBe(true);
    expect(headers.has("B")).toBe(false);
    expect(headers.delete("b")).toBe(false);
  });

  test("appends to a list header and leaves a default that is there", () => {
    const headers = new ResponseHeaders().append("Vary", "Cookie").append("vary", "Accept");

    expect(headers.get("Vary")).toBe("Cookie, Accept");
    expect(headers.setDefault("VARY", "x").get("Vary")).toBe("Cookie, Accept");
  });

  test.each([
    "a\r\nSet-Cookie: x=1",
    "a\nb",
    "a\rb",
    "a\0b",
    "a\x7fb",
    "ℵ\r\nSet-Cookie: x=1",
    "ℵ\0",
    "\ud800",
  ])("refuses the value %j when it is set", (value) => {
    expect(() => new ResponseHeaders().set("X-A", value)).toThrow(BadHeaderError);
    expect(() => new ResponseHeaders().set("X-A", "1").append("X-A", value)).toThrow(
      BadHeaderError,
    );
  });

  test("refuses what only looks like a number or a string", () => {
    const sly = { toString: () => "a\r\nb" } as unknown as string;

    expect(() => new ResponseHeaders().set("X-A", sly)).toThrow(BadHeaderError);
  });

  test.each(["", "a b", "a:b", "a\r\n", "é"])("refuses the name %j", (name) => {
    expect(() => new ResponseHeaders().set(name, "x")).toThrow(BadHeaderError);
  });

  test.each(["Connection", "transfer-encoding", "KEEP-ALIVE", "Upgrade"])(
    "refuses the hop-by-hop header %s, also after it was looked up",
    (name) => {
      const headers = new ResponseHeaders();

      expect(headers.has(name)).toBe(false);
      expect(() => headers.set(name, "x")).toThrow("is about the connection");
    },
  );

  test.each([
    ["café", "café"],
    ["†", "=?utf-8?b?4oCg?="],
    ["Fußball †", "=?utf-8?b?RnXDn2JhbGwg4oCg?="],
    ["日本", "=?utf-8?b?5pel5pys?="],
  ])("carries %j as %j", (value, carried) => {
    expect(new ResponseHeaders().set("X-A", value).get("x-a")).toBe(carried);
  });

  test("says which header and which character", () => {
    expect(() => new ResponseHeaders().set("X-A", "a\nb")).toThrow(
      `Header values can't contain newlines (got "a\\nb" for X-A)`,
    );
    expect(() => new ResponseHeaders().set("X-A", "a\0")).toThrow(
      "X-A can't carry the character U+0000",
    );
  });

  test("shows names and values in console.log", () => {
    expect(inspect(new ResponseHeaders().set("A", "b"))).toBe("{ A: 'b' }");
  });
});
