import { describe, expect, test } from "vitest";
import { addHeaders, splitTarget, unquote } from "../../../devserver/wsgiserver/environ.ts";
import type { Environ } from "../../../framework/wsgi.ts";

describe("unquote", () => {
  test.each([
    ["/plain", "/plain"],
    ["/a%20b/%E4", "/a b/\xe4"],
    ["/%c3%a4", "/\xc3\xa4"],
    ["/%00", "/\0"],
    ["/%2e%2E", "/.."],
    ["/%", "/%"],
    ["/%4", "/%4"],
    ["/%zz%41", "/%zzA"],
    ["/%2541", "/%41"],
    ["/a+b", "/a+b"],
  ])("makes %s bytes as latin-1, once", (text, path) => {
    expect(unquote(text)).toBe(path);
  });
});

describe("splitTarget", () => {
  test.each<[target: string, path: string, query: string, host: string | undefined]>([
    ["/a?b=c", "/a", "b=c", undefined],
    ["/a", "/a", "", undefined],
    ["/a?", "/a", "", undefined],
    ["/a?b?c", "/a", "b?c", undefined],
    ["/%3f?%3f", "/?", "%3f", undefined],
    ["*", "*", "", undefined],
    ["http://h:1/a?b", "/a", "b", "h:1"],
    ["HTTPS://h/a", "/a", "", "h"],
    ["http://h", "/", "", "h"],
    ["http://h?b", "/", "b", "h"],
    ["http://h//evil", "/evil", "", "h"],
    ["/http://h/", "/http://h/", "", undefined],
  ])("splits %s", (target, path, query, host) => {
    expect(splitTarget(target)).toEqual({ path, query, host });
  });
});

describe("addHeaders", () => {
  const environOf = (...fields: readonly string[]): Partial<Environ> => {
    const environ = { SERVER_NAME: "me" } as Environ;
    addHeaders(environ, fields);
    return environ;
  };

  test.each<[what: string, fields: readonly string[], expected: Record<string, string>]>([
    ["a header", ["X-Some-Thing", "a"], { HTTP_X_SOME_THING: "a" }],
    ["a header of another case", ["x-sOME-tHING", "a"], { HTTP_X_SOME_THING: "a" }],
    ["Content-Type", ["Content-Type", "text/html"], { CONTENT_TYPE: "text/html" }],
    ["content-length", ["content-length", "5"], { CONTENT_LENGTH: "5" }],
    ["repeated headers, joined", ["X-A", "1", "x-a", "2"], { HTTP_X_A: "1, 2" }],
    ["repeated headers, an empty one first", ["X-A", "", "X-A", "2"], { HTTP_X_A: ", 2" }],
    ["repeated cookies, joined", ["Cookie", "a=b", "cookie", "c=d"], { HTTP_COOKIE: "a=b; c=d" }],
    ["no name with an underscore", ["X_A", "evil", "X-A", "good"], { HTTP_X_A: "good" }],
    ["no spoofed length", ["Content_Length", "5", "content_type", "a"], {}],
    ["no server's own key", ["Server-Name", "evil"], { HTTP_SERVER_NAME: "evil" }],
  ])("adds %s", (_, fields, expected) => {
    expect(environOf(...fields)).toEqual({ SERVER_NAME: "me", ...expected });
  });

  test("gives the same keys when names come again", () => {
    const fields = ["X-Twice-Seen", "a", "X_Twice_Seen", "b"];

    expect(environOf(...fields)).toEqual(environOf(...fields));
  });
});
