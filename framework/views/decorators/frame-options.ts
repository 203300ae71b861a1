/**
 * Decorators: whether a page may stand in a frame.
 *
 * Layer 6 (views). Source: Django views/decorators/clickjacking.py. A header that the view has set stays as it is.
 */
import type { PagePolicies } from "../../http/page-policies.ts";
import type { View } from "../../urls/route-params.ts";
import { changeResponse } from "../wrap-view.ts";

/** In no frame at all. */
export function xframeOptionsDeny<P>(view: View<P>): View<P> {
  return withOption("DENY", view);
}

/** In frames of this site only. */
export function xframeOptionsSameorigin<P>(view: View<P>): View<P> {
  return withOption("SAMEORIGIN", view);
}

/** In any frame: `xFrameOptionsMiddleware` leaves the answers of this view alone. */
export function xframeOptionsExempt<P>(view: View<P>): View<P> {
  return changeResponse(view, (response) => {
    const policies: PagePolicies = response;
    policies.xframeOptionsExempt = true;
    return response;
  });
}

function withOption<P>(value: string, view: View<P>): View<P> {
  return changeResponse(view, (response) => {
    response.headers.setDefault("X-Frame-Options", value);
    return response;
  });
}
