import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import {
  formatCookie,
  formatDeletedCookie,
  parseCookies,
} from "../../../framework/http/cookies.ts";
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
  });

  test("appends to a list header and leaves a default that is there", () => {
    const headers = new ResponseHeaders().append("Vary", "Cookie").append("vary", "Accept");

    expect(headers.get("Vary")).toBe("Cookie, Accept");
    expect(headers.setDefault("VARY", "x").get("Vary")).toBe("Cookie, Accept");
  });

  test.each(["a\r\nSet-Cookie: x=1", "a\nb", "a\rb", "a\0b", "a\x7fb", "ℵ", "日本"])(
    "refuses the value %j when it is set",
    (value) => {
      expect(() => new ResponseHeaders().set("X-A", value)).toThrow(BadHeaderError);
    },
  );

  test.each(["", "a b", "a:b", "a\r\n", "é"])("refuses the name %j", (name) => {
    expect(() => new ResponseHeaders().set(name, "x")).toThrow(BadHeaderError);
  });

  test("says which header and which character", () => {
    expect(() => new ResponseHeaders().set("X-A", "a\nb")).toThrow(
      `Header values can't contain newlines (got "a\\nb" for X-A)`,
    );
    expect(() => new ResponseHeaders().set("X-A", "ℵ")).toThrow("U+2135");
  });

  test("shows names and values in console.log", () => {
    expect(inspect(new ResponseHeaders().set("A", "b"))).toBe("{ A: 'b' }");
  });
});

describe("cookies", () => {
  test("reads a Cookie header; the names may be anything", () => {
    expect({ ...parseCookies("a=b; __proto__=x; q=%C3%A9") }).toMatchObject({ a: "b", q: "é" });
    expect(Object.getPrototypeOf(parseCookies(undefined))).toBeNull();
  });

  test("writes path, life and flags", () => {
    const now = () => Date.UTC(2026, 10, 21);

    expect(formatCookie("a", "b")).toBe("a=b; Path=/");
    expect(
      formatCookie("a", "é;", { maxAge: 60, httpOnly: true, sameSite: "lax", secure: true }, now),
    ).toBe(
      "a=%C3%A9%3B; Max-Age=60; Path=/; Expires=Sat, 21 Nov 2026 00:01:00 GMT; HttpOnly; Secure; SameSite=Lax",
    );
  });

  test("forgets a cookie, and a __Secure- one over TLS only", () => {
    expect(formatDeletedCookie("a")).toBe(
      "a=; Max-Age=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
    );
    expect(formatDeletedCookie("__Secure-a")).toContain("; Secure");
  });

  test.each(["a b", "a;b", "a=b", "", "é"])("refuses the name %j", (name) => {
    expect(() => formatCookie(name, "x")).toThrow(TypeError);
  });
});
