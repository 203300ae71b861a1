/**
 * 405, and a line in the log.
 *
 * Layer 6 (views). Source: RFC 9110 section 15.5.6; Django views/generic/base.py (`http_method_not_allowed`).
 */
import { logResponse } from "../conf/log-response.ts";
import type { HttpRequest } from "../http/request.ts";
import { HttpResponseNotAllowed } from "../http/responses.ts";

/** For a request whose method is not among those that are allowed here. */
export function methodNotAllowed(
  request: HttpRequest,
  allowed: readonly string[],
): HttpResponseNotAllowed {
  const response = new HttpResponseNotAllowed(allowed);
  logResponse(`Method Not Allowed (${request.method})`, { request, response });
  return response;
}
