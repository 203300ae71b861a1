/**
 * Media types by file name.
 *
 * Layer 2 (http). The table is the `mime` package's. Source of the exceptions: Django http/response.py
 * (`FileResponse.set_headers`); Python's mimetypes, for the short names of compressed archives.
 * The server half has a small one of its own (devserver/httpserver/file-types.ts), for `python -m http.server`
 * answers otherwise and neither half imports the other.
 */
import { createRequire } from "node:module";
import type * as mime from "mime";

const require = createRequire(import.meta.url);

const UNKNOWN = "application/octet-stream";

/** Compressed files are sent as what they are, not as what is inside; a `.ts` file is hardly ever a video. */
const OVERRIDES: Readonly<Record<string, string>> = {
  br: "application/x-brotli",
  bz2: "application/x-bzip",
  gz: "application/gzip",
  tbz2: "application/x-bzip",
  tgz: "application/gzip",
  txz: "application/x-xz",
  xz: "application/x-xz",
  z: "application/x-compress",
  zst: "application/zstd",
  cts: "text/plain",
  mts: "text/plain",
  ts: "text/plain",
  tsx: "text/plain",
};

/** The media type without parameters; `application/octet-stream` for a name that says nothing. */
export function guessType(filename: string): string {
  const extension = /\.([^./\\]+)$/.exec(filename)?.[1]?.toLowerCase();
  if (extension === undefined) return UNKNOWN;
  return Object.hasOwn(OVERRIDES, extension)
    ? (OVERRIDES[extension] ?? UNKNOWN)
    : (getType(extension) ?? UNKNOWN);
}

/** The package makes its tables while it loads, so it is loaded for the first file and not at every start. */
function getType(extension: string): string | null {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what `import` would know by itself
  return (require("mime") as typeof mime).default.getType(extension);
}
