import { describe, expect, test } from "vitest";
import type { SettingsInput } from "../../../framework/conf/define-settings.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { commonMiddleware } from "../../../framework/middleware/common.ts";
import { xFrameOptionsMiddleware } from "../../../framework/middleware/frame-options.ts";
import {
  createSecurityMiddleware,
  securityMiddleware,
} from "../../../framework/middleware/security.ts";
import { path } from "../../../framework/urls/path.ts";
import {
  type Answer,
  answerOf,
  call,
  makeApplication,
  type RequestSketch,
} from "../../support/wsgi.ts";

const ok = () => new HttpResponse("ok");
const MIDDLEWARE = [securityMiddleware];
const SECURE = { environ: { "wsgi.url_scheme": "https" } };

const ask = (settings: Partial<SettingsInput>, sketch: RequestSketch = {}): Promise<Answer> =>
  answerOf(ok, { MIDDLEWARE, ...settings }, sketch);

describe("securityMiddleware", () => {
  test("sets the headers of the settings, in Django's order", async () => {
    const answer = await answerOf(ok, {
      MIDDLEWARE: [securityMiddleware, commonMiddleware, xFrameOptionsMiddleware],
    });

    expect(answer.headers).toEqual([
      ["Content-Type", "text/html; charset=utf-8"],
      ["X-Frame-Options", "DENY"],
      ["Content-Length", "2"],
      ["X-Content-Type-Options", "nosniff"],
      ["Referrer-Policy", "same-origin"],
      ["Cross-Origin-Opener-Policy", "same-origin"],
    ]);
  });

  test("sets none that is switched off", async () => {
    const answer = await ask({
      SECURE_CONTENT_TYPE_NOSNIFF: false,
      SECURE_REFERRER_POLICY: null,
      SECURE_CROSS_ORIGIN_OPENER_POLICY: null,
    });

    expect(answer.headers.map(([name]) => name)).toEqual(["Content-Type", "Content-Length"]);
  });

  test("keeps what a view has set", async () => {
    const own = {
      "Cross-Origin-Opener-Policy": "unsafe-none",
      "Referrer-Policy": "origin",
      "Strict-Transport-Security": "max-age=1",
      "X-Content-Type-Options": "foo",
    };
    const settings = { MIDDLEWARE, SECURE_HSTS_SECONDS: 3600 };

    const answer = await answerOf(() => new HttpResponse("", { headers: own }), settings, SECURE);

    expect(Object.fromEntries(answer.headers)).toMatchObject(own);
  });

  test.each([
    ["strict-origin", "strict-origin"],
    ["strict-origin,origin", "strict-origin,origin"],
    ["strict-origin, origin", "strict-origin,origin"],
    [["strict-origin", "origin"], "strict-origin,origin"],
  ] as const)("writes the referrer policy %j as %s", async (policy, header) => {
    const answer = await ask({ SECURE_REFERRER_POLICY: policy });

    expect(answer.header("Referrer-Policy")).toBe(header);
  });

  test("also dresses a 404", async () => {
    const answer = await call(await makeApplication([], { MIDDLEWARE }), { path: "/nope" });

    expect(answer.status).toMatch(/^404/);
    expect(answer.header("X-Content-Type-Options")).toBe("nosniff");
  });
});

describe("Strict-Transport-Security", () => {
  test.each([
    [false, false, "max-age=600"],
    [true, false, "max-age=600; includeSubDomains"],
    [false, true, "max-age=600; preload"],
    [true, true, "max-age=600; includeSubDomains; preload"],
  ])("with subdomains %s and preload %s is %s", async (subdomains, preload, header) => {
    const answer = await ask(
      {
        SECURE_HSTS_SECONDS: 600,
        SECURE_HSTS_INCLUDE_SUBDOMAINS: subdomains,
        SECURE_HSTS_PRELOAD: preload,
      },
      SECURE,
    );

    expect(answer.header("Strict-Transport-Security")).toBe(header);
  });

  test("is not sent over http, and not for 0 seconds", async () => {
    const plain = await ask({ SECURE_HSTS_SECONDS: 600 });
    const off = await ask({ SECURE_HSTS_INCLUDE_SUBDOMAINS: true }, SECURE);

    expect(plain.header("Strict-Transport-Security")).toBeUndefined();
    expect(off.header("Strict-Transport-Security")).toBeUndefined();
  });

  test("is sent where a proxy says that its client came by TLS", async () => {
    const answer = await ask(
      { SECURE_HSTS_SECONDS: 600, SECURE_PROXY_SSL_HEADER: ["X-Forwarded-Proto", "https"] },
      { environ: { HTTP_X_FORWARDED_PROTO: "https" } },
    );

    expect(answer.header("Strict-Transport-Security")).toBe("max-age=600");
  });
});

describe("SECURE_SSL_REDIRECT", () => {
  const application = (settings: Partial<SettingsInput>) =>
    makeApplication([path("<path:any>", ok)], {
      MIDDLEWARE,
      SECURE_SSL_REDIRECT: true,
      ...settings,
    });

  test("sends http to https, with path and query, before the view", async () => {
    const answer = await call(await application({}), { path: "/some/url", query: "a=1" });

    expect(answer.status).toBe("301 Moved Permanently");
    expect(answer.header("Location")).toBe("https://testserver/some/url?a=1");
    expect(answer.header("X-Content-Type-Options")).toBeUndefined();
  });

  test("leaves https alone", async () => {
    expect((await call(await application({}), { path: "/x", ...SECURE })).status).toBe("200 OK");
  });

  test.each([
    ["the host of the settings", "secure.example.com", "https://secure.example.com/some/url"],
    ["the request's where that is empty", "", "https://example.com/some/url"],
  ])("goes to %s", async (_which, SECURE_SSL_HOST, location) => {
    const site = await application({ SECURE_SSL_HOST, ALLOWED_HOSTS: ["example.com"] });

    const answer = await call(site, { path: "/some/url", environ: { HTTP_HOST: "example.com" } });

    expect(answer.header("Location")).toBe(location);
  });

  test("leaves exempt paths alone, seen without their first slash", async () => {
    const exempt = await application({ SECURE_REDIRECT_EXEMPT: [/^insecure\//, /health/] });

    expect((await call(exempt, { path: "/insecure/page" })).status).toBe("200 OK");
    expect((await call(exempt, { path: "/a/health" })).status).toBe("200 OK");
    expect((await call(exempt, { path: "/not/insecure/" })).status).toMatch(/^301/);
  });

  test("goes to no host that is not the site's", async () => {
    const answer = await call(await application({ ALLOWED_HOSTS: ["a.com"] }), { path: "/x" });

    expect(answer.status).toBe("400 Bad Request");
  });
});

test("createSecurityMiddleware takes options before settings", async () => {
  const answer = await answerOf(ok, {
    SECURE_REFERRER_POLICY: "origin",
    MIDDLEWARE: [createSecurityMiddleware({ referrerPolicy: "no-referrer", hstsSeconds: 0 })],
  });

  expect(answer.header("Referrer-Policy")).toBe("no-referrer");
  expect(answer.header("X-Content-Type-Options")).toBe("nosniff");
});
