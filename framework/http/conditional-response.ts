/**
 * The answer to a conditional request: 304, 412, or the content.
 *
 * Layer 2 (http). Units: seconds since the epoch.
 * Source: RFC 9110 sections 13.2 and 15.4.5; Django utils/cache.py (`get_conditional_response`, `set_response_etag`).
 * Differs from Django: a 304 is the response that was there, without its content, so that cookies to be signed and
 * whatever is to be closed stay with it.
 */
import { createHash } from "node:crypto";
import { checkConditions, conditionsOf, type Validators, validatorsOf } from "./conditional.ts";
import type { HttpRequest } from "./request.ts";
import { HttpResponse, type HttpResponseBase, reasonPhrase } from "./response.ts";
import { HttpResponseNotModified } from "./responses.ts";
import { StreamingHttpResponse } from "./streaming-response.ts";

/** What a 304 says again (RFC 9110 section 15.4.5), and the date that Django keeps. Cookies are kept as well. */
const KEPT: ReadonlySet<string> = new Set([
  "cache-control",
  "content-location",
  "date",
  "etag",
  "expires",
  "last-modified",
  "vary",
]);

/** Before there is a response: what answers in its place, if the conditions say so. */
export function answerConditions(
  request: HttpRequest,
  validators: Validators,
): HttpResponse | undefined {
  const verdict = checkConditions(request.method, conditionsOf(request.META), validators);
  if (verdict === undefined) return undefined;
  return verdict === 304 ? new HttpResponseNotModified() : new HttpResponse("", { status: 412 });
}

/**
 * Afterwards: the response itself, or what the conditions make of it. Only a success can be unmodified. Validators are
 * its `ETag` and `Last-Modified`; without either there is nothing to compare.
 */
export function applyConditions<Response extends HttpResponseBase>(
  request: HttpRequest,
  response: Response,
): Response | HttpResponse {
  const validators = validatorsOf(response.headers);
  if (validators.etag === undefined && validators.lastModified === undefined) return response;
  if (response.status < 200 || response.status > 299) return response;
  const verdict = checkConditions(request.method, conditionsOf(request.META), validators);
  if (verdict === undefined) return response;
  if (verdict === 304) return notModified(response);
  return new HttpResponse("", { status: 412 }).onClose(() => response.close());
}

/** The tag that Django gives: the MD5 of the content. Streams and empty bodies have none. */
export function setResponseEtag(response: HttpResponseBase): void {
  if (!(response instanceof HttpResponse) || response.headers.has("ETag")) return;
  const { content } = response;
  if (content.byteLength === 0) return;
  response.headers.set("ETag", `"${createHash("md5").update(content).digest("hex")}"`);
}

/** The source of a stream is closed with the response, though nobody reads it. */
function notModified<Response extends HttpResponseBase>(response: Response): Response {
  if (response instanceof StreamingHttpResponse) response.streamingContent = [];
  else if (response instanceof HttpResponse) response.content = "";
  response.status = 304;
  response.reason = reasonPhrase(304);
  for (const [name] of response.headers)
    if (!KEPT.has(name.toLowerCase())) response.headers.delete(name);
  return response;
}
