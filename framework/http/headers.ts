/**
 * Headers: of a response (a case-insensitive map that refuses what could split it) and of a request (a view of the environ).
 *
 * Layer 2 (http). Pure. Errors: `BadHeaderError` when the header is set, never when it is sent.
 * Source: RFC 9110 section 5.1 (names), 5.5 (values) and 7.6.1 (hop-by-hop); RFC 2047 (MIME words);
 * Django http/response.py (`ResponseHeaders`).
 * Differs from Django: every control character but the tab is refused, and so are hop-by-hop headers, which
 * any WSGI server refuses when it is too late.
 */
import { FrameworkError } from "../exceptions.ts";
import { decodeText } from "../utils/encoding.ts";
import { inspectAs } from "../utils/inspect-as.ts";
import type { Environ } from "../wsgi.ts";

/** A header name or value that could end the header early, or that no wire can carry. */
export class BadHeaderError extends FrameworkError {
  override readonly name = "BadHeaderError";
  readonly code = "http.bad_header";
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const FORBIDDEN_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** Headers about one connection, which is the server's business. The list is PEP 3333's. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailers",
  "transfer-encoding",
  "upgrade",
]);

/** Lower case of the names that were used and found right; applications use few. Bounded, in case one makes them up. */
const lowerNames = new Map<string, string>();

function toLower(name: string): string {
  return lowerNames.get(name) ?? name.toLowerCase();
}

/** The name in lower case. Throws `BadHeaderError` for what is no name, or no header of an application. */
export function checkHeaderName(name: string): string {
  const known = lowerNames.get(name);
  if (known !== undefined) return known;
  if (!TOKEN.test(name)) {
    throw new BadHeaderError(
      `${JSON.stringify(name)} is not a header name (RFC 9110 allows letters, digits and !#$%&'*+-.^_\`|~)`,
    );
  }
  const lower = name.toLowerCase();
  if (HOP_BY_HOP.has(lower)) {
    throw new BadHeaderError(
      `the hop-by-hop header ${name} is about the connection, which is the server's business`,
    );
  }
  if (lowerNames.size < 1000) lowerNames.set(name, lower);
  return lower;
}

/** Whether latin-1 can carry the value as it is, and no control character is in it. */
export function isHeaderValue(value: string): boolean {
  return typeof value === "string" && !FORBIDDEN_IN_VALUE.test(value);
}

/** The value as latin-1 can carry it: as it is, or as a MIME word. Throws `BadHeaderError` for what no header can say. */
function checkValue(name: string, value: string): string {
  if (!FORBIDDEN_IN_VALUE.test(value)) return value;
  const control = /[^\t\x20-\x7e\x80-\u{10ffff}]/u.exec(value)?.[0];
  if (control === "\r" || control === "\n") {
    throw new BadHeaderError(
      `Header values can't contain newlines (got ${JSON.stringify(value)} for ${name})`,
    );
  }
  if (control !== undefined || !value.isWellFormed()) {
    const code = control?.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    throw new BadHeaderError(
      `${name} can't carry ${code === undefined ? "half a surrogate pair" : `the character U+${code}`} (got ${JSON.stringify(value)})`,
    );
  }
  return `=?utf-8?b?${Buffer.from(value).toString("base64")}?=`;
}

/** Response headers. Lookup ignores case; the order and spelling of the last `set` are kept. */
export class ResponseHeaders implements Iterable<[name: string, value: string]> {
  static {
    inspectAs<ResponseHeaders>(this, (headers) => Object.fromEntries(headers));
  }

  readonly #entries: Map<string, [name: string, value: string]> = new Map<
    string,
    [string, string]
  >();

  get(name: string): string | undefined {
    return this.#entries.get(toLower(name))?.[1];
  }

  has(name: string): boolean {
    return this.#entries.has(toLower(name));
  }

  set(name: string, value: string | number): this {
    const lower = checkHeaderName(name);
    const text = checkValue(name, typeof value === "string" ? value : String(value));
    this.#entries.set(lower, [name, text]);
    return this;
  }

  /** Sets the header only when it is absent. */
  setDefault(name: string, value: string | number): this {
    return this.has(name) ? this : this.set(name, value);
  }

  /** Adds `value` to a list header (`Vary`, `Allow`, …), after a comma when there is a value already. */
  append(name: string, value: string | number): this {
    const current = this.get(name);
    return this.set(name, current === undefined ? value : `${current}, ${value}`);
  }

  /** True when there was such a header. */
  delete(name: string): boolean {
    return this.#entries.delete(toLower(name));
  }

  get size(): number {
    return this.#entries.size;
  }

  [Symbol.iterator](): MapIterator<[name: string, value: string]> {
    return this.#entries.values();
  }
}

/** Request headers, read from the environ. Lookup ignores case and takes `user_agent` for `user-agent`. */
export class RequestHeaders implements Iterable<[name: string, value: string]> {
  static {
    inspectAs<RequestHeaders>(this, (headers) => Object.fromEntries(headers));
  }

  readonly #environ: Environ;

  constructor(environ: Environ) {
    this.#environ = environ;
  }

  get(name: string): string | undefined {
    const key = name.toUpperCase().replaceAll("-", "_");
    if (key === "CONTENT_TYPE" || key === "CONTENT_LENGTH") return this.#environ[key] || undefined;
    const value = this.#environ[`HTTP_${key}`];
    return value === undefined ? undefined : decodeText(value);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** How many headers there are. */
  get size(): number {
    return [...this].length;
  }

  *keys(): Generator<string> {
    for (const [name] of this) yield name;
  }

  *values(): Generator<string> {
    for (const [, value] of this) yield value;
  }

  entries(): Generator<[name: string, value: string]> {
    return this[Symbol.iterator]();
  }

  /** Names as `Title-Case`, since the environ does not keep how they were written. */
  *[Symbol.iterator](): Generator<[name: string, value: string]> {
    for (const key of Object.keys(this.#environ)) {
      const bare = key.startsWith("HTTP_") ? key.slice(5) : key;
      if (bare === key && key !== "CONTENT_TYPE" && key !== "CONTENT_LENGTH") continue;
      const name = titleCase(bare);
      const value = this.get(name);
      if (value !== undefined) yield [name, value];
    }
  }
}

/** `X_CSRFTOKEN` → `X-Csrftoken`: a header by its key in the environ. */
export function titleCase(key: string): string {
  return key
    .split("_")
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join("-");
}
