/**
 * From a location to an absolute URI, relative to a request.
 *
 * Layer 2 (http). Pure. Source: RFC 3986 section 5.2; Django http/request.py (`build_absolute_uri`).
 * Why not `new URL(location, base)` alone: it refuses hosts that HTTP allows, drops default ports, and reads `\` as `/`.
 */
import { escapeUriPath, iriToUri } from "../utils/encoding.ts";

const WITH_SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const WITH_HOST = /^\/\/[^/?#]/;

/** `origin` is scheme and host, `path` the decoded path of the request. */
export function absoluteUri(location: string, origin: string, path: string): string {
  const uri = iriToUri(location);
  if (WITH_SCHEME.test(uri)) return uri;
  if (WITH_HOST.test(uri)) return origin.slice(0, origin.indexOf("//")) + uri;
  // "//" without a host: the slashes protect a path that begins with two of its own.
  const reference = uri.startsWith("//") ? uri.slice(2) : uri;
  if (reference.startsWith("/") && !/\/\.\.?\//.test(reference)) return origin + reference;
  return origin + resolve(reference, escapeUriPath(path));
}

/** Resolves a reference without scheme and host. The host here only makes the two a URL. */
function resolve(reference: string, path: string): string {
  const base = new URL("http://host");
  base.pathname = path;
  // A path may begin with two slashes, but as a reference that would be a host.
  const url = new URL(reference.startsWith("/") ? `http://host${reference}` : reference, base);
  return url.pathname + url.search + url.hash;
}
