/**
 * Keeps other sites from showing a page inside theirs (clickjacking).
 *
 * Layer 6 (middleware). Setting: X_FRAME_OPTIONS, read once. Source: Django middleware/clickjacking.py; RFC 7034.
 * A header that a view has set stays as it is; `response.xframeOptionsExempt = true` sends none.
 */
import type { MiddlewareFactory } from "../conf/settings.ts";
import type { PagePolicies } from "../http/page-policies.ts";
import type { HttpResponseBase } from "../http/response.ts";
import { whenReady } from "../utils/maybe-promise.ts";

export interface XFrameOptions {
  /** @default the setting X_FRAME_OPTIONS */
  readonly value?: "DENY" | "SAMEORIGIN";
}

export const xFrameOptionsMiddleware: MiddlewareFactory = createXFrameOptionsMiddleware();

export function createXFrameOptionsMiddleware(options: XFrameOptions = {}): MiddlewareFactory {
  return function xFrameOptionsMiddleware(getResponse, { settings }) {
    const { value = settings.X_FRAME_OPTIONS } = options;
    const addHeader = (response: HttpResponseBase): HttpResponseBase => {
      const { xframeOptionsExempt }: PagePolicies = response;
      if (xframeOptionsExempt !== true) response.headers.setDefault("X-Frame-Options", value);
      return response;
    };
    return (request) => whenReady(getResponse(request), addHeader);
  };
}
