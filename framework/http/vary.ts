/**
 * `Vary`: which request headers an answer depends on, so that caches keep the answers apart.
 *
 * Layer 2 (http). Source: RFC 9110 section 12.5.5; Django utils/cache.py (`patch_vary_headers`, `has_vary_header`).
 */
import type { HttpResponseBase } from "./response.ts";

/** Adds the names that are not there yet, whatever their case. `*`, where it stands, stands alone. */
export function patchVaryHeaders(response: HttpResponseBase, names: readonly string[]): void {
  const all = varyHeaders(response);
  for (const name of names) if (!includesName(all, name)) all.push(name);
  if (all.length > 0) response.headers.set("Vary", all.includes("*") ? "*" : all.join(", "));
}

/** Whether the answer depends on a request header. */
export function hasVaryHeader(response: HttpResponseBase, name: string): boolean {
  return includesName(varyHeaders(response), name);
}

function varyHeaders(response: HttpResponseBase): string[] {
  const value = response.headers.get("Vary");
  if (value === undefined) return [];
  return value
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function includesName(names: readonly string[], name: string): boolean {
  const wanted = name.toLowerCase();
  return names.some((found) => found.toLowerCase() === wanted);
}
