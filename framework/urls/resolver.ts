/**
 * From a path to a view: the URL resolver of a site.
 *
 * Layer 3 (urls). Pure. Errors: `Resolver404` with everything that was tried.
 * Source: Django urls/resolvers.py (`URLResolver.resolve`, `ResolverMatch`).
 */
import { Http404 } from "../exceptions.ts";
import { checkEntries } from "./path.ts";
import type { URLEntry, URLPattern } from "./pattern.ts";
import { ReverseIndex } from "./reverse-index.ts";

/** No pattern matches. `tried` holds each chain of entries that was tried, in order. */
export class Resolver404 extends Http404 {
  override readonly name = "Resolver404";
  override readonly code = "urls.resolver_404";
  /** The path without its leading slash. */
  readonly path: string;
  readonly tried: readonly (readonly URLEntry[])[];

  constructor(path: string, tried: readonly (readonly URLEntry[])[]) {
    super(`no URL pattern matches ${JSON.stringify(path)}`);
    this.path = path;
    this.tried = tried;
  }
}

/** Which pattern matched, and with what. */
export interface ResolverMatch {
  readonly pattern: URLPattern;
  readonly params: Readonly<Record<string, unknown>>;
  /** The routes of all levels, joined. */
  readonly route: string;
  readonly namespaces: readonly string[];
  /** `polls:detail`; `undefined` for a pattern without a name. */
  readonly viewName: string | undefined;
}

/** All patterns of a site. */
export class URLResolver {
  readonly urlpatterns: readonly URLEntry[];
  readonly #reverseIndex: ReverseIndex;

  constructor(urlpatterns: readonly URLEntry[]) {
    checkEntries(urlpatterns, "urlpatterns");
    this.urlpatterns = urlpatterns;
    this.#reverseIndex = new ReverseIndex(urlpatterns);
  }

  /** `path` is decoded and starts with a slash. Throws `Resolver404`. */
  resolve(path: string): ResolverMatch {
    const tried: URLEntry[][] = [];
    const match = path.startsWith("/") ? resolveIn(this.urlpatterns, path, 1, tried) : undefined;
    if (match === undefined) throw new Resolver404(path.replace(/^\//, ""), tried);
    return match;
  }

  isValidPath(path: string): boolean {
    return path.startsWith("/") && resolveIn(this.urlpatterns, path, 1, []) !== undefined;
  }

  /** A path for a name. Throws `NoReverseMatch`. */
  reverse(name: string, params: Readonly<Record<string, unknown>> = {}): string {
    return this.#reverseIndex.reverse(name, params);
  }
}

function resolveIn(
  entries: readonly URLEntry[],
  path: string,
  start: number,
  tried: URLEntry[][],
): ResolverMatch | undefined {
  for (const entry of entries) {
    const found = entry.match(path, start);
    if (found === undefined) {
      tried.push([entry]);
      continue;
    }
    if (entry.kind === "pattern") {
      return {
        pattern: entry,
        params: found.params,
        route: entry.route,
        namespaces: [],
        viewName: entry.name,
      };
    }
    const below: URLEntry[][] = [];
    const match = resolveIn(entry.urlpatterns, path, found.end, below);
    if (match !== undefined) {
      return {
        pattern: match.pattern,
        params: { ...found.params, ...match.params },
        route: entry.route + match.route,
        namespaces:
          entry.namespace === undefined ? match.namespaces : [entry.namespace, ...match.namespaces],
        viewName: qualify(entry.namespace, match.viewName),
      };
    }
    if (below.length === 0) tried.push([entry]);
    for (const chain of below) tried.push([entry, ...chain]);
  }
  return undefined;
}

function qualify(namespace: string | undefined, name: string | undefined): string | undefined {
  return namespace === undefined || name === undefined ? name : `${namespace}:${name}`;
}
