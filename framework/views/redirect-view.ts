/**
 * A view that sends the browser on.
 *
 * Layer 6 (views). Source: Django views/generic/base.py (`RedirectView`).
 * `RedirectView.asView({ url: "/new/%(pk)s/" })`, or `{ patternName: "tunes:detail" }` for the pattern that takes the
 * same parameters. With neither: 410 Gone.
 * Errors: `ImproperlyConfigured` for a name in `url` that the route does not capture, `NoReverseMatch`.
 * Differs from Django: what goes into `url` is percent-encoded, and cannot make it another site's.
 */
import { logResponse } from "../conf/log-response.ts";
import { ImproperlyConfigured } from "../exceptions.ts";
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import {
  HttpResponseGone,
  HttpResponsePermanentRedirect,
  HttpResponseRedirect,
} from "../http/responses.ts";
import { reverseUnchecked } from "../urls/reverse.ts";
import { escapeLeadingSlashes, escapeUriPath } from "../utils/encoding.ts";
import { type MaybePromise, whenReady } from "../utils/maybe-promise.ts";
import { View } from "./view.ts";

/** May be overridden: `getRedirectUrl`. */
export class RedirectView<P extends object = Readonly<Record<string, unknown>>> extends View<P> {
  /** Whether browsers may remember it: 301 instead of 302. */
  permanent = false;
  /** Whether method and body are kept: 307 and 308. */
  preserveRequest = false;
  /** Where to. `%(name)s` is the parameter `name`, `%%` a percent sign. */
  url: string | null = null;
  /** The name of the URL pattern to go to. */
  patternName: string | null = null;
  /** Whether the query goes along. */
  queryString = false;

  /** Nothing for 410. */
  getRedirectUrl(params: P): MaybePromise<string | null | undefined> {
    const url = this.#target(params);
    const query = this.request.META.QUERY_STRING;
    if (url === null || !this.queryString || query === "") return url;
    return `${url}${url.includes("?") ? "&" : "?"}${query}`;
  }

  get(request: HttpRequest, params: P): MaybePromise<HttpResponseBase> {
    return whenReady(this.getRedirectUrl(params), (url) => {
      if (url === null || url === undefined || url === "") return gone(request);
      const { preserveRequest } = this;
      return this.permanent
        ? new HttpResponsePermanentRedirect(url, { preserveRequest })
        : new HttpResponseRedirect(url, { preserveRequest });
    });
  }

  head(request: HttpRequest, params: P): MaybePromise<HttpResponseBase> {
    return this.get(request, params);
  }

  post(request: HttpRequest, params: P): MaybePromise<HttpResponseBase> {
    return this.get(request, params);
  }

  override options(request: HttpRequest, params: P): MaybePromise<HttpResponseBase> {
    return this.get(request, params);
  }

  delete(request: HttpRequest, params: P): MaybePromise<HttpResponseBase> {
    return this.get(request, params);
  }

  put(request: HttpRequest, params: P): MaybePromise<HttpResponseBase> {
    return this.get(request, params);
  }

  patch(request: HttpRequest, params: P): MaybePromise<HttpResponseBase> {
    return this.get(request, params);
  }

  #target(params: P): string | null {
    if (this.url !== null) return fillIn(this.url, params);
    return this.patternName === null ? null : reverseUnchecked(this.patternName, params);
  }
}

function gone(request: HttpRequest): HttpResponseBase {
  const response = new HttpResponseGone();
  logResponse("Gone", { request, response });
  return response;
}

/** Only the site's own text may name another host. */
function fillIn(url: string, params: object): string {
  const filled = url.replaceAll(/%(?:%|\(([^)]*)\)s)/g, (_found, name: string | undefined) =>
    name === undefined ? "%" : valueOf(params, name, url),
  );
  return url.startsWith("//") ? filled : escapeLeadingSlashes(filled);
}

function valueOf(params: object, name: string, url: string): string {
  if (Object.hasOwn(params, name)) return escapeUriPath(String(Reflect.get(params, name)));
  throw new ImproperlyConfigured(
    `RedirectView: the url ${JSON.stringify(url)} names '${name}', which the route does not capture`,
  );
}
