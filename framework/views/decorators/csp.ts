/**
 * Decorators: a Content-Security-Policy for one view, instead of that of the settings.
 *
 * Layer 6 (views). Source: Django views/decorators/csp.py. Need `cspMiddleware`.
 * Errors: `ImproperlyConfigured`, where the view is decorated, for what is no policy.
 */
import { ImproperlyConfigured } from "../../exceptions.ts";
import type { PagePolicies } from "../../http/page-policies.ts";
import type { View } from "../../urls/route-params.ts";
import { type CspPolicy, isCspPolicy } from "../../utils/csp.ts";
import { changeResponse } from "../wrap-view.ts";

/** This policy instead of SECURE_CSP; `{}` for none. */
export function cspOverride<P>(policy: CspPolicy, view: View<P>): View<P> {
  checkPolicy("cspOverride", policy);
  return changeResponse(view, (response) => {
    const policies: PagePolicies = response;
    policies.cspPolicy = policy;
    return response;
  });
}

/** This policy instead of SECURE_CSP_REPORT_ONLY; `{}` for none. */
export function cspReportOnlyOverride<P>(policy: CspPolicy, view: View<P>): View<P> {
  checkPolicy("cspReportOnlyOverride", policy);
  return changeResponse(view, (response) => {
    const policies: PagePolicies = response;
    policies.cspReportOnlyPolicy = policy;
    return response;
  });
}

function checkPolicy(name: string, policy: unknown): void {
  if (isCspPolicy(policy)) return;
  throw new ImproperlyConfigured(
    `${name} takes a policy such as { "default-src": [CSP.SELF] }, without ";" and "," in its values; found ${JSON.stringify(policy)}`,
  );
}
