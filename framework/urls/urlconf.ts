/**
 * A URLconf: a module with `urlpatterns`, and the resolver that belongs to it.
 *
 * Layer 3 (urls). Errors: `ImproperlyConfigured` for a URLconf whose patterns are none.
 */
import type { URLEntry } from "./pattern.ts";
import { URLResolver } from "./resolver.ts";

/** What a URLconf module exports. */
export interface URLConf {
  readonly urlpatterns: readonly URLEntry[];
}

declare module "../http/request.ts" {
  interface RequestExtensions {
    /** The patterns of this request, instead of those of ROOT_URLCONF. For middleware to set, before the view is looked up. */
    urlconf?: URLConf;
  }
}

/** A resolver is worth keeping; the few that middleware can choose from live as long as their URLconf. */
const resolvers = new WeakMap<URLConf, URLResolver>();

export function resolverOf(urlconf: URLConf): URLResolver {
  let resolver = resolvers.get(urlconf);
  if (resolver === undefined) {
    resolver = new URLResolver(urlconf.urlpatterns);
    resolvers.set(urlconf, resolver);
  }
  return resolver;
}
