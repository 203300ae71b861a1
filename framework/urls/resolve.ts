/**
 * `resolve(path)`: which view answers at a path.
 *
 * Layer 3 (urls). Errors: `Resolver404`. Source: Django urls/base.py (`resolve`, `is_valid_path`).
 */
import { resolverFor } from "./current-site.ts";
import type { ResolverMatch } from "./resolver-match.ts";
import type { URLConf } from "./urlconf.ts";

export interface ResolveOptions {
  /** Whose patterns? @default those of the site at work */
  readonly urlconf?: URLConf;
}

/** `path` is decoded, starts with a slash, and is what follows the mount point of the site. */
export function resolve(path: string, options: ResolveOptions = {}): ResolverMatch {
  return resolverFor("resolve", path, options.urlconf).resolve(path);
}

/** Whether some pattern matches. */
export function isValidPath(path: string, options: ResolveOptions = {}): boolean {
  return resolverFor("isValidPath", path, options.urlconf).isValidPath(path);
}
