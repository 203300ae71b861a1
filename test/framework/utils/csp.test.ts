import { describe, expect, test } from "vitest";
import { compilePolicy, CSP, type CspPolicy } from "../../../framework/utils/csp.ts";

/** Django's own cases (tests/utils_tests/test_csp.py). */
describe("a policy as text", () => {
  test.each<[policy: CspPolicy, text: string]>([
    [{}, ""],
    [{ "default-src": null }, ""],
    [{ "default-src": [] }, ""],
    [{ "upgrade-insecure-requests": true }, "upgrade-insecure-requests"],
    [{ "upgrade-insecure-requests": false }, ""],
    [{ "default-src": CSP.SELF }, "default-src 'self'"],
    [{ "default-src": [CSP.SELF] }, "default-src 'self'"],
    [{ "default-src": [CSP.SELF, CSP.NONE] }, "default-src 'self' 'none'"],
    [
      { "default-src": [CSP.SELF], "script-src": [CSP.NONE] },
      "default-src 'self'; script-src 'none'",
    ],
    [{ "default-src": new Set(["foo", "bar"]) }, "default-src bar foo"],
    [{ "default-src": [CSP.SELF, CSP.NONCE] }, "default-src 'self'"],
    [{ "default-src": [CSP.NONCE] }, ""],
    [{ "script-src": [CSP.NONCE], "img-src": ["*"] }, "img-src *"],
  ])("%j is %j", (policy, text) => {
    expect(compilePolicy(policy)(undefined)).toBe(text);
  });

  test("has the nonce wherever the policy names it", () => {
    const policy = {
      "default-src": CSP.NONCE,
      "script-src": [CSP.SELF, CSP.NONCE],
      "style-src": new Set([CSP.NONCE, CSP.SELF]),
    };

    const text = compilePolicy(policy)("abc");

    expect(text).toBe(
      "default-src 'nonce-abc'; script-src 'self' 'nonce-abc'; style-src 'self' 'nonce-abc'",
    );
  });
});
