/**
 * What a view or a decorator may say about the headers that middleware add to every page.
 *
 * Layer 2 (http). Types only. Why here: middleware read it, views and debug pages set it.
 * Source: Django's `response._csp_config`, `response._csp_ro_config` and `response.xframe_options_exempt`.
 */
import type { CspPolicy } from "../utils/csp.ts";

export interface PagePolicies {
  /** Instead of SECURE_CSP; `{}` for none. */
  cspPolicy?: CspPolicy;
  /** Instead of SECURE_CSP_REPORT_ONLY; `{}` for none. */
  cspReportOnlyPolicy?: CspPolicy;
  /** Whether the page may stand in frames of any site: no `X-Frame-Options`. */
  xframeOptionsExempt?: boolean;
}

declare module "./response.ts" {
  // oxlint-disable-next-line typescript/no-empty-object-type -- every response has these
  interface HttpResponseBase extends PagePolicies {}
}
