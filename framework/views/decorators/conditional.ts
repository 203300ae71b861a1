/**
 * Decorators: a view that is not called for who has its answer already.
 *
 * Layer 6 (views). Source: Django views/decorators/http.py (`condition`); RFC 9110 section 13.
 * The functions that find out the version get what the view gets, and are much cheaper than it, or else it is not
 * worth it. A synchronous view with synchronous functions stays synchronous.
 */
import { logResponse } from "../../conf/log-response.ts";
import { answerConditions } from "../../http/conditional-response.ts";
import { quoteEtag, type Validators } from "../../http/conditional.ts";
import type { HttpRequest } from "../../http/request.ts";
import { HttpResponseBase } from "../../http/response.ts";
import { conditionalGet } from "../../middleware/conditional-get.ts";
import type { View } from "../../urls/route-params.ts";
import { formatHttpDate } from "../../utils/dates.ts";
import { isPromise, type MaybePromise, whenReady } from "../../utils/maybe-promise.ts";
import { changeResponse, whenRendered, wrapView } from "../wrap-view.ts";

/** The entity tag of what the view would answer, with or without quotes; nothing when there is none. */
export type EtagFunction<P> = (
  request: HttpRequest,
  params: P,
) => MaybePromise<string | null | undefined>;

/** When that last changed; nothing when nobody knows. */
export type LastModifiedFunction<P> = (
  request: HttpRequest,
  params: P,
) => MaybePromise<Date | null | undefined>;

export interface ConditionFunctions<P> {
  readonly etag?: EtagFunction<P>;
  readonly lastModified?: LastModifiedFunction<P>;
}

/** 304 or 412 where the conditions of the request say so; else the view's answer, with its validators. */
export function condition<P>(functions: ConditionFunctions<P>, view: View<P>): View<P> {
  return wrapView<P>(view, (request, params) =>
    whenReady<Validators, unknown>(validatorsOf(functions, request, params), (validators) => {
      const early = answerConditions(request, validators);
      if (early?.status === 412) logResponse("Precondition Failed", { request, response: early });
      return whenReady<unknown, unknown>(early ?? view(request, params), (response) => {
        if (response instanceof HttpResponseBase) addValidators(request, response, validators);
        return response;
      });
    }),
  );
}

/** `condition` with an entity tag only. */
export function etag<P>(etagOf: EtagFunction<P>, view: View<P>): View<P> {
  return condition({ etag: etagOf }, view);
}

/** `condition` with a date only. */
export function lastModified<P>(lastModifiedOf: LastModifiedFunction<P>, view: View<P>): View<P> {
  return condition({ lastModified: lastModifiedOf }, view);
}

/** What `conditionalGetMiddleware` does, for one view: it is called, and its answer sent only where it is new. */
export function conditionalPage<P>(view: View<P>): View<P> {
  return changeResponse(
    view,
    whenRendered((response, request) => conditionalGet(request, response)),
  );
}

/** Both functions are called before either is waited for. */
function validatorsOf<P>(
  functions: ConditionFunctions<P>,
  request: HttpRequest,
  params: P,
): MaybePromise<Validators> {
  const modified = functions.lastModified?.(request, params);
  const tag = functions.etag?.(request, params);
  if (!isPromise(modified) && !isPromise(tag)) return toValidators(modified, tag);
  return Promise.all([modified, tag]).then(([date, text]) => toValidators(date, text));
}

function toValidators(
  modified: Date | null | undefined,
  tag: string | null | undefined,
): Validators {
  return {
    ...(tag !== null && tag !== undefined && { etag: quoteEtag(tag) }),
    // HTTP knows no fractions of a second.
    ...(modified && { lastModified: Math.trunc(modified.getTime() / 1000) }),
  };
}

/** Only a GET's answer is the version that the functions spoke of. */
function addValidators(
  { method }: HttpRequest,
  { headers }: HttpResponseBase,
  validators: Validators,
): void {
  if (method !== "GET" && method !== "HEAD") return;
  if (validators.lastModified !== undefined)
    headers.setDefault("Last-Modified", formatHttpDate(validators.lastModified));
  if (validators.etag !== undefined) headers.setDefault("ETag", validators.etag);
}
