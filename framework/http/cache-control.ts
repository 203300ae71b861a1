/**
 * `Cache-Control` and `Expires`: how long, and by whom, an answer may be kept.
 *
 * Layer 2 (http). Units: seconds; the clock comes in as a parameter.
 * Source: RFC 9111 section 5.2.2; Django utils/cache.py (`patch_cache_control`, `add_never_cache_headers`,
 * `patch_response_headers`, `get_max_age`).
 * Differs from Django: options are typed, field names are written in quotes (RFC 9111 section 5.2.2.4), and of
 * `s-maxage` too the smaller one stays.
 */
import { formatHttpDate } from "../utils/dates.ts";
import type { HttpResponseBase } from "./response.ts";

/** `true` for a directive, or the response headers that it speaks of. */
export type FieldDirective = boolean | string | readonly string[];

/** What is left out, or `false`, is not added. */
export interface CacheControlOptions {
  /** Seconds that the answer is fresh. Where the response says a smaller number already, that one stays. */
  readonly maxAge?: number;
  /** The same for shared caches. */
  readonly sMaxage?: number;
  /** Keep it, but ask before each use. */
  readonly noCache?: FieldDirective;
  /** Keep nothing. */
  readonly noStore?: boolean;
  readonly noTransform?: boolean;
  readonly mustRevalidate?: boolean;
  readonly mustUnderstand?: boolean;
  readonly proxyRevalidate?: boolean;
  /** For one user only. Takes the place of `public`. */
  readonly private?: FieldDirective;
  /** For everybody. Takes the place of `private`. */
  readonly public?: boolean;
  /** Never changes while it is fresh (RFC 8246). */
  readonly immutable?: boolean;
  /** Seconds that it may be used while it is asked for anew (RFC 5861). */
  readonly staleWhileRevalidate?: number;
  /** Seconds that it may be used when asking fails (RFC 5861). */
  readonly staleIfError?: number;
}

/** Directives by name; several values where fields are named in several places. */
type Directives = Map<string, ReadonlySet<string | true>>;

/** Adds directives to those that the response has. */
export function patchCacheControl(response: HttpResponseBase, options: CacheControlOptions): void {
  const directives = parseCacheControl(response.headers.get("Cache-Control"));
  if (isGiven(options.public)) directives.delete("private");
  if (isGiven(options.private)) directives.delete("public");
  for (const [key, value] of Object.entries(options)) add(directives, directiveName(key), value);
  if (directives.size > 0) response.headers.set("Cache-Control", formatCacheControl(directives));
}

/** Whether `Cache-Control` has a directive: `hasCacheDirective(response, "no-store")`. */
export function hasCacheDirective(response: HttpResponseBase, directive: string): boolean {
  const value = response.headers.get("Cache-Control");
  return value !== undefined && parseCacheControl(value).has(directive);
}

/** The `max-age`, where there is one that is a number. */
export function getMaxAge(response: HttpResponseBase): number | undefined {
  const directives = parseCacheControl(response.headers.get("Cache-Control"));
  return numberIn(directives.get("max-age"));
}

/** `Expires` (unless it is there) and `max-age`, both `timeout` from now. A negative one means "over already". */
export function patchResponseHeaders(
  response: HttpResponseBase,
  timeout: number,
  now: number = Date.now() / 1000,
): void {
  const seconds = Math.max(0, Math.trunc(timeout));
  response.headers.setDefault("Expires", formatHttpDate(Math.trunc(now) + seconds));
  patchCacheControl(response, { maxAge: seconds });
}

/** Whatever browsers and proxies understand as "ask me each time, and keep nothing". */
export function addNeverCacheHeaders(
  response: HttpResponseBase,
  now: number = Date.now() / 1000,
): void {
  patchResponseHeaders(response, -1, now);
  patchCacheControl(response, {
    noCache: true,
    noStore: true,
    mustRevalidate: true,
    private: true,
  });
}

function isGiven(value: FieldDirective | undefined): boolean {
  return value !== undefined && value !== false;
}

/** `sMaxage` → `s-maxage`, `noCache` → `no-cache`. */
function directiveName(option: string): string {
  return option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

type OptionValue = CacheControlOptions[keyof CacheControlOptions];

function add(directives: Directives, name: string, value: OptionValue): void {
  if (value === undefined || value === false) return;
  const before = directives.get(name);
  if (typeof value === "number") {
    // What is no whole number is no number of seconds to any cache.
    const given = Math.max(0, Math.trunc(value));
    const seconds = name.endsWith("age") ? Math.min(given, numberIn(before) ?? given) : given;
    directives.set(name, new Set([String(seconds)]));
  } else if (value === true || before?.has(true) === true) {
    // All of it includes any field.
    directives.set(name, new Set([true]));
  } else {
    directives.set(
      name,
      new Set([...(before ?? []), ...(typeof value === "string" ? [value] : value)]),
    );
  }
}

function numberIn(values: ReadonlySet<string | true> | undefined): number | undefined {
  const [value] = values ?? [];
  return typeof value === "string" && /^[0-9]+$/.test(value) ? Number(value) : undefined;
}

/** Names in lower case. Commas in quotes separate fields, not directives. */
function parseCacheControl(header: string | undefined): Directives {
  const directives: Directives = new Map();
  for (const [piece] of (header ?? "").matchAll(/(?:"[^"]*"|[^,"])+/g)) {
    const [name = "", ...rest] = piece.trim().split("=");
    if (name === "") continue;
    const key = name.trim().toLowerCase();
    const values = rest.length === 0 ? [true as const] : fieldsOf(rest.join("="));
    directives.set(key, new Set([...(directives.get(key) ?? []), ...values]));
  }
  return directives;
}

function fieldsOf(value: string): string[] {
  return value
    .replaceAll('"', "")
    .split(",")
    .map((field) => field.trim());
}

function formatCacheControl(directives: Directives): string {
  return [...directives]
    .map(([name, values]) => {
      if (values.has(true)) return name;
      const value = [...values].join(", ");
      return /^[0-9]+$/.test(value) ? `${name}=${value}` : `${name}="${value}"`;
    })
    .join(", ");
}
