/**
 * Decorators: protection for one view, or none.
 *
 * Layer 6 (csrf). Source: Django views/decorators/csrf.py. They work with and without the middleware.
 */
import type { HttpRequest } from "../http/request.ts";
import { HttpResponseBase } from "../http/response.ts";
import type { View } from "../urls/route-params.ts";
import { type MaybePromise, whenReady } from "../utils/maybe-promise.ts";
import { markView, wrapView } from "../views/wrap-view.ts";
import { isExempt, offerToken, protectionOf, refusal } from "./enforce.ts";
import { getToken } from "./protection.ts";

/** The view takes requests from everywhere: a webhook, say, that knows its callers by a signature. */
export function csrfExempt<P>(view: View<P>): View<P> {
  return markView(view, { csrfExempt: true });
}

/** Protects the view where the middleware does not. */
export function csrfProtect<P>(view: View<P>): View<P> {
  return wrapView(view, (request, params) => {
    const protection = protectionOf(request);
    return withToken(request, () => {
      if (isExempt(view)) return view(request, params);
      return whenReady<unknown, unknown>(
        refusal(request, protection),
        (refused) => refused ?? view(request, params),
      );
    });
  });
}

/** The view's page has a token, though nothing is refused: for a page that shows an error, say. */
export function requiresCsrfToken<P>(view: View<P>): View<P> {
  return wrapView(view, (request, params) => withToken(request, () => view(request, params)));
}

/** The response sets the cookie even if the page uses no token: for scripts, which read it and send it back in a header. */
export function ensureCsrfCookie<P>(view: View<P>): View<P> {
  return wrapView(view, (request, params) =>
    withToken(request, () => {
      getToken(request);
      return view(request, params);
    }),
  );
}

/** What is no response goes on as it is: the handler says so, by name. */
function withToken(request: HttpRequest, call: () => unknown): MaybePromise<unknown> {
  const protection = protectionOf(request);
  offerToken(request, protection);
  return whenReady<unknown, unknown>(call(), (response) =>
    response instanceof HttpResponseBase ? protection.finish(request, response) : response,
  );
}
