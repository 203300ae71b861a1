/**
 * Media types by file name.
 *
 * Layer 2 (httpserver). The table is the `mime` package's, with a few types that a file server needs otherwise.
 */
import mime from "mime";

/** Compressed files are sent as what they are, not as what is inside; a `.ts` file is hardly ever a video. */
const OVERRIDES: Readonly<Record<string, string>> = {
  ".cts": "text/plain",
  ".mts": "text/plain",
  ".ts": "text/plain",
  ".tsx": "text/plain",
  ".gz": "application/gzip",
  ".bz2": "application/x-bzip2",
  ".xz": "application/x-xz",
  ".Z": "application/octet-stream",
};

/** The media type without parameters; `application/octet-stream` for a name that says nothing. */
export function guessType(name: string): string {
  const extension = /\.[^./\\]+$/.exec(name)?.[0] ?? "";
  return (
    OVERRIDES[extension] ??
    OVERRIDES[extension.toLowerCase()] ??
    (extension === "" ? null : mime.getType(extension)) ??
    "application/octet-stream"
  );
}
