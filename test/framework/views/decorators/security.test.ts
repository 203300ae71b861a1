import { describe, expect, test } from "vitest";
import { HttpResponse } from "../../../../framework/http/response.ts";
import { commonMiddleware } from "../../../../framework/middleware/common.ts";
import { cspMiddleware } from "../../../../framework/middleware/csp.ts";
import { xFrameOptionsMiddleware } from "../../../../framework/middleware/frame-options.ts";
import { path } from "../../../../framework/urls/path.ts";
import { CSP, type CspPolicy } from "../../../../framework/utils/csp.ts";
import { noAppendSlash } from "../../../../framework/views/decorators/append-slash.ts";
import { cspOverride, cspReportOnlyOverride } from "../../../../framework/views/decorators/csp.ts";
import {
  xframeOptionsDeny,
  xframeOptionsExempt,
  xframeOptionsSameorigin,
} from "../../../../framework/views/decorators/frame-options.ts";
import { requireGET } from "../../../../framework/views/decorators/methods.ts";
import { answerOf, call, makeApplication } from "../../../support/wsgi.ts";

const ok = () => new HttpResponse("ok");
const late = async () => new HttpResponse("ok");

describe("X-Frame-Options of one view", () => {
  const settings = { MIDDLEWARE: [xFrameOptionsMiddleware], X_FRAME_OPTIONS: "DENY" as const };
  const own = () => new HttpResponse("", { headers: { "X-Frame-Options": "DENY" } });

  test.each([
    ["SAMEORIGIN", xframeOptionsSameorigin(ok)],
    ["SAMEORIGIN", xframeOptionsSameorigin(late)],
    ["DENY", xframeOptionsDeny(ok)],
    ["DENY", xframeOptionsSameorigin(own)],
    [undefined, xframeOptionsExempt(ok)],
    [undefined, xframeOptionsExempt(late)],
  ])("is %s", async (value, view) => {
    expect((await answerOf(view, settings)).header("X-Frame-Options")).toBe(value);
  });

  test("needs no middleware to be denied", async () => {
    expect((await answerOf(xframeOptionsDeny(ok))).header("X-Frame-Options")).toBe("DENY");
  });
});

describe("Content-Security-Policy of one view", () => {
  const settings = {
    MIDDLEWARE: [cspMiddleware],
    SECURE_CSP: { "default-src": [CSP.SELF] },
    SECURE_CSP_REPORT_ONLY: { "default-src": [CSP.NONE] },
  };
  const ENFORCED = "Content-Security-Policy";
  const REPORTED = "Content-Security-Policy-Report-Only";

  test("takes the place of that of the settings, each for itself", async () => {
    const answer = await answerOf(cspOverride({ "img-src": "*" }, ok), settings);

    expect(answer.header(ENFORCED)).toBe("img-src *");
    expect(answer.header(REPORTED)).toBe("default-src 'none'");
  });

  test("may be none at all", async () => {
    const answer = await answerOf(cspOverride({}, cspReportOnlyOverride({}, late)), settings);

    expect(answer.header(ENFORCED)).toBeUndefined();
    expect(answer.header(REPORTED)).toBeUndefined();
  });

  test("is refused where the view is decorated when it is no policy", () => {
    const policy: CspPolicy = { "script-src": "'self'; object-src *" };

    expect(() => cspOverride(policy, ok)).toThrow("cspOverride takes a policy such as");
    expect(() => cspReportOnlyOverride(policy, ok)).toThrow("cspReportOnlyOverride takes");
  });
});

test("noAppendSlash keeps the 404 of the path without its slash, through other decorators", async () => {
  const application = await makeApplication(
    [path("a/", requireGET(noAppendSlash(ok))), path("b/", noAppendSlash(requireGET(ok)))],
    { MIDDLEWARE: [commonMiddleware] },
  );

  expect((await call(application, { path: "/a" })).status).toMatch(/^404/);
  expect((await call(application, { path: "/b" })).status).toMatch(/^404/);
  expect((await call(application, { path: "/a/" })).status).toMatch(/^200/);
});
