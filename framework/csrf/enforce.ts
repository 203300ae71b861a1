/**
 * The steps of protecting a view, which the middleware and the decorators share.
 *
 * Layer 6 (csrf). Source: Django middleware/csrf.py (`process_view`, `_reject`), utils/log.py (`log_response`).
 */
import { logResponse } from "../conf/log-response.ts";
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import { isPromise, type MaybePromise, whenReady } from "../utils/maybe-promise.ts";
import type { View } from "../urls/route-params.ts";
import { csrfFailure } from "./failure-view.ts";
import { type CsrfProtection, protectionFor, settingsOf } from "./protection.ts";

/** RFC 9110 section 9.2.1: these change nothing, so there is nothing to protect. */
const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

/** Whether `csrfExempt` has marked the view. */
export function isExempt(view: View): boolean {
  return "csrfExempt" in view && view.csrfExempt === true;
}

/** From now on the request has tokens, for templates to ask for. */
export function offerToken(request: HttpRequest, protection: CsrfProtection): void {
  request.getCsrfToken ??= () => protection.getToken(request);
}

/** What answers instead of the view; `undefined` to let the request through. */
export function refusal(
  request: HttpRequest,
  protection: CsrfProtection,
): MaybePromise<HttpResponseBase | undefined> {
  if (SAFE_METHODS.has(request.method)) return undefined;
  const reason = protection.check(request);
  if (reason === undefined) return undefined;
  if (!isPromise(reason)) return refuse(request, reason);
  return reason.then((late) => (late === undefined ? undefined : refuse(request, late)));
}

/** The protection of the site that handles the request. */
export function protectionOf(request: HttpRequest): CsrfProtection {
  return protectionFor(settingsOf(request));
}

function refuse(request: HttpRequest, reason: string): MaybePromise<HttpResponseBase> {
  const view = settingsOf(request).CSRF_FAILURE_VIEW ?? csrfFailure;
  return whenReady(view(request, reason), (response) => {
    logResponse(`Forbidden (${reason})`, { request, response, name: "minorswing.security.csrf" });
    return response;
  });
}
