/**
 * A name with a hash of its content in it: `css/site.css` → `css/site.0123456789ab.css`.
 *
 * Layer 4 (staticfiles). Pure. Source: Django contrib/staticfiles/storage.py (`file_hash`, `hashed_name`).
 * MD5 tells versions apart here; it protects nothing.
 */
import { createHash } from "node:crypto";
import { posix } from "node:path";

/** The first twelve hexadecimal digits of the MD5. */
export function contentHash(content: string | Uint8Array): string {
  return createHash("md5").update(content).digest("hex").slice(0, 12);
}

/** The hash stands in front of the last extension; without one, at the end. */
export function hashedName(path: string, hash: string): string {
  const { dir, name, ext } = posix.parse(path);
  return posix.join(dir, `${name}.${hash}${ext}`);
}
