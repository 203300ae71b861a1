/**
 * Decorators: how long an answer may be kept, and what it depends on.
 *
 * Layer 6 (views). Source: Django views/decorators/cache.py and vary.py; RFC 9111.
 */
import {
  addNeverCacheHeaders,
  type CacheControlOptions,
  patchCacheControl,
} from "../../http/cache-control.ts";
import { patchVaryHeaders } from "../../http/vary.ts";
import type { View } from "../../urls/route-params.ts";
import { changeResponse } from "../wrap-view.ts";

/** Adds directives to `Cache-Control`: `cacheControl({ maxAge: 3600, public: true }, view)`. */
export function cacheControl<P>(options: CacheControlOptions, view: View<P>): View<P> {
  return changeResponse(view, (response) => {
    patchCacheControl(response, options);
    return response;
  });
}

/** Answers that nobody may keep. */
export function neverCache<P>(view: View<P>): View<P> {
  return changeResponse(view, (response) => {
    addNeverCacheHeaders(response);
    return response;
  });
}

/** Adds request headers to `Vary`: `varyOn(["Cookie", "Accept"], view)`. */
export function varyOn<P>(headers: readonly string[], view: View<P>): View<P> {
  return changeResponse(view, (response) => {
    patchVaryHeaders(response, headers);
    return response;
  });
}

/** `varyOn`, under Django's name. */
export const varyOnHeaders: typeof varyOn = varyOn;

/** The answer depends on the cookies. */
export function varyOnCookie<P>(view: View<P>): View<P> {
  return varyOn(["Cookie"], view);
}
