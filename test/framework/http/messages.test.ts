import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import {
  formatCookie,
  formatDeletedCookie,
  parseCookies,
} from "../../../framework/http/cookies.ts";
import { BadHeaderError, ResponseHeaders } from "../../../framework/http/headers.ts";
import { checkHost } from "../../../framework/http/host.ts";
import { QueryDict } from "../../../framework/http/query-dict.ts";

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

describe("QueryDict", () => {
  test.each<[query: string, expected: Record<string, string[]>]>([
    ["a", { a: [""] }],
    ["=b", { "": ["b"] }],
    ["&&", {}],
    ["a=1;b=2", { a: ["1;b=2"] }],
    ["a=%zz", { a: ["%zz"] }],
    ["a=%ff", { a: ["\ufffd"] }],
    ["a+b=c+d", { "a b": ["c d"] }],
    ["want=caf%C3%A9", { want: ["café"] }],
    ["?a=1", { "?a": ["1"] }],
    ["a=1&a=2", { a: ["1", "2"] }],
  ])("parses %j", (query, expected) => {
    expect(Object.fromEntries(new QueryDict(query).listEntries())).toEqual(expected);
  });

  test("survives a round trip", () => {
    const query = "a=1&a=%26%3D&b=caf%C3%A9+x";

    expect(new QueryDict(query).urlencode()).toBe(query);
  });

  test("cannot be changed, but its copy can", () => {
    const query = new QueryDict("a=1");

    expect(() => query.set("a", "2")).toThrow("This QueryDict instance is immutable");
    expect(() => query.append("a", "2")).toThrow(TypeError);
    expect(() => query.delete("a")).toThrow(TypeError);
    expect(query.copy().append("a", "2").set("b", "3").urlencode()).toBe("a=1&a=2&b=3");
    expect(query.urlencode()).toBe("a=1");
  });

  test("takes as many fields as it may, and not one more", () => {
    expect(new QueryDict("a&b&c", { maxFields: 3 }).size).toBe(3);
    expect(() => new QueryDict("a&b&c&d", { maxFields: 3 })).toThrow(
      "exceeded settings.DATA_UPLOAD_MAX_NUMBER_FIELDS",
    );
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

describe("checkHost", () => {
  test.each([
    ["example.com", ["example.com"]],
    ["EXAMPLE.com:8000", ["example.com"]],
    ["example.com.", ["example.com"]],
    ["a.example.com", [".example.com"]],
    ["example.com", [".example.com"]],
    ["anything", ["*"]],
    ["[::1]:8000", ["[::1]"]],
  ])("takes %s where %j are allowed", (host, allowed) => {
    expect(checkHost(host, allowed, false)).toBe(host);
  });

  test.each(["evil.com", "example.com.evil.com", "notexample.com", "example.com.."])(
    "refuses %s and names the setting",
    (host) => {
      expect(() => checkHost(host, [".example.com"], false)).toThrow(
        `Invalid HTTP_HOST header: '${host}'. You may need to add '${host}' to ALLOWED_HOSTS.`,
      );
    },
  );

  test.each(["a_b.com", "a b", "a/b", "user@host", "host:port", ""])(
    "refuses %j as no host at all",
    (host) => {
      expect(() => checkHost(host, ["*"], false)).toThrow(
        "The domain name provided is not valid according to RFC 1034/1035.",
      );
    },
  );

  test("takes localhost, and nothing else, with DEBUG and an empty list", () => {
    for (const host of ["localhost", "a.localhost:8000", "127.0.0.1", "[::1]"]) {
      expect(checkHost(host, [], true)).toBe(host);
    }
    expect(() => checkHost("evil.com", [], true)).toThrow("Invalid HTTP_HOST");
    expect(() => checkHost("localhost", [], false)).toThrow("Invalid HTTP_HOST");
  });
});
