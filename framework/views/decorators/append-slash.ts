/**
 * Decorator: a view that nobody is redirected to for a missing slash.
 *
 * Layer 6 (views). Source: Django views/decorators/common.py (`no_append_slash`).
 */
import type { View } from "../../urls/route-params.ts";
import { markView } from "../wrap-view.ts";

/** `commonMiddleware` leaves the 404 of this view's path without its slash as it is. */
export function noAppendSlash<P>(view: View<P>): View<P> {
  return markView(view, { shouldAppendSlash: false });
}
