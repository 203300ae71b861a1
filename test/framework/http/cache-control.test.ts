import { describe, expect, test } from "vitest";
import {
  addNeverCacheHeaders,
  type CacheControlOptions,
  getMaxAge,
  hasCacheDirective,
  patchCacheControl,
  patchResponseHeaders,
} from "../../../framework/http/cache-control.ts";
import { HttpResponse } from "../../../framework/http/response.ts";

const withHeader = (value: string | undefined) =>
  new HttpResponse("", value === undefined ? {} : { headers: { "Cache-Control": value } });

const patched = (before: string | undefined, options: CacheControlOptions) => {
  const response = withHeader(before);
  patchCacheControl(response, options);
  return response.headers.get("Cache-Control");
};

/** Django's own cases (tests/cache/tests.py, test_patch_cache_control), with field names in quotes. */
describe("patchCacheControl", () => {
  test.each<[before: string | undefined, options: CacheControlOptions, after: string | undefined]>([
    [undefined, {}, undefined],
    [undefined, { private: true }, "private"],
    [undefined, { maxAge: 60.5 }, "max-age=60"],
    ["max-age=10", { maxAge: -1, staleIfError: 1.9 }, "max-age=0, stale-if-error=1"],
    ["", { private: true }, "private"],
    ["", { noCache: "Set-Cookie" }, 'no-cache="Set-Cookie"'],
    ["no-cache=Set-Cookie", { noCache: true }, "no-cache"],
    ["no-cache=Set-Cookie,no-cache=Link", { noCache: true }, "no-cache"],
    ["no-cache=Set-Cookie", { noCache: "Link" }, 'no-cache="Set-Cookie, Link"'],
    ['no-cache="Set-Cookie, Link"', { noCache: ["Custom"] }, 'no-cache="Set-Cookie, Link, Custom"'],
    ["no-cache", { noCache: "Link" }, "no-cache"],
    ["private", { private: true }, "private"],
    ["private", { public: true }, "public"],
    ["public", { public: true }, "public"],
    ["public", { private: true }, "private"],
    ["public", { private: false }, "public"],
    ["must-revalidate,max-age=60,private", { public: true }, "must-revalidate, max-age=60, public"],
    [
      "must-revalidate,max-age=60,public",
      { private: true },
      "must-revalidate, max-age=60, private",
    ],
    ["must-revalidate,max-age=60", { public: true }, "must-revalidate, max-age=60, public"],
    ["Max-Age=60", { maxAge: 30 }, "max-age=30"],
    ["max-age=60", { maxAge: 90 }, "max-age=60"],
    ["max-age=nonsense", { maxAge: 90 }, "max-age=90"],
    ["s-maxage=60", { sMaxage: 90 }, "s-maxage=60"],
    [
      undefined,
      { maxAge: 1, staleWhileRevalidate: 2, staleIfError: 3, immutable: true, noTransform: true },
      "max-age=1, stale-while-revalidate=2, stale-if-error=3, immutable, no-transform",
    ],
    [
      undefined,
      { proxyRevalidate: true, mustUnderstand: true, noStore: true },
      "proxy-revalidate, must-understand, no-store",
    ],
    ["community=UCI", { maxAge: 5 }, 'community="UCI", max-age=5'],
  ])("makes %j with %j to %j", (before, options, after) => {
    expect(patched(before, options)).toBe(after);
  });
});

describe("what is read", () => {
  test.each([
    ["max-age=360", 360],
    ["public, MAX-AGE=5", 5],
    ["max-age=soon", undefined],
    ["private", undefined],
    [undefined, undefined],
  ])("the max-age of %j is %j", (value, expected) => {
    expect(getMaxAge(withHeader(value))).toBe(expected);
  });

  test("a directive is found in any case, and not in a value", () => {
    expect(hasCacheDirective(withHeader("private, No-Store"), "no-store")).toBe(true);
    expect(hasCacheDirective(withHeader('private="no-store"'), "no-store")).toBe(false);
    expect(hasCacheDirective(withHeader(undefined), "no-store")).toBe(false);
  });
});

describe("times", () => {
  test("never cached: exactly Django's header, and an Expires that is over", () => {
    const response = new HttpResponse();

    addNeverCacheHeaders(response, 784_111_777);

    expect(response.headers.get("Cache-Control")).toBe(
      "max-age=0, no-cache, no-store, must-revalidate, private",
    );
    expect(response.headers.get("Expires")).toBe("Sun, 06 Nov 1994 08:49:37 GMT");
  });

  test("cached for a while, unless the view has said less", () => {
    const response = withHeader("max-age=5");

    patchResponseHeaders(response, 60, 784_111_777.9);

    expect(response.headers.get("Cache-Control")).toBe("max-age=5");
    expect(response.headers.get("Expires")).toBe("Sun, 06 Nov 1994 08:50:37 GMT");
  });
});
