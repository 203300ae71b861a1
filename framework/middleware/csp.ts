/**
 * Says what a page may load and run (Content-Security-Policy), and gives its own scripts a nonce.
 *
 * Layer 6 (middleware). Settings: SECURE_CSP, SECURE_CSP_REPORT_ONLY, made ready once.
 * Source: Django middleware/csp.py; Content Security Policy Level 3.
 * A header that a view has set stays as it is; a response with a `cspPolicy` of its own has that one.
 */
import { randomBytes } from "node:crypto";
import type { MiddlewareFactory } from "../conf/settings.ts";
import type { PagePolicies } from "../http/page-policies.ts";
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import { compilePolicy, type CspPolicy, type CspText } from "../utils/csp.ts";
import { getOrInsert } from "../utils/get-or-insert.ts";
import { whenReady } from "../utils/maybe-promise.ts";

declare module "../http/request.ts" {
  interface RequestExtensions {
    /**
     * The word that marks this page's own scripts and styles: `<script nonce="{{ request.cspNonce }}">`. Made when it is
     * first read; a policy has it (where it says `CSP.NONCE`) only when it was. Needs `cspMiddleware`.
     */
    readonly cspNonce?: string;
  }
}

/** What is left out comes from the settings. */
export interface CspOptions {
  /** SECURE_CSP. */
  readonly policy?: CspPolicy;
  /** SECURE_CSP_REPORT_ONLY. */
  readonly reportOnly?: CspPolicy;
  /** Makes nonces. @default 16 random bytes in URL-safe base64: 22 characters */
  readonly makeNonce?: () => string;
}

export const cspMiddleware: MiddlewareFactory = createCspMiddleware();

export function createCspMiddleware(options: CspOptions = {}): MiddlewareFactory {
  const { makeNonce = randomNonce } = options;
  return function cspMiddleware(getResponse, { settings }) {
    const enforced = compilePolicy(options.policy ?? settings.SECURE_CSP);
    const reported = compilePolicy(options.reportOnly ?? settings.SECURE_CSP_REPORT_ONLY);
    return (request) => {
      const usedNonce = giveNonce(request, makeNonce);
      return whenReady(getResponse(request), (response) => {
        const { cspPolicy, cspReportOnlyPolicy }: PagePolicies = response;
        addHeader(response, "Content-Security-Policy", textOf(cspPolicy, enforced)(usedNonce()));
        addHeader(
          response,
          "Content-Security-Policy-Report-Only",
          textOf(cspReportOnlyPolicy, reported)(usedNonce()),
        );
        return response;
      });
    };
  };
}

function randomNonce(): string {
  return randomBytes(16).toString("base64url");
}

/** Puts the nonce on the request, and returns whether there is one by now. */
function giveNonce(request: HttpRequest, makeNonce: () => string): () => string | undefined {
  let nonce: string | undefined;
  Object.defineProperty(request, "cspNonce", {
    configurable: true,
    enumerable: true,
    get: () => (nonce ??= makeNonce()),
  });
  return () => nonce;
}

/** Policies of single views are few, and live as long as their views. */
const compiled = new WeakMap<CspPolicy, CspText>();

function textOf(own: CspPolicy | undefined, usual: CspText): CspText {
  if (own === undefined) return usual;
  return getOrInsert(compiled, own, () => compilePolicy(own));
}

function addHeader(response: HttpResponseBase, name: string, value: string): void {
  if (value !== "") response.headers.setDefault(name, value);
}
