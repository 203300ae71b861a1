import { describe, expect, test } from "vitest";
import { HttpResponse } from "../../../framework/http/response.ts";
import { hasVaryHeader, patchVaryHeaders } from "../../../framework/http/vary.ts";

const withVary = (vary: string | undefined) =>
  new HttpResponse("", vary === undefined ? {} : { headers: { Vary: vary } });

/** Django's own cases (tests/cache/tests.py, test_patch_vary_headers). */
describe("patchVaryHeaders", () => {
  test.each([
    [undefined, ["Accept-Encoding"], "Accept-Encoding"],
    [undefined, ["Accept-Encoding", "accept-encoding"], "Accept-Encoding"],
    ["Accept-Encoding", ["accept-encoding"], "Accept-Encoding"],
    ["accept-encoding", ["ACCEPT-ENCODING"], "accept-encoding"],
    ["Cookie", ["Accept-Encoding"], "Cookie, Accept-Encoding"],
    ["Cookie, Accept-Encoding", ["Accept-Encoding", "cookie"], "Cookie, Accept-Encoding"],
    ["Cookie    ,     Accept-Encoding", ["Accept-Encoding", "cookie"], "Cookie, Accept-Encoding"],
    [undefined, ["*"], "*"],
    [undefined, ["Accept-Language", "*"], "*"],
    ["Cookie, Accept-Language", ["*"], "*"],
    ["*", ["Accept-Language", "Cookie"], "*"],
    [undefined, [], undefined],
  ])("makes %j with %j to %j", (before, names, after) => {
    const response = withVary(before);

    patchVaryHeaders(response, names);

    expect(response.headers.get("Vary")).toBe(after);
  });
});

test("hasVaryHeader ignores case", () => {
  expect(hasVaryHeader(withVary("Cookie, accept"), "ACCEPT")).toBe(true);
  expect(hasVaryHeader(withVary("Cookie"), "Accept")).toBe(false);
  expect(hasVaryHeader(withVary(undefined), "Cookie")).toBe(false);
});
