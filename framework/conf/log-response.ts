/**
 * One line of log for a response that says that something is wrong.
 *
 * Layer 4 (conf). Source: Django utils/log.py (`log_response`). Whoever knows best why a response is what it is logs it
 * first; what would be logged of it later is dropped then.
 */
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";

export interface LoggedResponse {
  readonly request: HttpRequest;
  readonly response: HttpResponseBase;
}

const logged = new WeakSet<HttpResponseBase>();

/** Logs `"<message>: <path>"`, once for each response. */
export function logResponse(message: string, { request, response }: LoggedResponse): void {
  if (logged.has(response)) return;
  logged.add(response);
  request.META["wsgi.errors"].write(`${message}: ${request.path}\n`);
}
