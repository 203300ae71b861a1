import { describe, expect, test } from "vitest";
import { defineSettings, type SettingsInput } from "../../../framework/conf/define-settings.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { commonMiddleware } from "../../../framework/middleware/common.ts";
import { corsMiddleware, createCorsMiddleware } from "../../../framework/middleware/cors.ts";
import { path } from "../../../framework/urls/path.ts";
import { type Answer, answerOf, call, makeApplication } from "../../support/wsgi.ts";

const ORIGIN = "https://example.com";
const MIDDLEWARE = [corsMiddleware];
const ok = () => new HttpResponse("ok");
const ALLOW_ORIGIN = "Access-Control-Allow-Origin";

const ask = (
  settings: Partial<SettingsInput>,
  origin: string | undefined = ORIGIN,
  method: string = "GET",
  environ: Record<string, string> = {},
): Promise<Answer> =>
  answerOf(
    ok,
    { MIDDLEWARE, ...settings },
    { method, environ: { HTTP_ORIGIN: origin, ...environ } },
  );

const preflight = (
  settings: Partial<SettingsInput>,
  environ: Record<string, string> = {},
): Promise<Answer> =>
  ask(settings, ORIGIN, "OPTIONS", { HTTP_ACCESS_CONTROL_REQUEST_METHOD: "PUT", ...environ });

const corsHeaders = (answer: Answer): Record<string, string> =>
  Object.fromEntries(answer.headers.filter(([name]) => name.startsWith("Access-Control-")));

describe("corsMiddleware", () => {
  test.each<[origin: string, settings: Partial<SettingsInput>, allowed: string | undefined]>([
    [ORIGIN, {}, undefined],
    [ORIGIN, { CORS_ALLOWED_ORIGINS: [ORIGIN] }, ORIGIN],
    [ORIGIN, { CORS_ALLOWED_ORIGINS: ["HTTPS://Example.com"] }, ORIGIN],
    ["http://example.com", { CORS_ALLOWED_ORIGINS: [ORIGIN] }, undefined],
    ["https://example.com:8443", { CORS_ALLOWED_ORIGINS: [ORIGIN] }, undefined],
    ["https://example.com.evil.org", { CORS_ALLOWED_ORIGINS: [ORIGIN] }, undefined],
    ["null", { CORS_ALLOWED_ORIGINS: ["null"] }, "null"],
    ["null", { CORS_ALLOWED_ORIGINS: [ORIGIN] }, undefined],
    [
      "https://a.example.com",
      { CORS_ALLOWED_ORIGIN_REGEXES: [/https:\/\/\w+\.example\.com/] },
      "https://a.example.com",
    ],
    [
      "https://a.example.com.evil.org",
      { CORS_ALLOWED_ORIGIN_REGEXES: [/https:\/\/\w+\.example\.com/] },
      undefined,
    ],
    [
      "https://evil.org/https://a.example.com",
      { CORS_ALLOWED_ORIGIN_REGEXES: [/x|https:\/\/\w+\.example\.com/] },
      undefined,
    ],
    [ORIGIN, { CORS_ALLOW_ALL_ORIGINS: true }, "*"],
    [ORIGIN, { CORS_ALLOW_ALL_ORIGINS: true, CORS_ALLOW_CREDENTIALS: true }, ORIGIN],
  ])("tells %s, with %j, %s", async (origin, settings, allowed) => {
    const answer = await ask(settings, origin);

    expect(answer.header(ALLOW_ORIGIN)).toBe(allowed);
    expect(answer.header("Vary")).toBe("Origin");
    expect(answer.text).toBe("ok");
  });

  test("says on what the answer depends also to who sends no origin", async () => {
    const answer = await answerOf(ok, { MIDDLEWARE, CORS_ALLOW_ALL_ORIGINS: true });

    expect(answer.header("Vary")).toBe("Origin");
    expect(corsHeaders(answer)).toEqual({});
  });

  test("allows credentials, and shows headers, where the settings say so", async () => {
    const answer = await ask({
      CORS_ALLOWED_ORIGINS: [ORIGIN],
      CORS_ALLOW_CREDENTIALS: true,
      CORS_EXPOSE_HEADERS: ["X-Total", "X-Page"],
    });

    expect(corsHeaders(answer)).toEqual({
      [ALLOW_ORIGIN]: ORIGIN,
      "Access-Control-Allow-Credentials": "true",
      "Access-Control-Expose-Headers": "X-Total, X-Page",
    });
  });

  test("leaves other paths than those of the settings alone", async () => {
    const application = await makeApplication([path("<path:any>", ok)], {
      MIDDLEWARE,
      CORS_ALLOW_ALL_ORIGINS: true,
      CORS_URLS_REGEX: /^\/api\/.*$/,
    });
    const environ = { HTTP_ORIGIN: ORIGIN };

    const api = await call(application, { path: "/api/x", environ });
    const page = await call(application, { path: "/page", environ });

    expect(api.header(ALLOW_ORIGIN)).toBe("*");
    expect(page.header(ALLOW_ORIGIN)).toBeUndefined();
    expect(page.header("Vary")).toBeUndefined();
  });

  test("dresses errors too, so that the page can read them", async () => {
    const application = await makeApplication([], { MIDDLEWARE, CORS_ALLOW_ALL_ORIGINS: true });

    const answer = await call(application, { path: "/no", environ: { HTTP_ORIGIN: ORIGIN } });

    expect(answer.status).toMatch(/^404/);
    expect(answer.header(ALLOW_ORIGIN)).toBe("*");
  });
});

