/**
 * `csrfMiddleware`: no other site makes a visitor's browser change something here.
 *
 * Layer 6 (csrf). Settings: CSRF_…. Source: Django middleware/csrf.py.
 * A request costs nothing but the offer of a token, until it asks for one or wants to change something.
 */
import type { Application, GetResponse, MiddlewareInstance } from "../conf/settings.ts";
import { isPromise } from "../utils/maybe-promise.ts";
import { isExempt, offerToken, refusal } from "./enforce.ts";
import { protectionFor } from "./protection.ts";

export function csrfMiddleware(
  getResponse: GetResponse,
  { settings }: Application,
): MiddlewareInstance {
  const protection = protectionFor(settings);
  const handle: GetResponse = (request) => {
    offerToken(request, protection);
    const response = getResponse(request);
    return isPromise(response)
      ? response.then((late) => protection.finish(request, late))
      : protection.finish(request, response);
  };
  return Object.assign(handle, {
    processView: (...[request, view]: Parameters<ProcessView>): ReturnType<ProcessView> =>
      isExempt(view) ? undefined : refusal(request, protection),
  });
}

type ProcessView = NonNullable<MiddlewareInstance["processView"]>;
