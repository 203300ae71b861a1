/**
 * From an exception to the response that the client gets, and to what the log says.
 *
 * Layer 7 (handlers). Errors: none come out, but with DEBUG_PROPAGATE_EXCEPTIONS those that would be a 500.
 * Source: Django core/handlers/exception.py (`response_for_exception`).
 * Differs from Django: a body over its limit is answered 413, not 400; an error is logged before its handler is
 * called, so that no handler can lose it; a handler500 that fails is answered with the plain page.
 */
import { logProblem, markLogged } from "../conf/log-response.ts";
import type { Application } from "../conf/settings.ts";
import { SuspiciousOperation } from "../exceptions.ts";
import { InvalidRequestBody } from "../http/json-body.ts";
import type { HttpRequest } from "../http/request.ts";
import { type HttpResponseBase, reasonPhrase } from "../http/response.ts";
import { JsonResponse } from "../http/responses.ts";
import { MultiPartParserError } from "../http/uploads/multipart-error.ts";
import { gotRequestException } from "../signals/core.ts";
import { errorMessage } from "../utils/describe.ts";
import { isPromise, type MaybePromise, whenReady } from "../utils/maybe-promise.ts";
import { technical404Response, technicalErrorResponse } from "../views/debug.ts";
import { errorPage, errorStatus } from "../views/defaults.ts";
import { callErrorHandler } from "./error-views.ts";

/** Under DEBUG_PROPAGATE_EXCEPTIONS an error passes every layer of the chain, and is reported at the first. */
const propagated = new WeakMap<HttpRequest, { readonly error: unknown }>();

/** Converts `error`, and tells the log of it; of a 404 the log hears when the response is sent. */
export function responseForException(
  request: HttpRequest,
  error: unknown,
  app: Application,
): MaybePromise<HttpResponseBase> {
  const status = errorStatus(error);
  if (status === 500) return serverErrorResponse(request, error, app);
  if (status !== 404) logClientError(request, error, status);
  const failed = (handlerError: unknown): MaybePromise<HttpResponseBase> =>
    serverErrorResponse(request, handlerError, app);
  return orElse(() => {
    const response = clientErrorResponse(request, error, status, app);
    return status === 404 ? response : whenReady(response, markLogged);
  }, failed);
}

function clientErrorResponse(
  request: HttpRequest,
  error: unknown,
  status: number,
  app: Application,
): MaybePromise<HttpResponseBase> {
  const { DEBUG } = app.settings;
  if (status === 404) {
    return DEBUG
      ? technical404Response(request, error)
      : callErrorHandler("handler404", request, error, app);
  }
  // As in Django: a 403 has its own page even with DEBUG, for it is an answer and no accident.
  if (status === 403) return callErrorHandler("handler403", request, error, app);
  // Whoever sent JSON to be checked is a program, and the issues speak of its own data only.
  if (error instanceof InvalidRequestBody)
    return new JsonResponse({ issues: error.issues }, { status });
  return DEBUG && !(error instanceof MultiPartParserError)
    ? technicalErrorResponse(request, error, status)
    : callErrorHandler("handler400", request, error, app);
}

function serverErrorResponse(
  request: HttpRequest,
  error: unknown,
  app: Application,
): MaybePromise<HttpResponseBase> {
  reportServerError(request, error, app);
  const failed = (handlerError: unknown): HttpResponseBase => {
    reportServerError(request, handlerError, app);
    return markLogged(errorPage(500));
  };
  return orElse(() => {
    const response = app.settings.DEBUG
      ? technicalErrorResponse(request, error)
      : callErrorHandler("handler500", request, error, app);
    return whenReady(response, markLogged);
  }, failed);
}

/** Tells receivers and the log; throws `error` when it is to reach the server. */
function reportServerError(request: HttpRequest, error: unknown, app: Application): void {
  const before = propagated.get(request);
  if (before !== undefined && before.error === error) throw error;
  gotRequestException.sendRobust({ error, request });
  if (app.settings.DEBUG_PROPAGATE_EXCEPTIONS) {
    propagated.set(request, { error });
    throw error;
  }
  logProblem("Internal Server Error", { request, status: 500, error });
}

/** Each with its stack: a client's mistake is found in the view that refuses it. */
function logClientError(request: HttpRequest, error: unknown, status: number): void {
  const about = { request, status, error };
  if (error instanceof SuspiciousOperation) {
    const name = `minorswing.security.${error.name}`;
    logProblem(errorMessage(error), { ...about, name, level: "error", withPath: false });
  } else if (status === 403) {
    logProblem("Forbidden (Permission denied)", about);
  } else if (error instanceof MultiPartParserError) {
    logProblem("Bad request (Unable to parse request body)", about);
  } else if (error instanceof InvalidRequestBody) {
    // The issues say it all; the stack would only show where the body was asked for.
    logProblem(errorMessage(error), { request, status });
  } else {
    logProblem(errorMessage(error) || reasonPhrase(status), about);
  }
}

/** `call`, and `failed` when that throws or rejects. */
function orElse(
  call: () => MaybePromise<HttpResponseBase>,
  failed: (error: unknown) => MaybePromise<HttpResponseBase>,
): MaybePromise<HttpResponseBase> {
  try {
    const response = call();
    return isPromise(response) ? response.then(undefined, failed) : response;
  } catch (error) {
    return failed(error);
  }
}
