import { describe, expect, test, vi } from "vitest";
import { warnAboutSize } from "../../../framework/http/cookie-size.ts";
import {
  type CookieOptions,
  formatCookie,
  formatDeletedCookie,
  parseCookies,
} from "../../../framework/http/cookies.ts";
import { HttpResponse } from "../../../framework/http/response.ts";

const NOW = Date.UTC(2026, 10, 21);
const now = (): number => NOW;

describe("parseCookies", () => {
  test.each<[header: string, cookies: Record<string, string>]>([
    ["a=b; q=%C3%A9", { a: "b", q: "é" }],
    ["a b c=d e = f; gh=i", { "a b c": "d e = f", gh: "i" }],
    ["  =  b  ;  ;  =  ;   c  =  ;  ", { "": "b", c: "" }],
    ["saint=Andr\xc3\xa9 Bessette", { saint: "André Bessette" }],
    ["latin=Andr\xe9", { latin: "André" }],
    ["a=%zz", { a: "%zz" }],
    // What Django (Python's http.cookies) wrote.
    [String.raw`a="b c"; d="x\054\"y\"\\"; e="\351"`, { a: "b c", d: 'x,"y"\\', e: "é" }],
    ['a=""', { a: "" }],
    ['a="; b=c', { a: '"', b: "c" }],
    // Deviations from Django: what has no name is left out, and the cookie of the longer path wins.
    ['a=b; "; c=d', { a: "b", c: "d" }],
    ["a=longer; a=shorter", { a: "longer" }],
  ])("reads %j", (header, cookies) => {
    expect({ ...parseCookies(header) }).toEqual(cookies);
  });

  test("gives an object without a prototype: the names may be anything", () => {
    expect(Object.keys(parseCookies("__proto__=x; constructor=y"))).toEqual([
      "__proto__",
      "constructor",
    ]);
    expect(Object.getPrototypeOf(parseCookies(undefined))).toBeNull();
    expect(parseCookies("a=b").constructor).toBeUndefined();
  });
});

