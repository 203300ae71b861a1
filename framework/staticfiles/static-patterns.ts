/**
 * URL patterns that serve the files of a folder while a site is developed: Django's `static()`, a word that JavaScript
 * does not lend.
 *
 * Layer 4 (staticfiles). Source: Django conf/urls/static.py. Errors: `ImproperlyConfigured` for an empty prefix;
 * without DEBUG every path is an `Http404`.
 * Differs from Django: the settings are not known while `urlpatterns` are written, so the patterns are always there
 * and DEBUG is looked at with each request; patterns after them do not get what they match.
 */
import { Http404, ImproperlyConfigured } from "../exceptions.ts";
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import { callerLocation } from "../urls/path.ts";
import { URLPattern } from "../urls/pattern.ts";
import { serve, type ServeParams } from "./serve.ts";

export type StaticPatternsOptions = Omit<ServeParams, "path">;

/** `...staticPatterns("media/", { documentRoot: join(import.meta.dirname, "media") })`; nothing for a prefix with a host. */
export function staticPatterns(
  prefix: string,
  options: StaticPatternsOptions,
): readonly URLPattern<string, never>[] {
  if (prefix === "") throw new ImproperlyConfigured("Empty static prefix not permitted");
  if (/^(?:\/\/|[a-z][a-z0-9+.-]*:)/i.test(prefix)) return [];
  const location = callerLocation();
  const view = (
    request: HttpRequest,
    { path = "" }: { readonly path?: string },
  ): HttpResponseBase => {
    if (!request.app.settings.DEBUG) throw new Http404(`“${path}” is served with DEBUG only`);
    return serve(request, { ...options, path });
  };
  const route = prefix.replace(/^\/+/, "");
  const routes =
    options.showIndexes === true ? [route, `${route}<path:path>`] : [`${route}<path:path>`];
  return routes.map(
    (each) => new URLPattern<string, never>(each, view, { name: undefined, location }),
  );
}
