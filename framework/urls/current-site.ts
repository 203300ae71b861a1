/**
 * Which site is at work: whose patterns `reverse` and `resolve` ask, where it is mounted, which application instance.
 *
 * Layer 3 (urls). Inside a request those of the application that handles it (an AsyncLocalStorage that the handler
 * enters), outside of one those of the application built last. See docs/decisions/005-current-resolver.md.
 * Source: Django urls/base.py (`get_urlconf`, `get_script_prefix`, `reverse`), template/defaulttags.py (`url`).
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { ImproperlyConfigured } from "../exceptions.ts";
import type { HttpRequest } from "../http/request.ts";
import { describeValue } from "../utils/describe.ts";
import type { URLResolver } from "./resolver.ts";
import type { SiteOptions } from "./reverse-index.ts";
import { resolverOf, type URLConf } from "./urlconf.ts";

interface CurrentSite {
  readonly resolver: URLResolver;
  readonly request: HttpRequest | undefined;
}

const current = new AsyncLocalStorage<CurrentSite>();
let latest: URLResolver | undefined;
/** What a path depends on outside of requests. */
let outside: SiteOptions = {};

/** Inside `call`, and whatever it starts, names and paths are those of `resolver`, and of the request's own URLconf. */
export function withResolver<Result>(
  resolver: URLResolver,
  call: () => Result,
  request?: HttpRequest,
): Result {
  return current.run({ resolver, request }, call);
}

/** Makes `resolver` the one that is asked outside of requests. `scriptName` is FORCE_SCRIPT_NAME: there is no server to ask. */
export function setDefaultResolver(resolver: URLResolver, scriptName = ""): void {
  latest = resolver;
  outside = { scriptName };
}

/** That of `urlconf`, else that of the site at work. `caller` and `target` are who asks and for what, for the message. */
export function resolverFor(
  caller: string,
  target: unknown,
  urlconf: URLConf | undefined,
): URLResolver {
  const site = current.getStore();
  const own = urlconf ?? site?.request?.urlconf;
  const resolver = own === undefined ? (site?.resolver ?? latest) : resolverOf(own);
  if (resolver !== undefined) return resolver;
  const what = typeof target === "string" ? JSON.stringify(target) : describeValue(target);
  throw new ImproperlyConfigured(
    `${caller}(${what}) was called before any application was built; call it inside a view or after getWSGIApplication(settings)`,
  );
}

export function currentRequest(): HttpRequest | undefined {
  return current.getStore()?.request;
}

/** What a path depends on in a request: where the site is mounted, and whose view is at work. */
export function siteOptionsOf(request: HttpRequest | undefined): SiteOptions {
  if (request === undefined) return outside;
  const currentApp = request.currentApp ?? request.resolverMatch?.namespace;
  return { scriptName: request.scriptName, currentApp };
}
