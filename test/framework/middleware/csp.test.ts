import { describe, expect, test } from "vitest";
import { defineSettings } from "../../../framework/conf/define-settings.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { createCspMiddleware, cspMiddleware } from "../../../framework/middleware/csp.ts";
import type { View } from "../../../framework/urls/route-params.ts";
import { CSP, type CspPolicy } from "../../../framework/utils/csp.ts";
import { answerOf, failing } from "../../support/wsgi.ts";

const ENFORCED = "Content-Security-Policy";
const REPORTED = "Content-Security-Policy-Report-Only";
const MIDDLEWARE = [cspMiddleware];
const SECURE_CSP: CspPolicy = { "default-src": [CSP.SELF], "script-src": [CSP.SELF, CSP.NONCE] };
const ok = () => new HttpResponse("ok");
const withNonce: View = (request) => new HttpResponse(request.cspNonce);

describe("cspMiddleware", () => {
  test("sends no header without a policy", async () => {
    const answer = await answerOf(ok, { MIDDLEWARE });

    expect(answer.header(ENFORCED)).toBeUndefined();
    expect(answer.header(REPORTED)).toBeUndefined();
  });

  test("sends the policies of the settings", async () => {
    const answer = await answerOf(ok, {
      MIDDLEWARE,
      SECURE_CSP: { "default-src": [CSP.SELF] },
      SECURE_CSP_REPORT_ONLY: { "default-src": [CSP.NONE], "report-uri": "/csp/" },
    });

    expect(answer.header(ENFORCED)).toBe("default-src 'self'");
    expect(answer.header(REPORTED)).toBe("default-src 'none'; report-uri /csp/");
  });

  test("has the nonce in the policy when the page used it, and it is the same everywhere", async () => {
    const view: View = (request) => new HttpResponse(`${request.cspNonce} ${request.cspNonce}`);
    const settings = { MIDDLEWARE, SECURE_CSP, SECURE_CSP_REPORT_ONLY: SECURE_CSP };

    const answer = await answerOf(view, settings);

    const [nonce, again] = answer.text.split(" ");
    expect(nonce).toMatch(/^[\w-]{22}$/);
    expect(again).toBe(nonce);
    expect(answer.header(ENFORCED)).toBe(`default-src 'self'; script-src 'self' 'nonce-${nonce}'`);
    expect(answer.header(REPORTED)).toBe(answer.header(ENFORCED));
  });

  test("leaves the nonce out when nobody used it", async () => {
    const answer = await answerOf(ok, { MIDDLEWARE, SECURE_CSP });

    expect(answer.header(ENFORCED)).toBe("default-src 'self'; script-src 'self'");
  });

  test("makes another nonce for each request", async () => {
    const nonces = await Promise.all(
      Array.from({ length: 20 }, async () => (await answerOf(withNonce, { MIDDLEWARE })).text),
    );

    expect(new Set(nonces).size).toBe(20);
  });

  test("gives no nonce where it does not stand", async () => {
    const view: View = (request) => new HttpResponse(String(request.cspNonce));

    expect((await answerOf(view)).text).toBe("undefined");
  });

  test("keeps a header that the view has set", async () => {
    const view = () => new HttpResponse("", { headers: { [ENFORCED]: "img-src *" } });

    const answer = await answerOf(view, { MIDDLEWARE, SECURE_CSP });

    expect(answer.header(ENFORCED)).toBe("img-src *");
  });

  test("lets a response have policies of its own, an empty one meaning none", async () => {
    const view: View = (request) =>
      Object.assign(new HttpResponse(request.cspNonce), {
        cspPolicy: {},
        cspReportOnlyPolicy: { "img-src": [CSP.NONCE] },
      });

    const answer = await answerOf(view, {
      MIDDLEWARE,
      SECURE_CSP,
      SECURE_CSP_REPORT_ONLY: SECURE_CSP,
    });

    expect(answer.header(ENFORCED)).toBeUndefined();
    expect(answer.header(REPORTED)).toBe(`img-src 'nonce-${answer.text}'`);
  });

  test("leaves the debug pages their style", async () => {
    const settings = { MIDDLEWARE, SECURE_CSP, SECURE_CSP_REPORT_ONLY: SECURE_CSP, DEBUG: true };
    const html = { environ: { HTTP_ACCEPT: "text/html" } };

    const failed = await answerOf(failing(new Error("broken")), settings, html);
    const missing = await answerOf(ok, settings, { ...html, path: "/nope" });

    expect([failed.status, missing.status].map((status) => status.slice(0, 3))).toEqual([
      "500",
      "404",
    ]);
    expect([failed.header(ENFORCED), missing.header(ENFORCED)]).toEqual([undefined, undefined]);
    expect([failed.header(REPORTED), missing.header(REPORTED)]).toEqual([undefined, undefined]);
  });

  test("made with options, takes them before the settings", async () => {
    const middleware = createCspMiddleware({
      policy: { "script-src": [CSP.NONCE] },
      makeNonce: () => "abc",
    });

    const answer = await answerOf(withNonce, { MIDDLEWARE: [middleware], SECURE_CSP });

    expect(answer.header(ENFORCED)).toBe("script-src 'nonce-abc'");
  });
});

describe("the settings", () => {
  test.each([
    [{ "default-src": ["'self'; script-src *"] }],
    [{ "default-src": "a, b" }],
    [{ "default-src": "a\nb" }],
    [{ "default src": true }],
    [{ "default-src": 3 }],
    ["default-src 'self'"],
    [["default-src"]],
  ])("refuse the policy %j", (policy) => {
    const settings = {
      SECRET_KEY: "for tests",
      ROOT_URLCONF: () => Promise.resolve({ urlpatterns: [] }),
      SECURE_CSP: policy as CspPolicy,
    };

    expect(() => defineSettings(settings)).toThrow("SECURE_CSP must be a policy such as");
  });
});
