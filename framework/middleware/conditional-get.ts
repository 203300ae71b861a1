/**
 * Spares clients what they have already: an entity tag for every page, and 304 for who has that version.
 *
 * Layer 6 (middleware). Source: Django middleware/http.py (`ConditionalGetMiddleware`); RFC 9110 section 13.
 * For GET only: any other request has been acted on by now, and a HEAD may have no content to make a tag from.
 * Inside of what changes content (`gzipMiddleware` goes before it in MIDDLEWARE).
 */
import { logResponse } from "../conf/log-response.ts";
import type { GetResponse } from "../conf/settings.ts";
import { hasCacheDirective } from "../http/cache-control.ts";
import { applyConditions, setResponseEtag } from "../http/conditional-response.ts";
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import { whenReady } from "../utils/maybe-promise.ts";

export function conditionalGetMiddleware(getResponse: GetResponse): GetResponse {
  return (request) =>
    whenReady(getResponse(request), (response) => conditionalGet(request, response));
}

/** The response, or what the conditions of the request make of it. */
export function conditionalGet(request: HttpRequest, response: HttpResponseBase): HttpResponseBase {
  if (request.method !== "GET") return response;
  // What must not be stored will never be asked about again.
  if (!hasCacheDirective(response, "no-store")) setResponseEtag(response);
  const answer = applyConditions(request, response);
  if (answer.status === 412) logResponse("Precondition Failed", { request, response: answer });
  return answer;
}
