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

export interface LoggedResponse {
  readonly request: HttpRequest;
  readonly response: HttpResponseBase;
  /** The logger. @default "minorswing.request" */
  readonly name?: string;
  /** @default by status: `error` from 500, `warn` from 400, else `info` */
  readonly level?: LogLevel;
  /** What was thrown, to be shown with its stack. */
  readonly thrown?: Thrown;
}

const logged = new WeakSet<HttpResponseBase>();

/** Logs `"<message>: <path>"`, or `message` alone where `withPath` is false; each response once. */
export function logResponse(
  message: string,
  about: LoggedResponse,
  withPath: boolean = true,
): void {
  const { request, response, name = "minorswing.request", thrown } = about;
  if (logged.has(response)) return;
  logged.add(response);
  const { status } = response;
  const facts = { status, method: request.method, path: request.path };
  const level = about.level ?? levelOf(status);
  const text = escapeControls(message) + (withPath ? `: ${escapeUnicode(request.path)}` : "");
  requestLogger(request, name, facts)[level](text, thrown === undefined ? {} : { thrown });
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
