/**
 * A URLconf: a module with `urlpatterns`, and the resolver that belongs to it.
 *
 * Layer 3 (urls). Errors: `ImproperlyConfigured` for a URLconf whose patterns are none.
 */
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import type { MaybePromise } from "../utils/maybe-promise.ts";
import type { URLEntry } from "./pattern.ts";
import { URLResolver } from "./resolver.ts";

/** Answers a request that ended in an error: `handler404 = (request, error) => …` in the root URLconf. */
export type ErrorHandler = (request: HttpRequest, error: unknown) => MaybePromise<HttpResponseBase>;

/** What a URLconf module exports. Error handlers count in the root URLconf, and in the one that a request was given. */
export interface URLConf {
  readonly urlpatterns: readonly URLEntry[];
  /** Bad requests; `error.status` may be more precise (413, say). @default `badRequest` of minorswing/views */
  readonly handler400?: ErrorHandler;
  /** `PermissionDenied`. @default `permissionDenied` */
  readonly handler403?: ErrorHandler;
  /** `Http404`, also for a path that no pattern matches; not with DEBUG. @default `pageNotFound` */
  readonly handler404?: ErrorHandler;
  /** Every other error; not with DEBUG. When it fails itself, a plain page is sent. @default `serverError` */
  readonly handler500?: ErrorHandler;
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