describe("a preflight", () => {
  const settings = { CORS_ALLOWED_ORIGINS: [ORIGIN] };

  test("is answered before the view and every inner middleware", async () => {
    let wasCalled = false;
    const view = () => {
      wasCalled = true;
      return ok();
    };

    const answer = await answerOf(
      view,
      { MIDDLEWARE: [corsMiddleware, commonMiddleware], ...settings },
      {
        method: "OPTIONS",
        environ: { HTTP_ORIGIN: ORIGIN, HTTP_ACCESS_CONTROL_REQUEST_METHOD: "PUT" },
      },
    );

    expect(wasCalled).toBe(false);
    expect(answer.status).toBe("200 OK");
    expect(answer.text).toBe("");
    expect(answer.header("Content-Length")).toBe("0");
    expect(corsHeaders(answer)).toEqual({
      [ALLOW_ORIGIN]: ORIGIN,
      "Access-Control-Allow-Headers":
        "accept, authorization, content-type, user-agent, x-csrftoken, x-requested-with",
      "Access-Control-Allow-Methods": "DELETE, GET, OPTIONS, PATCH, POST, PUT",
      "Access-Control-Max-Age": "86400",
    });
  });

  test("of another origin is answered without any permission", async () => {
    const answer = await preflight({ CORS_ALLOWED_ORIGINS: ["https://other.example"] });

    expect(answer.status).toBe("200 OK");
    expect(corsHeaders(answer)).toEqual({});
  });

  test("says what the settings say", async () => {
    const answer = await preflight({
      ...settings,
      CORS_ALLOW_METHODS: ["GET"],
      CORS_ALLOW_HEADERS: ["x-own"],
      CORS_PREFLIGHT_MAX_AGE: 0,
    });

    expect(corsHeaders(answer)).toEqual({
      [ALLOW_ORIGIN]: ORIGIN,
      "Access-Control-Allow-Headers": "x-own",
      "Access-Control-Allow-Methods": "GET",
    });
  });

  test.each([
    [true, "true", "true"],
    [true, "false", undefined],
    [false, "true", undefined],
  ])("from a public site, with %s and %s, gets %s", async (allow, asked, expected) => {
    const answer = await preflight(
      { ...settings, CORS_ALLOW_PRIVATE_NETWORK: allow },
      { HTTP_ACCESS_CONTROL_REQUEST_PRIVATE_NETWORK: asked },
    );

    expect(answer.header("Access-Control-Allow-Private-Network")).toBe(expected);
  });

  test("is none without a method to ask for: the view answers", async () => {
    const answer = await ask(settings, ORIGIN, "OPTIONS");

    expect(answer.text).toBe("ok");
    expect(answer.header("Access-Control-Allow-Methods")).toContain("PUT");
  });
});

test("createCorsMiddleware takes options before settings", async () => {
  const middleware = createCorsMiddleware({ allowAllOrigins: true });

  const answer = await ask({ MIDDLEWARE: [middleware], CORS_ALLOWED_ORIGINS: ["https://a.com"] });

  expect(answer.header(ALLOW_ORIGIN)).toBe("*");
});

describe("the settings", () => {
  test.each([["example.com"], ["https://example.com/"], ["https://example.com/path"], ["*"], [""]])(
    "refuse the origin %j",
    (origin) => {
      const settings = {
        SECRET_KEY: "for tests",
        ROOT_URLCONF: () => Promise.resolve({ urlpatterns: [] }),
        CORS_ALLOWED_ORIGINS: [origin],
      };

      expect(() => defineSettings(settings)).toThrow("CORS_ALLOWED_ORIGINS must be");
    },
  );
});
