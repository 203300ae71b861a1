/**
 * From an exception to the response that the client gets, and to what the log says.
 *
 * Layer 7 (handlers). Source: Django core/handlers/exception.py (`response_for_exception`).
 * Differs from Django: a body over its limit is answered 413, not 400.
 */
import type { Application } from "../conf/settings.ts";
import { BadRequest, Http404, PermissionDenied, SuspiciousOperation } from "../exceptions.ts";
import { InvalidRequestBody } from "../http/json-body.ts";
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponse } from "../http/response.ts";
import { JsonResponse } from "../http/responses.ts";
import { gotRequestException } from "../signals/core.ts";
import { errorMessage } from "../utils/describe.ts";
import { formatError } from "../utils/stack.ts";
import { technical404Response, technicalErrorResponse } from "../views/debug.ts";
import { errorPage } from "../views/defaults.ts";

/** Converts `error`, and writes what only the log should know to `wsgi.errors`. */
export function responseForException(
  request: HttpRequest,
  error: unknown,
  app: Application,
): HttpResponse {
  const { DEBUG } = app.settings;
  const status = statusFor(error);
  if (status === 404) return DEBUG ? technical404Response(request, error) : errorPage(404);
  log(request, status, error);
  if (status === 500) gotRequestException.send({ error, request });
  // Whoever sent JSON to be checked is a program, and the issues speak of its own data only.
  if (error instanceof InvalidRequestBody)
    return new JsonResponse({ issues: error.issues }, { status });
  // As in Django: a 403 has its plain page even with DEBUG, for it is an answer and no accident.
  return DEBUG && status !== 403
    ? technicalErrorResponse(request, error, status)
    : errorPage(status);
}

/** Some errors say which status they mean: those of the limits, and the server's own about a body (bad chunks, a client that stalls). */
function clientErrorStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("status" in error)) return undefined;
  const { status } = error;
  return typeof status === "number" && status >= 400 && status < 500 ? status : undefined;
}

function statusFor(error: unknown): number {
  if (error instanceof Http404) return 404;
  if (error instanceof PermissionDenied) return 403;
  const status = clientErrorStatus(error);
  if (status !== undefined) return status;
  return error instanceof BadRequest || error instanceof SuspiciousOperation ? 400 : 500;
}

function log(request: HttpRequest, status: number, error: unknown): void {
  const errors = request.META["wsgi.errors"];
  if (status === 500)
    errors.write(`Internal Server Error: ${request.path}\n${formatError(error)}\n`);
  else if (status === 403) errors.write(`Forbidden (Permission denied): ${request.path}\n`);
  else errors.write(`${errorMessage(error)}: ${request.path}\n`);
}
