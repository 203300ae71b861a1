/**
 * `minorswing/shortcuts`: what most views end with.
 *
 * Layer 6. The one file that may know many parts, as Django's shortcuts.py.
 */
import type { TemplateContext } from "./conf/template-engine.ts";
import type { HttpRequest } from "./http/request.ts";
import { HttpResponse, type ResponseOptions } from "./http/response.ts";
import { HttpResponsePermanentRedirect, HttpResponseRedirect } from "./http/responses.ts";

/** Renders the template `name` with `context` (and what the context processors add) into a response. */
export function render(
  request: HttpRequest,
  name: string,
  context: TemplateContext = {},
  options: ResponseOptions = {},
): HttpResponse {
  return new HttpResponse(request.app.templates.renderToString(name, context, request), options);
}

/** Sends the browser to `url`: 302, or 301 with `permanent`. Use `redirect(reverse("name", params))` for a view. */
export function redirect(
  url: string,
  options: { readonly permanent?: boolean } = {},
): HttpResponseRedirect {
  return options.permanent === true
    ? new HttpResponsePermanentRedirect(url)
    : new HttpResponseRedirect(url);
}
