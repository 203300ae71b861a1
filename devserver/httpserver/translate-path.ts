/**
 * From a request target to a path below a folder.
 *
 * Layer 2 (httpserver). Pure. Source: CPython http/server.py (`translate_path`).
 * No encoding leads out of the folder: what is decoded is split into names, and names that could climb,
 * or that hold a separator or a NUL, are refused.
 */
import { sep } from "node:path";

/** The names of the path below the folder, and whether the target ends in a slash; `undefined` for a path that cannot exist. */
export interface TranslatedPath {
  readonly names: readonly string[];
  readonly trailingSlash: boolean;
}

/** `"/a%20b/../c/?x=1"` → `["c"]`, with a trailing slash. Bytes that are no UTF-8 become U+FFFD. */
export function translatePath(target: string): TranslatedPath | undefined {
  const path = decodePercent(target.split(/[?#]/, 1)[0] ?? "");
  if (path.includes("\0")) return undefined;
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "" || name === ".") continue;
    if (name === "..") names.pop();
    else if (name.includes("\\") || name.includes(sep)) return undefined;
    else names.push(name);
  }
  return { names, trailingSlash: path.endsWith("/") };
}

/** Whether the path of a target ends in a slash, whatever its query does. */
export function endsInSlash(target: string): boolean {
  return /^[^?#]*\/(?:[?#]|$)/.test(target);
}

/** Percent-escapes (and raw bytes as latin-1) to text; escapes that are none stay. */
function decodePercent(text: string): string {
  const bytes = text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, "latin1").toString();
}
