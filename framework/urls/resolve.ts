/**
 * `resolve(path)`: which view answers at a path.
 *
 * Layer 3 (urls). Errors: `Resolver404`. Source: Django urls/base.py (`resolve`, `is_valid_path`).
 */
import { currentResolver } from "./current-site.ts";
import type { URLResolver } from "./resolver.ts";
import type { ResolverMatch } from "./resolver-match.ts";
import { resolverOf, type URLConf } from "./urlconf.ts";

export interface ResolveOptions {
  /** Whose patterns? @default those of the site at work */
  readonly urlconf?: URLConf;
}

/** `path` is decoded, starts with a slash, and is what follows the mount point of the site. */
export function resolve(path: string, options: ResolveOptions = {}): ResolverMatch {
  return resolverFor(options, "resolve", path).resolve(path);
}

/** Whether some pattern matches. */
export function isValidPath(path: string, options: ResolveOptions = {}): boolean {
  return resolverFor(options, "isValidPath", path).isValidPath(path);
}

function resolverFor({ urlconf }: ResolveOptions, caller: string, path: string): URLResolver {
  return urlconf === undefined ? currentResolver(caller, path) : resolverOf(urlconf);
}
