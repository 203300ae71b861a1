/**
 * One line of log for a response that says that something is wrong.
 *
 * Layer 4 (conf). Source: Django utils/log.py (`log_response`). Whoever knows best why a response is what it is logs it
 * first; what the handler would log of it later is dropped then.
 */
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import { escapeUnicode } from "../utils/log-escape.ts";
import type { LogLevel } from "../utils/logger.ts";
import { Thrown } from "./log-details.ts";
import { requestLogger } from "./loggers.ts";

export interface Problem {
  readonly request: HttpRequest;
  readonly status: number;
  /** The logger. @default "minorswing.request" */
  readonly name?: string;
  /** @default by status: `error` from 500, `warn` from 400, else `info` */
  readonly level?: LogLevel;
  /** What was thrown, whatever that is; shown with its stack. */
  readonly error?: unknown;
  /** Whether the path stands behind the message. @default true */
  readonly withPath?: boolean;
}

/** As `Problem`; the status is that of the response. */
export interface LoggedResponse extends Omit<Problem, "status"> {
  readonly response: HttpResponseBase;
}

const logged = new WeakSet<HttpResponseBase>();

/** Logs `"<message>: <path>"`, once for each response. */
export function logResponse(message: string, about: LoggedResponse): void {
  if (logged.has(about.response)) return;
  markLogged(about.response);
  logProblem(message, { ...about, status: about.response.status });
}

/** For whoever logs a problem before there is a response: nothing more is logged of this one. */
export function markLogged(response: HttpResponseBase): HttpResponseBase {
  logged.add(response);
  return response;
}

/** Logs `"<message>: <path>"`. */
export function logProblem(message: string, about: Problem): void {
  const { request, status, name = "minorswing.request", withPath = true } = about;
  const facts = { status, method: request.method, path: request.path };
  const text = escapeControls(message) + (withPath ? `: ${escapeUnicode(request.path)}` : "");
  const details = "error" in about ? { error: new Thrown(about.error) } : {};
  requestLogger(request, name, facts)[about.level ?? levelOf(status)](text, details);
}

/** The first level that Django knows for such a status. */
function levelOf(status: number): LogLevel {
  if (status >= 500) return "error";
  return status >= 400 ? "warn" : "info";
}

/** The messages of errors quote what clients have sent; other languages than English may stay readable. */
function escapeControls(message: string): string {
  return message.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, escapeUnicode);
}
