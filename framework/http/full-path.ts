/**
 * A decoded path and a raw query, as they stand in a URL.
 *
 * Layer 2 (http). Pure. Source: Django http/request.py (`_get_full_path`).
 */
import { decodeText, escapeUriPath, iriToUri } from "../utils/encoding.ts";

export interface FullPathOptions {
  /** Add a slash to a path that does not end in one. @default false */
  readonly forceAppendSlash?: boolean;
}

/** `query` is bytes as latin-1, as the environ has it. */
export function fullPath(path: string, query: string, options: FullPathOptions): string {
  const slash = options.forceAppendSlash === true && !path.endsWith("/") ? "/" : "";
  return escapeUriPath(path) + slash + (query === "" ? "" : `?${iriToUri(decodeText(query))}`);
}
