/**
 * Media types by file name.
 *
 * Layer 2 (httpserver). The table is the `mime` package's, with a few types that a file server needs otherwise.
 */
import mime from "mime";

/** Compressed files are sent as what they are, not as what is inside; a `.ts` file is hardly ever a video. */
export const EXTENSIONS_MAP: Readonly<Record<string, string>> = {
  ".cts": "text/plain",
  ".mts": "text/plain",
  ".ts": "text/plain",
  ".tsx": "text/plain",
  ".gz": "application/gzip",
  ".bz2": "application/x-bzip2",
  ".xz": "application/x-xz",
  ".Z": "application/octet-stream",
};

/**
 * The media type without parameters; `application/octet-stream` for a name that says nothing. `overrides` go first: by
 * extension with its dot, as written and then in lower case.
 */
export function guessType(
  name: string,
  overrides: Readonly<Record<string, string>> = EXTENSIONS_MAP,
): string {
  const extension = /\.[^./\\]+$/.exec(name)?.[0] ?? "";
  return (
    overrides[extension] ??
    overrides[extension.toLowerCase()] ??
    (extension === "" ? null : mime.getType(extension)) ??
    "application/octet-stream"
  );
}
