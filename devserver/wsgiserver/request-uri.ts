/**
 * The URL of a request, put together again from its environ.
 *
 * Layer 3 (wsgiserver). Pure. Strings are bytes as latin-1. Source: PEP 3333 ("URL Reconstruction"); CPython
 * wsgiref/util.py.
 */
import type { Environ } from "../../framework/wsgi.ts";

/** `https` when a gateway says so in `HTTPS` (`on`, `yes` or `1`). */
export function guessScheme(environ: Readonly<Record<string, unknown>>): "http" | "https" {
  return ["yes", "on", "1"].includes(String(environ.HTTPS)) ? "https" : "http";
}

/** The URL of the application: scheme, host and `SCRIPT_NAME`. */
export function applicationUri(environ: Environ): string {
  const scheme = environ["wsgi.url_scheme"];
  const { HTTP_HOST = "", SERVER_NAME, SERVER_PORT, SCRIPT_NAME } = environ;
  const isUsualPort = SERVER_PORT === (scheme === "https" ? "443" : "80");
  const host = HTTP_HOST || (isUsualPort ? SERVER_NAME : `${SERVER_NAME}:${SERVER_PORT}`);
  return `${scheme}://${host}${quote(SCRIPT_NAME || "/")}`;
}

/** The URL of the request, with its query unless `includeQuery` is false. */
export function requestUri(environ: Environ, includeQuery: boolean = true): string {
  const path = quote(environ.PATH_INFO, ";=,");
  const local = environ.SCRIPT_NAME === "" ? path.slice(1) : path;
  const query = includeQuery && environ.QUERY_STRING ? `?${environ.QUERY_STRING}` : "";
  return `${applicationUri(environ)}${local}${query}`;
}

/** As Python's `urllib.parse.quote` of bytes: letters, digits, `_.-~/` and `safe` stay. */
function quote(text: string, safe: string = ""): string {
  return text.replaceAll(/[^\w.\-~/]/g, (character) =>
    safe.includes(character)
      ? character
      : `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
