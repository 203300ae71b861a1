/**
 * From a path to a view, and from a name to a path: the URL resolver of a site.
 *
 * Layer 3 (urls). Pure. Errors: `Resolver404` with everything that was tried.
 * Source: Django urls/resolvers.py (`URLResolver`).
 */
import { Http404 } from "../exceptions.ts";
import { walkInOrder } from "./linear-walk.ts";
import { checkEntries } from "./path.ts";
import type { URLEntry } from "./pattern.ts";
import type { ResolverMatch } from "./resolver-match.ts";
import { ReverseIndex, type ReverseTarget, type SiteOptions } from "./reverse-index.ts";
import { RouteIndex, WrongMethod } from "./route-index.ts";
import { NO_PARAMS, type ParamValues } from "./route-matcher.ts";

/** No pattern matches. `tried` holds each chain of entries that was tried, in order. */
export class Resolver404 extends Http404 {
  override readonly name = "Resolver404";
  override readonly code = "urls.resolver_404";
  /** The path without its leading slash. */
  readonly path: string;
  readonly #entries: readonly URLEntry[];
  readonly #fullPath: string;
  #tried: readonly (readonly URLEntry[])[] | undefined;

  /** `path` is what no pattern of `entries` matches. */
  constructor(path: string, entries: readonly URLEntry[]) {
    const rest = path.replace(/^\//, "");
    super(`no URL pattern matches ${JSON.stringify(rest)}`);
    this.path = rest;
    this.#fullPath = path;
    this.#entries = entries;
  }

  get tried(): readonly (readonly URLEntry[])[] {
    this.#tried ??= walkInOrder(this.#entries, this.#fullPath).tried;
    return this.#tried;
  }
}

/** All patterns of a site. */
export class URLResolver {
  readonly urlpatterns: readonly URLEntry[];
  readonly #routes: RouteIndex;
  #names: ReverseIndex | undefined;

  constructor(urlpatterns: readonly URLEntry[]) {
    checkEntries(urlpatterns, "urlpatterns");
    this.urlpatterns = urlpatterns;
    this.#routes = new RouteIndex(urlpatterns);
  }

  /** `path` is decoded and starts with a slash. Whatever methods patterns declare. Throws `Resolver404`. */
  resolve(path: string): ResolverMatch {
    const found = this.resolveRequest(path);
    // Without a method there is no wrong one.
    if (found instanceof WrongMethod) throw new Resolver404(path, this.urlpatterns);
    return found;
  }

  /** The first pattern that matches the path and takes the method. Throws `Resolver404` when the path is unknown. */
  resolveRequest(path: string, method?: string): ResolverMatch | WrongMethod {
    const found = this.#routes.find(path, method);
    if (found === undefined) throw new Resolver404(path, this.urlpatterns);
    return found;
  }

  isValidPath(path: string): boolean {
    return this.#routes.find(path) !== undefined;
  }

  /** A path for the name of a pattern, or for a view. Throws `NoReverseMatch`. */
  reverse(target: ReverseTarget, params: ParamValues = NO_PARAMS, site?: SiteOptions): string {
    this.#names ??= new ReverseIndex(this.urlpatterns);
    return this.#names.reverse(target, params, site);
  }
}
