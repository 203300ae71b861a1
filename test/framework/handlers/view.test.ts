/** RFC 9110 sections 9.3.2, 9.3.7 and 15.5.6: which methods a path answers. */
import { describe, expect, test } from "vitest";
import type { HttpRequest } from "../../../framework/http/request.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { include, path } from "../../../framework/urls/path.ts";
import type { URLEntry } from "../../../framework/urls/pattern.ts";
import { type Answer, call, LOG_WARNINGS, makeApplication } from "../../support/wsgi.ts";

const say = (text: string) => (request: HttpRequest) =>
  new HttpResponse(`${text} ${request.method}`);
const declaring = Object.assign(say("declared"), { methods: ["get", "PUT"] });

const patterns: readonly URLEntry[] = [
  path("items/", say("list"), { methods: ["GET"] }),
  path("items/", say("create"), { methods: ["POST"] }),
  path("api/", include([path("<int:pk>/", say("number"), { methods: ["DELETE", "GET"] })])),
  path("api/<str:name>/", say("text"), { methods: ["PATCH"] }),
  path("declared/", declaring),
  path("narrowed/", declaring, { methods: ["POST"] }),
  path("options/", say("own"), { methods: ["GET", "OPTIONS"] }),
  path("any/", say("any")),
  path("fall/", say("first"), { methods: ["GET"] }),
  path("<str:all>/", say("rest")),
];

async function ask(method: string, url: string): Promise<Answer> {
  return await call(await makeApplication(patterns), { method, path: url });
}

describe("a pattern with methods", () => {
  test.each([
    ["GET", "/items/", "list GET"],
    ["POST", "/items/", "create POST"],
    ["GET", "/api/5/", "number GET"],
    ["PATCH", "/api/5/", "text PATCH"],
    ["PUT", "/declared/", "declared PUT"],
    ["POST", "/narrowed/", "declared POST"],
    ["OPTIONS", "/options/", "own OPTIONS"],
    ["BREW", "/any/", "any BREW"],
    ["OPTIONS", "/any/", "any OPTIONS"],
    // The first pattern that takes path and method, even if another knows the path better.
    ["POST", "/fall/", "rest POST"],
    ["GET", "/fall/", "first GET"],
  ])("%s %s is answered by the first that takes both: %s", async (method, url, expected) => {
    const answer = await ask(method, url);

    expect([answer.status, answer.text]).toEqual(["200 OK", expected]);
  });

  test.each([
    ["/items/", "list"],
    ["/declared/", "declared"],
  ])("HEAD %s is served by GET", async (url, text) => {
    expect((await ask("HEAD", url)).text).toBe(`${text} HEAD`);
  });

  test.each([
    ["PUT", "/api/x/", "PATCH, OPTIONS"],
    ["PUT", "/api/5/", "DELETE, GET, HEAD, PATCH, OPTIONS"],
    ["HEAD", "/narrowed/", "POST, OPTIONS"],
    ["POST", "/options/", "GET, HEAD, OPTIONS"],
  ])("%s %s is 405, with what is allowed: %s", async (method, url, allow) => {
    const site = patterns.slice(0, -1);

    const answer = await call(await makeApplication(site, LOG_WARNINGS), { method, path: url });

    expect([answer.status, answer.header("Allow"), answer.text]).toEqual([
      "405 Method Not Allowed",
      allow,
      "",
    ]);
    expect(answer.errors).toBe(`Method Not Allowed (${method}): ${url}\n`);
  });

  test("OPTIONS tells what is allowed", async () => {
    const site = patterns.slice(0, -1);

    const answer = await call(await makeApplication(site), { method: "OPTIONS", path: "/items/" });

    expect([answer.status, answer.header("Allow"), answer.errors]).toEqual([
      "204 No Content",
      "GET, HEAD, POST, OPTIONS",
      "",
    ]);
  });

  test("an unknown path is unknown for every method", async () => {
    const site = await makeApplication(patterns.slice(0, -1));

    expect((await call(site, { method: "OPTIONS", path: "/nope/" })).status).toBe("404 Not Found");
  });
});

describe("a path that is no text", () => {
  const site = [
    path("<str:name>/", (_request, { name }: { name: string }) => new HttpResponse(name)),
  ];

  test.each([
    ["/caf\xc3\xa9/", "café"],
    ["/caf\xe9/", "caf%E9"],
    ["/%zz%/", "%zz%"],
    ["/\xff\xfe\x80/", "%FF%FE%80"],
    ["/\0/", "\0"],
  ])("%j reaches the view as %j: what is no UTF-8 stays escaped", async (url, expected) => {
    expect((await call(await makeApplication(site), { path: url })).text).toBe(expected);
  });

  test("is a 404 where nothing matches", async () => {
    const application = await makeApplication([path("x/", () => new HttpResponse())]);

    expect((await call(application, { path: "/\xed\xa0\x80%" })).status).toBe("404 Not Found");
  });
});