describe("formatCookie", () => {
  test.each<[options: CookieOptions, header: string]>([
    [{}, "a=b; Path=/"],
    [{ path: "/x" }, "a=b; Path=/x"],
    [{ domain: "example.com" }, "a=b; Domain=example.com; Path=/"],
    [{ maxAge: 60 }, "a=b; Max-Age=60; Path=/; Expires=Sat, 21 Nov 2026 00:01:00 GMT"],
    [{ maxAge: 10.9 }, "a=b; Max-Age=10; Path=/; Expires=Sat, 21 Nov 2026 00:00:10 GMT"],
    [{ maxAge: 0 }, "a=b; Max-Age=0; Path=/; Expires=Sat, 21 Nov 2026 00:00:00 GMT"],
    [
      { expires: new Date(NOW + 9500) },
      "a=b; Max-Age=10; Path=/; Expires=Sat, 21 Nov 2026 00:00:09 GMT",
    ],
    [{ expires: new Date(0) }, "a=b; Max-Age=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"],
    [
      { httpOnly: true, secure: true, sameSite: "none", partitioned: true },
      "a=b; Path=/; HttpOnly; Secure; Partitioned; SameSite=None",
    ],
    [{ httpOnly: false, secure: false, sameSite: "lax" }, "a=b; Path=/; SameSite=Lax"],
  ])("writes %j", (options, header) => {
    expect(formatCookie("a", "b", options, now)).toBe(header);
  });

  test.each(["", "plain", "a!#$&'()*+-./:<=>?@[]^_`{|}~", 'é "x", y; z\\', "100%", "日本", "a\nb"])(
    "a value comes back as it was: %j",
    (value) => {
      const header = formatCookie("a", value);

      expect(header).toMatch(/^[\x20-\x7e]*$/);
      expect(parseCookies(header.split("; ")[0]).a).toBe(value);
    },
  );

  test.each(["a b", "a;b", "a=b", "", "é", "a\r\nb"])("refuses the name %j", (name) => {
    expect(() => formatCookie(name, "x")).toThrow(TypeError);
  });

  test.each<[what: string, options: CookieOptions]>([
    ["a path that would add an attribute", { path: "/; Secure" }],
    ["a path that would add a header", { path: "/\r\nX: y" }],
    ["a domain that is none", { domain: "a b" }],
    ["a life that is no number", { maxAge: Number.NaN }],
    ["an end of time that is none", { expires: new Date(Number.NaN) }],
    ["a policy that browsers do not know", { sameSite: "maybe" as "lax" }],
    ["two ends", { maxAge: 1, expires: new Date() } as unknown as CookieOptions],
    ["partitioned without secure", { partitioned: true }],
  ])("refuses %s", (_what, options) => {
    expect(() => formatCookie("a", "b", options)).toThrow(TypeError);
  });

  test.each<[name: string, options: CookieOptions, missing: string]>([
    ["__Secure-a", {}, "needs 'secure'"],
    ["__Host-a", {}, "needs 'secure'"],
    ["__host-a", { secure: true, path: "/x" }, 'needs the path "/" and no domain'],
    ["__Host-a", { secure: true, domain: "example.com" }, 'needs the path "/" and no domain'],
  ])("refuses %s with %j", (name, options, missing) => {
    expect(() => formatCookie(name, "b", options)).toThrow(missing);
  });

  test.each<[name: string, options: CookieOptions, header: string]>([
    [
      "__Secure-a",
      { secure: true, domain: "example.com", path: "/x" },
      "__Secure-a=b; Domain=example.com; Path=/x; Secure",
    ],
    ["__Host-a", { secure: true }, "__Host-a=b; Path=/; Secure"],
  ])("takes %s with %j", (name, options, header) => {
    expect(formatCookie(name, "b", options)).toBe(header);
  });
});

describe("formatDeletedCookie", () => {
  test("forgets a cookie", () => {
    expect(formatDeletedCookie("a")).toBe(
      "a=; Max-Age=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
    );
    expect(formatDeletedCookie("a", { path: "/x", domain: "example.com" })).toContain(
      "; Domain=example.com; Path=/x;",
    );
  });

  test("adds the secure that browsers ask for", () => {
    for (const name of ["__Secure-a", "__Host-a"])
      expect(formatDeletedCookie(name)).toContain("; Secure");
    expect(formatDeletedCookie("a", { sameSite: "none" })).toContain("; Secure; SameSite=None");
    expect(formatDeletedCookie("a", { partitioned: true })).toContain("; Secure; Partitioned");
  });
});

describe("cookies of a response", () => {
  test("are set once per name; setting one again forgets that it was deleted", () => {
    const response = new HttpResponse().setCookie("a", "1").deleteCookie("a").setCookie("a", "2");

    expect([...response.cookies]).toEqual([["a", "a=2; Path=/"]]);
    expect(response.setCookie("b").cookies.get("b")).toBe("b=; Path=/");
  });

  test("that are too large are warned about, once each", () => {
    const warnings: string[] = [];
    const warn = (message: string): void => void warnings.push(message);
    const large = formatCookie("large", "x".repeat(4096));

    warnAboutSize("large", large, warn);
    warnAboutSize("large", large, warn);
    warnAboutSize("fits", formatCookie("fits", "x".repeat(4092), { maxAge: 1 }), warn);

    expect(warnings).toEqual([
      "the cookie large has 4101 bytes; browsers ignore cookies of more than 4096",
    ]);
  });

  test("that are too large are warned about as process warnings", () => {
    const emit = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);

    new HttpResponse().setCookie("huge", "x".repeat(5000));

    expect(emit).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("the cookie huge has"), {
      code: "MINORSWING_COOKIE_SIZE",
    });
    emit.mockRestore();
  });
});
