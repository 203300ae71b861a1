import { describe, expect, test } from "vitest";
import { runChecks } from "../../../framework/checks/registry.ts";
import { DEFAULT_SETTINGS } from "../../../framework/conf/defaults.ts";
import { middlewareChecks } from "../../../framework/middleware/checks.ts";
import { xFrameOptionsMiddleware } from "../../../framework/middleware/frame-options.ts";
import { securityMiddleware } from "../../../framework/middleware/security.ts";

const GOOD = {
  ...DEFAULT_SETTINGS,
  MIDDLEWARE: [securityMiddleware, xFrameOptionsMiddleware],
};

async function idsFor(overrides: Partial<typeof GOOD>): Promise<(string | undefined)[]> {
  const subject = { settings: { ...GOOD, ...overrides } };
  return (await runChecks(subject, middlewareChecks, { deploy: true })).map(({ id }) => id);
}

describe("the security checks of middleware", () => {
  test("find nothing wrong with the defaults", async () => {
    expect(await idsFor({})).toEqual([]);
  });

  test.each<[ids: string[], overrides: Partial<typeof GOOD>]>([
    [["security.W001"], { MIDDLEWARE: [xFrameOptionsMiddleware] }],
    [["security.W002"], { MIDDLEWARE: [securityMiddleware] }],
    [["security.W006"], { SECURE_CONTENT_TYPE_NOSNIFF: false }],
    [["security.W019"], { X_FRAME_OPTIONS: "SAMEORIGIN" }],
    [["security.W022"], { SECURE_REFERRER_POLICY: null }],
    [["security.E023"], { SECURE_REFERRER_POLICY: "same-orgin" }],
    [[], { SECURE_REFERRER_POLICY: "no-referrer, strict-origin-when-cross-origin" }],
    [["security.E024"], { SECURE_CROSS_ORIGIN_OPENER_POLICY: "same" }],
    [[], { SECURE_CROSS_ORIGIN_OPENER_POLICY: null }],
    [
      ["security.W001", "security.W002"],
      { MIDDLEWARE: [], SECURE_REFERRER_POLICY: null, X_FRAME_OPTIONS: "SAMEORIGIN" },
    ],
  ])("%j for %o", async (ids, overrides) => {
    expect(await idsFor(overrides)).toEqual(ids);
  });
});
