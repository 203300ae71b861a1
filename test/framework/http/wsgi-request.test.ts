import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { Environ } from "../../../framework/wsgi.ts";
import { DEFAULT_REQUEST_OPTIONS } from "../../../framework/http/request.ts";
import { scriptName, WSGIRequest } from "../../../framework/http/wsgi-request.ts";
import { makeEnviron, makeRequest } from "../../support/wsgi.ts";

describe("the path", () => {
  test("is decoded and joined to where the site is mounted", () => {
    const request = makeRequest({ path: "/caf\xc3\xa9/", environ: { SCRIPT_NAME: "/app" } });

    expect(request.path).toBe("/app/café/");
    expect(request.pathInfo).toBe("/café/");
  });

  test.each([
    ["", "", "/", "/"],
    ["", "//test", "//test", "//test"],
    ["/app", "", "/app/", "/"],
    ["/app/", "/x", "/app/x", "/x"],
    ["/app//", "//x", "/app//x", "//x"],
    ["", "*", "/*", "*"],
    ["", "/caf\xe9/", "/caf%E9/", "/caf%E9/"],
    ["", "/\xe2\x99\xe2\x99\xa5/", "/%E2%99♥/", "/%E2%99♥/"],
  ])("mounted at %j, PATH_INFO %j gives %s", (mount, pathInfo, path, below) => {
    const request = makeRequest({ path: pathInfo, environ: { SCRIPT_NAME: mount } });

    expect(request.path).toBe(path);
    expect(request.pathInfo).toBe(below);
  });

  test("stands in a URL with everything escaped that could end it", () => {
    const golden = makeRequest({
      path: "/;some/=awful/?path/:with/@lots/&of/+awful/chars",
      environ: { SCRIPT_NAME: "/m" },
    });

    expect(golden.getFullPathInfo()).toBe("/%3Bsome/%3Dawful/%3Fpath/:with/@lots/&of/+awful/chars");
    expect(golden.getFullPath()).toBe(`/m${golden.getFullPathInfo()}`);
    expect(makeRequest({ path: "/\xe2\x99\xe2\x99\xa5/" }).getFullPath()).toBe(
      "/%25E2%2599%E2%99%A5/",
    );
  });

  test("has its query in a URL, and a slash where asked", () => {
    const request = makeRequest({ path: "/a b;", query: "x=\xc3\xa9&y=%20" });

    expect(request.getFullPath()).toBe("/a%20b%3B?x=%C3%A9&y=%20");
    expect(request.getFullPath({ forceAppendSlash: true })).toBe("/a%20b%3B/?x=%C3%A9&y=%20");
    expect(makeRequest({ path: "/a/" }).getFullPathInfo({ forceAppendSlash: true })).toBe("/a/");
  });
});

describe("scriptName", () => {
  const nameIn = (environ: Record<string, unknown>, path = "/foo/asd/") =>
    scriptName(makeEnviron({ path, environ }).environ, null);

  test.each<[environ: Record<string, unknown>, expected: string]>([
    [{ SCRIPT_NAME: "/foobar/" }, "/foobar/"],
    [{ SCRIPT_NAME: "/\xc3\xa9" }, "/é"],
    [{ SCRIPT_NAME: "/x", SCRIPT_URL: "/foobar/foo/asd/" }, "/foobar"],
    [{ SCRIPT_NAME: "/x", REDIRECT_URL: "/foobar/foo/asd/" }, "/foobar"],
    [{ SCRIPT_NAME: "/x", SCRIPT_URL: "/mst/milestones//foo//asd/" }, "/mst/milestones"],
    [{ SCRIPT_URL: "/other/" }, "/other/"],
  ])("of %j is %s", (environ, expected) => {
    expect(nameIn(environ)).toBe(expected);
  });

  test("is the whole original where the path below is empty", () => {
    expect(nameIn({ SCRIPT_URL: "/app" }, "")).toBe("/app");
  });

  test("can be forced", () => {
    const sketch = { path: "/x/", environ: { SCRIPT_NAME: "/a" } };

    expect(makeRequest(sketch, { forceScriptName: "/FORCED/" }).path).toBe("/FORCED/x/");
    expect(makeRequest(sketch, { forceScriptName: "" }).path).toBe("/x/");
  });
});

describe("GET", () => {
  test.each([
    ["want=caf%C3%A9", "café"],
    ["want=caf\xc3\xa9", "café"],
    ["want=caf\xe9", "café"],
    ["want=caf%E9", "caf\ufffd"],
  ])("reads %j", (query, expected) => {
    expect(makeRequest({ query }).GET.get("want")).toBe(expected);
  });

  test("is read in the charset of the request", () => {
    const environ = { CONTENT_TYPE: "text/plain; charset=iso-8859-1" };

    expect(makeRequest({ query: "a=%E9&b=\xe9", environ }).GET.dict()).toEqual({ a: "é", b: "é" });
  });

  test("is read anew when the encoding changes", () => {
    const request = makeRequest({ query: "a=%82%a0" });
    expect(request.GET.get("a")).toBe("\ufffd\ufffd");

    request.encoding = "Shift-JIS";

    expect(request.encoding).toBe("shift_jis");
    expect(request.GET.get("a")).toBe("あ");
  });

  test("takes as many fields as the site allows", () => {
    const request = makeRequest({ query: "a&b&c" }, { maxFields: 2 });

    expect(() => request.GET).toThrow("exceeded settings.DATA_UPLOAD_MAX_NUMBER_FIELDS");
  });
});

test("COOKIES are those of the header", () => {
  const request = makeRequest({ environ: { HTTP_COOKIE: "c=d; e=%C3%A9" } });

  expect({ ...request.COOKIES }).toEqual({ c: "d", e: "é" });
});

test("the scheme is the server's, unless a proxy knows better", () => {
  const environ = { "wsgi.url_scheme": "https", HTTP_X_PROTO: "http" };
  const secureProxySslHeader = ["X-Proto", "https"] as const;

  expect(makeRequest({ environ }).isSecure()).toBe(true);
  expect(makeRequest({ environ }, { secureProxySslHeader }).scheme).toBe("http");
});

test("nothing of the environ but the method is read before it is asked for", () => {
  const read: PropertyKey[] = [];
  const { environ } = makeEnviron({ query: "a=1" });
  const watched: Environ = new Proxy(environ, {
    get(target, key, receiver) {
      read.push(key);
      return Reflect.get(target, key, receiver);
    },
  });

  const request = new WSGIRequest(watched, DEFAULT_REQUEST_OPTIONS);
  expect(read).toEqual(["REQUEST_METHOD"]);

  expect(request.GET).toBe(request.GET);
  expect(read.filter((key) => key === "QUERY_STRING")).toHaveLength(1);
});

test("shows method and path in console.log, and as text", () => {
  const request = makeRequest({ path: "/x/", query: "y" });

  expect(inspect(request)).toBe("<WSGIRequest: GET '/x/?y'>");
  expect(String(request)).toBe("<WSGIRequest: GET '/x/?y'>");
});
