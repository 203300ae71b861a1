/**
 * The `Vary` header: what of a request its response depends on.
 *
 * Layer 2 (http). Source: RFC 9110 section 12.5.5; Django utils/cache.py (`patch_vary_headers`).
 */
import type { ResponseHeaders } from "./headers.ts";

/** Adds names that are not there yet; what varies with everything (`*`) goes on doing so. */
export function patchVaryHeaders(headers: ResponseHeaders, names: readonly string[]): void {
  const present = (headers.get("Vary") ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const known = new Set(present.map((name) => name.toLowerCase()));
  const added = names.filter((name) => !known.has(name.toLowerCase()));
  const all = [...present, ...added];
  headers.set("Vary", all.includes("*") ? "*" : all.join(", "));
}
