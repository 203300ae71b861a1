/**
 * Decorator: a view whose answers are compressed.
 *
 * Layer 6 (views). Source: Django views/decorators/gzip.py.
 */
import { Compressor } from "../../http/compressed-response.ts";
import type { View } from "../../urls/route-params.ts";
import { changeResponse, whenRendered } from "../wrap-view.ts";

const compressor = new Compressor();

/** What `gzipMiddleware` does, for one view. */
export function gzipPage<P>(view: View<P>): View<P> {
  return changeResponse(
    view,
    whenRendered((response, request) => compressor.compress(request, response)),
  );
}
