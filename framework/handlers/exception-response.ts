/**
 * From an exception to the response that the client gets, and to what the log says.
 *
 * Layer 7 (handlers). Source: Django core/handlers/exception.py (`response_for_exception`).
 * Differs from Django: a body over its limit is answered 413, not 400.
 */
import type { Application } from "../conf/settings.ts";
import {
  BadRequest,
  Http404,
  PermissionDenied,
  RequestDataTooBig,
  SuspiciousOperation,
} from "../exceptions.ts";
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponse } from "../http/response.ts";
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
  // As in Django: a 403 has its plain page even with DEBUG, for it is an answer and no accident.
  return DEBUG && status !== 403
    ? technicalErrorResponse(request, error, status)
    : errorPage(status);
}

/** The server's own errors about a request body (bad chunks, a client that stalls) say which status they mean. */
function clientErrorStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("status" in error)) return undefined;
  const { status } = error;
  return typeof status === "number" && status >= 400 && status < 500 ? status : undefined;
}

function statusFor(error: unknown): number {
  if (error instanceof Http404) return 404;
  if (error instanceof PermissionDenied) return 403;
  if (error instanceof RequestDataTooBig) return 413;
  if (error instanceof BadRequest || error instanceof SuspiciousOperation) return 400;
  return clientErrorStatus(error) ?? 500;
}

function log(request: HttpRequest, status: number, error: unknown): void {
  const errors = request.META["wsgi.errors"];
  if (status === 500)
    errors.write(`Internal Server Error: ${request.path}\n${formatError(error)}\n`);
  else if (status === 403) errors.write(`Forbidden (Permission denied): ${request.path}\n`);
  else errors.write(`${errorMessage(error)}: ${request.path}\n`);
}
