/**
 * Which URL patterns a request is resolved with: those of the site, or those that a middleware gave it.
 *
 * Layer 4 (conf). Errors: `ImproperlyConfigured` for a URLconf whose patterns are none.
 * Source: Django core/handlers/base.py (`resolve_request`).
 */
import type { HttpRequest } from "../http/request.ts";
import type { URLResolver } from "../urls/resolver.ts";
import { resolverOf } from "../urls/urlconf.ts";
import type { Application } from "./settings.ts";

export function resolverFor(request: HttpRequest, app: Application): URLResolver {
  return request.urlconf === undefined ? app.resolver : resolverOf(request.urlconf);
}
