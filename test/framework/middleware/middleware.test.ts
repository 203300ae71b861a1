import { describe, expect, test } from "vitest";
import { HttpResponse } from "../../../framework/http/response.ts";
import { HttpResponseNotFound } from "../../../framework/http/responses.ts";
import { commonMiddleware } from "../../../framework/middleware/common.ts";
import { xFrameOptionsMiddleware } from "../../../framework/middleware/frame-options.ts";
import { securityMiddleware } from "../../../framework/middleware/security.ts";
import { path } from "../../../framework/urls/path.ts";
import { call, makeApplication } from "../../support/wsgi.ts";

const ok = () => new HttpResponse("ok");

describe("commonMiddleware", () => {
  const patterns = [
    path("slash/", ok),
    path("noslash", ok),
    path("needsquoting#/", ok),
    path("<str:host>/security/", ok),
    path("gone", () => new HttpResponseNotFound("gone")),
    path("late/", async () => ok()),
  ];
  const settings = { MIDDLEWARE: [commonMiddleware] };

  test.each([
    ["/slash", "test=1", "/slash/?test=1"],
    ["/needsquoting#", "", "/needsquoting%23/"],
    ["/late", "", "/late/"],
  ])("redirects %s to its slash", async (url, query, location) => {
    const answer = await call(await makeApplication(patterns, settings), { path: url, query });

    expect(answer.status).toBe("301 Moved Permanently");
    expect(answer.header("Location")).toBe(location);
  });

  test("never redirects to another site", async () => {
    const answer = await call(await makeApplication([path("<path:any>/", ok)], settings), {
      path: "//evil.com/security",
    });

    expect(answer.header("Location")).toBe("/%2Fevil.com/security/");
  });

  test.each(["/slash/", "/noslash", "/nope", "/gone"])("leaves %s alone", async (url) => {
    const answer = await call(await makeApplication(patterns, settings), { path: url });

    expect(answer.status).not.toMatch(/^301/);
  });

  test("leaves everything alone with APPEND_SLASH off", async () => {
    const application = await makeApplication(patterns, { ...settings, APPEND_SLASH: false });

    expect((await call(application, { path: "/slash" })).status).toMatch(/^404/);
  });

  test.each(["POST", "PUT", "PATCH", "DELETE"])(
    "with DEBUG, says that a %s would lose its data",
    async (method) => {
      const application = await makeApplication(patterns, { ...settings, DEBUG: true });

      const answer = await call(application, { path: "/slash", method });

      expect(answer.status).toBe("500 Internal Server Error");
      expect(answer.text).toContain(
        `You called this URL via ${method}, but the URL doesn't end in a slash`,
      );
      expect(answer.text).toContain("testserver/slash/");
    },
  );

  test("refuses a host that is not the site's", async () => {
    const application = await makeApplication(patterns, { ...settings, ALLOWED_HOSTS: ["a.com"] });

    const answer = await call(application, { path: "/slash/" });

    expect(answer.status).toBe("400 Bad Request");
    expect(answer.errors).toContain("Invalid HTTP_HOST header: 'testserver'");
    expect(answer.text).not.toContain("testserver");
  });
});

describe("securityMiddleware and xFrameOptionsMiddleware", () => {
  const MIDDLEWARE = [securityMiddleware, xFrameOptionsMiddleware];

  test("set the headers of the settings", async () => {
    const answer = await call(await makeApplication([path("", ok)], { MIDDLEWARE }));

    expect(answer.header("X-Content-Type-Options")).toBe("nosniff");
    expect(answer.header("Referrer-Policy")).toBe("same-origin");
    expect(answer.header("Cross-Origin-Opener-Policy")).toBe("same-origin");
    expect(answer.header("X-Frame-Options")).toBe("DENY");
  });

  test("set none that is switched off, and keep what a view has set", async () => {
    const view = () => new HttpResponse("", { headers: { "x-frame-options": "SAMEORIGIN" } });
    const application = await makeApplication([path("", view)], {
      MIDDLEWARE,
      SECURE_CONTENT_TYPE_NOSNIFF: false,
      SECURE_REFERRER_POLICY: null,
      SECURE_CROSS_ORIGIN_OPENER_POLICY: null,
    });

    const names = (await call(application)).headers.map(([name]) => name);

    expect(names).toEqual(["x-frame-options", "Content-Type", "Content-Length"]);
  });
});
