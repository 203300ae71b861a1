/**
 * From a request to its environ.
 *
 * Layer 3 (wsgiserver). Pure. Strings are bytes as latin-1. Source: PEP 3333; CPython wsgiref/simple_server.py
 * (`get_environ`); Django core/servers/basehttp.py.
 * Differs from both: repeated headers join with ", " (RFC 9110 section 5.3) and cookies with "; "; the
 * process environment is not copied; absolute-form targets are split as RFC 9112 section 3.2.2 says.
 */
import type { Environ } from "../../framework/wsgi.ts";

/** What a request target says. */
export interface Target {
  /** Percent-decoded, bytes as latin-1. */
  readonly path: string;
  readonly query: string;
  /** The authority of an absolute-form target; it replaces the Host header. */
  readonly host: string | undefined;
}

export function splitTarget(target: string): Target {
  const absolute = target.startsWith("/") ? null : /^https?:\/\/([^/?#]*)(.*)$/is.exec(target);
  const host = absolute?.[1];
  const local = absolute?.[2] ?? target;
  const mark = local.indexOf("?");
  const path = mark < 0 ? local : local.slice(0, mark);
  return {
    path: host === undefined ? unquote(path) : unquote(path.replace(/^\/*/, "/")),
    query: mark < 0 ? "" : local.slice(mark + 1),
    host,
  };
}

/** Adds `HTTP_*` for every header, and `CONTENT_TYPE` and `CONTENT_LENGTH`. `fields` are names and values in turn. */
export function addHeaders(environ: Environ, fields: readonly string[]): void {
  for (let index = 0; index < fields.length; index += 2) {
    const key = environKey(fields[index] ?? "");
    if (key === undefined) continue;
    const value = fields[index + 1] ?? "";
    const before = environ[key];
    environ[key] =
      typeof before === "string"
        ? `${before}${key === "HTTP_COOKIE" ? "; " : ", "}${value}`
        : value;
  }
}

/** `%41` → `A`, to bytes as latin-1. Escapes that are none stay as they are. */
export function unquote(text: string): string {
  if (!text.includes("%")) return text;
  return text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Keys of names that were seen before. Bounded, since clients choose the names. */
const keys = new Map<string, string>([
  ["Content-Type", "CONTENT_TYPE"],
  ["Content-Length", "CONTENT_LENGTH"],
]);

function environKey(name: string): string | undefined {
  const known = keys.get(name);
  if (known !== undefined) return known;
  const upper = name.toUpperCase();
  if (upper === "CONTENT-TYPE") return "CONTENT_TYPE";
  if (upper === "CONTENT-LENGTH") return "CONTENT_LENGTH";
  // `Some_Header` would be indistinguishable from `Some-Header`: a way to spoof it.
  if (name.includes("_")) return undefined;
  const key = `HTTP_${upper.replaceAll("-", "_")}`;
  // A copy: the name itself is a slice that would keep the whole head in memory.
  if (keys.size < 1000 && name.length < 64) keys.set(Buffer.from(name).toString(), key);
  return key;
}
