/**
 * `minorswing/shortcuts`: what most views end with.
 *
 * Layer 6. The one file that may know many parts, as Django's shortcuts.py.
 */
import type { TemplateContext } from "./conf/template-engine.ts";
import { Http404 } from "./exceptions.ts";
import type { HttpRequest } from "./http/request.ts";
import { HttpResponse, type ResponseOptions } from "./http/response.ts";
import {
  HttpResponsePermanentRedirect,
  HttpResponseRedirect,
  type RedirectOptions,
} from "./http/responses.ts";
import { type MaybePromise, whenReady } from "./utils/maybe-promise.ts";

/** Renders the template `name` with `context` (and what the context processors add) into a response. */
export function render(
  request: HttpRequest,
  name: string,
  context: TemplateContext = {},
  options: ResponseOptions = {},
): HttpResponse {
  return new HttpResponse(request.app.templates.renderToString(name, context, request), options);
}

/** Something that knows its own page. */
export interface HasAbsoluteUrl {
  getAbsoluteUrl(): string;
}

/** The URL of a URL, or of something that knows its own. */
export function resolveUrl(to: string | HasAbsoluteUrl): string {
  return typeof to === "string" ? to : to.getAbsoluteUrl();
}

/**
 * Sends the browser on: 302, or 301 with `permanent`; 307 or 308 with `preserveRequest`. Use
 * `redirect(reverse("name", params))` for a view.
 */
export function redirect(
  to: string | HasAbsoluteUrl,
  options: RedirectOptions & { readonly permanent?: boolean } = {},
): HttpResponseRedirect {
  const { permanent = false, ...rest } = options;
  return permanent
    ? new HttpResponsePermanentRedirect(resolveUrl(to), rest)
    : new HttpResponseRedirect(resolveUrl(to), rest);
}

/** What a look-up gives when there is nothing. */
type Missing = null | undefined;

/**
 * What `lookup` gives, or a 404 where it gives nothing: `getObjectOr404(() => tunes.get(pk), "Tune")`. Asynchronous where
 * the look-up is. `what` names what was looked for in the message of the `Http404`.
 */
export function getObjectOr404<Value>(
  lookup: () => Promise<Value | Missing>,
  what?: string,
): Promise<NonNullable<Value>>;
export function getObjectOr404<Value>(
  lookup: () => Value | Missing,
  what?: string,
): NonNullable<Value>;
export function getObjectOr404<Value>(
  lookup: () => MaybePromise<Value | Missing>,
  what = "object",
): MaybePromise<NonNullable<Value>> {
  return whenReady(lookup(), (value) => {
    if (value === null || value === undefined)
      throw new Http404(`No ${what} matches the given query.`);
    return value;
  });
}

/** The list that `lookup` gives, or a 404 where it is empty. */
export function getListOr404<Value>(
  lookup: () => Promise<Iterable<Value>>,
  what?: string,
): Promise<Value[]>;
export function getListOr404<Value>(lookup: () => Iterable<Value>, what?: string): Value[];
export function getListOr404<Value>(
  lookup: () => MaybePromise<Iterable<Value>>,
  what = "object",
): MaybePromise<Value[]> {
  return whenReady(lookup(), (values) => {
    const list = [...values];
    if (list.length === 0) throw new Http404(`No ${what} matches the given query.`);
    return list;
  });
}
