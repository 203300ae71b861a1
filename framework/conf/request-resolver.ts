/**
 * Which URL patterns a request is resolved with: those of the site, or those that a middleware gave it.
 *
 * Layer 4 (conf). Errors: `ImproperlyConfigured` for a URLconf whose patterns are none.
 * Source: Django core/handlers/base.py (`resolve_request`).
 */
import type { HttpRequest } from "../http/request.ts";
import { URLResolver } from "../urls/resolver.ts";
import type { Application, URLConf } from "./settings.ts";

/** A resolver is worth keeping; the few that middleware can choose from live as long as their URLconf. */
const resolvers = new WeakMap<URLConf, URLResolver>();

export function resolverFor(request: HttpRequest, app: Application): URLResolver {
  const { urlconf } = request;
  if (urlconf === undefined) return app.resolver;
  const known = resolvers.get(urlconf);
  if (known !== undefined) return known;
  const resolver = new URLResolver(urlconf.urlpatterns);
  resolvers.set(urlconf, resolver);
  return resolver;
}
