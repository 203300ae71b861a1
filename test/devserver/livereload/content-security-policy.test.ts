import { describe, expect, test } from "vitest";
import { scriptPermission } from "../../../devserver/livereload/content-security-policy.ts";

const ORIGIN = "http://localhost:8000";

function permission(...policies: readonly string[]): unknown {
  const headers = policies.map((policy) => ["Content-Security-Policy", policy] as const);
  return scriptPermission(headers, ORIGIN);
}

const PLAIN = { nonce: undefined };

describe("scriptPermission", () => {
  test.each([
    ["no policy for scripts", "img-src 'none'"],
    ["the page's own origin", "default-src 'self'"],
    ["everything", "script-src *; connect-src *"],
    ["the scheme", "script-src http:; connect-src http:"],
    ["the host by name", "script-src localhost:8000; connect-src http://localhost:8000/"],
    [
      "what stands in script-src-elem before script-src",
      "script-src 'none'; script-src-elem 'self'",
    ],
  ])("lets a script run under %s", (_what, policy) => {
    expect(permission(policy)).toEqual(PLAIN);
  });

  test.each([
    ["nothing", "default-src 'none'"],
    ["other hosts", "script-src https://cdn.example; connect-src 'self'"],
    ["trusted scripts only", "script-src 'strict-dynamic' 'self'"],
    ["scripts without connections", "script-src 'self'; connect-src 'none'"],
    ["a sandbox without scripts", "sandbox allow-forms"],
    ["hashes", "script-src 'sha256-abc='"],
  ])("does nothing where a policy allows %s", (_what, policy) => {
    expect(permission(policy)).toBeUndefined();
  });

  test("takes the nonce of the policy", () => {
    expect(permission("script-src 'nonce-c3dpbmc=' 'strict-dynamic'; connect-src 'self'")).toEqual({
      nonce: "c3dpbmc=",
    });
  });

  test("takes no nonce that a second policy does not know", () => {
    expect(permission("script-src 'nonce-a'", "script-src 'nonce-b'")).toBeUndefined();
    expect(permission("script-src 'nonce-a'", "script-src 'nonce-b' 'nonce-a'")).toEqual({
      nonce: "a",
    });
    expect(permission("script-src 'nonce-a', script-src 'none'")).toBeUndefined();
  });

  test("leaves a nonce alone that is no base64", () => {
    expect(permission(`script-src 'nonce-a"b'`)).toBeUndefined();
  });

  test("does not mind a policy that is only reported", () => {
    const headers = [["Content-Security-Policy-Report-Only", "default-src 'none'"]] as const;

    expect(scriptPermission(headers, ORIGIN)).toEqual(PLAIN);
  });
});
