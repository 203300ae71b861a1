import { describe, expect, test } from "vitest";
import { runChecks } from "../../../framework/checks/registry.ts";
import { DEFAULT_SETTINGS } from "../../../framework/conf/defaults.ts";
import { middlewareChecks } from "../../../framework/middleware/checks.ts";
import { xFrameOptionsMiddleware } from "../../../framework/middleware/frame-options.ts";
import { securityMiddleware } from "../../../framework/middleware/security.ts";

const GOOD = {
  ...DEFAULT_SETTINGS,
  MIDDLEWARE: [securityMiddleware, xFrameOptionsMiddleware],
  SECURE_HSTS_SECONDS: 3600,
  SECURE_HSTS_INCLUDE_SUBDOMAINS: true,
  SECURE_HSTS_PRELOAD: true,
  SECURE_SSL_REDIRECT: true,
};

async function idsFor(overrides: Partial<typeof GOOD>): Promise<(string | undefined)[]> {
  const subject = { settings: { ...GOOD, ...overrides } };
  return (await runChecks(subject, middlewareChecks, { deploy: true })).map(({ id }) => id);
}

describe("the security checks of middleware", () => {
  test("find nothing wrong with a site that is served by TLS only", async () => {
    expect(await idsFor({})).toEqual([]);
  });

  test.each<[ids: string[], overrides: Partial<typeof GOOD>]>([
    [["security.W001"], { MIDDLEWARE: [xFrameOptionsMiddleware] }],
    [["security.W002"], { MIDDLEWARE: [securityMiddleware] }],
    [["security.W006"], { SECURE_CONTENT_TYPE_NOSNIFF: false }],
    [["security.W019"], { X_FRAME_OPTIONS: "SAMEORIGIN" }],
    [["security.W022"], { SECURE_REFERRER_POLICY: null }],
    [["security.W004"], { SECURE_HSTS_SECONDS: 0, SECURE_HSTS_PRELOAD: false }],
    [["security.W005"], { SECURE_HSTS_INCLUDE_SUBDOMAINS: false }],
    [["security.W008"], { SECURE_SSL_REDIRECT: false }],
    [["security.W021"], { SECURE_HSTS_PRELOAD: false }],
    [
      ["security.W001", "security.W002"],
      { MIDDLEWARE: [], SECURE_REFERRER_POLICY: null, X_FRAME_OPTIONS: "SAMEORIGIN" },
    ],
  ])("%j for %o", async (ids, overrides) => {
    expect(await idsFor(overrides)).toEqual(ids);
  });
});
