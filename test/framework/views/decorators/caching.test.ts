import { describe, expect, test } from "vitest";
import { HttpResponse } from "../../../../framework/http/response.ts";
import {
  cacheControl,
  neverCache,
  varyOn,
  varyOnCookie,
  varyOnHeaders,
} from "../../../../framework/views/decorators/caching.ts";
import { makeRequest } from "../../../support/wsgi.ts";

const ok = () => new HttpResponse("ok");
const headerOf = (
  view: (request: ReturnType<typeof makeRequest>, params: object) => unknown,
  name: string,
) => {
  const response = view(makeRequest(), {});
  return response instanceof HttpResponse ? response.headers.get(name) : "no response";
};

describe("cacheControl", () => {
  test("adds its directives to those of the view", () => {
    const view = () =>
      new HttpResponse("", { headers: { "Cache-Control": "private, max-age=60" } });

    const header = headerOf(cacheControl({ maxAge: 600, public: true }, view), "Cache-Control");

    expect(header).toBe("max-age=60, public");
  });

  test("waits for a view that has to be waited for", async () => {
    const response = await cacheControl({ noStore: true }, async () => ok())(makeRequest(), {});

    expect(response.headers.get("Cache-Control")).toBe("no-store");
  });
});

test("neverCache says so in every way", () => {
  expect(headerOf(neverCache(ok), "Cache-Control")).toBe(
    "max-age=0, no-cache, no-store, must-revalidate, private",
  );
  expect(headerOf(neverCache(ok), "Expires")).toMatch(/ GMT$/);
});

test("varyOn and its kind add to Vary", () => {
  const view = varyOnCookie(varyOn(["Accept", "cookie"], ok));

  expect(headerOf(view, "Vary")).toBe("Accept, cookie");
  expect(headerOf(varyOnHeaders(["User-Agent"], varyOnCookie(ok)), "Vary")).toBe(
    "Cookie, User-Agent",
  );
});
