/**
 * Which responses have content, and how long it is.
 *
 * Layer 2 (http). Source: RFC 9110 sections 8.6 and 15.
 */
import { HttpResponse, type HttpResponseBase } from "./response.ts";

/** 1xx, 204 and 304 have none, so neither length nor type; a 304 would have to know the length of the 200. */
export function hasContent(status: number): boolean {
  return status >= 200 && status !== 204 && status !== 304;
}

/** Where the content is known, its length stands in the headers from now on. */
export function setContentLength(response: HttpResponseBase): void {
  if (response instanceof HttpResponse && hasContent(response.status))
    response.headers.setDefault("Content-Length", response.content.byteLength);
}
