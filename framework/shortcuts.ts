/**
 * `minorswing/shortcuts`: what most views end with.
 *
 * Layer 6. The one file that may know many parts, as Django's shortcuts.py.
 */
import type { TemplateContext } from "./conf/template-engine.ts";
import type { HttpRequest } from "./http/request.ts";
import { HttpResponse, type ResponseOptions } from "./http/response.ts";
import {
  HttpResponsePermanentRedirect,
  HttpResponseRedirect,
  type RedirectOptions,
} from "./http/responses.ts";

/**
 * Renders the template `name`, or the first of several that exists, with `context` (and what the context processors add)
 * into a response: `render(request, "home.html", { count }, { status: 404 })`.
 */
export function render(
  request: HttpRequest,
  name: string | readonly string[],
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
