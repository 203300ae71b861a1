/**
 * Whether the client's copy is still good: conditional requests.
 *
 * Layer 2 (http). Pure: header values in, a verdict out. Units: seconds since the epoch.
 * Source: RFC 9110 sections 8.8.3 (entity tags) and 13 (conditions); Django utils/cache.py
 * (`get_conditional_response`), utils/http.py (`parse_etags`, `quote_etag`).
 * Differs from Django: an entity tag may have a comma in it.
 */
import { parseHttpDate } from "../utils/dates.ts";
import type { Environ } from "../wsgi.ts";
import type { ResponseHeaders } from "./headers.ts";

/** The conditions of a request, as sent. */
export interface Conditions {
  readonly ifMatch?: string | undefined;
  readonly ifUnmodifiedSince?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
  readonly ifModifiedSince?: string | undefined;
}

/** The conditions in the head of a request. */
export function conditionsOf(environ: Environ): Conditions {
  return {
    ifMatch: environ.HTTP_IF_MATCH,
    ifUnmodifiedSince: environ.HTTP_IF_UNMODIFIED_SINCE,
    ifNoneMatch: environ.HTTP_IF_NONE_MATCH,
    ifModifiedSince: environ.HTTP_IF_MODIFIED_SINCE,
  };
}

/** What identifies the version that would be sent. */
export interface Validators {
  /** With its quotes, and `W/` in front of a weak one. */
  readonly etag?: string | undefined;
  readonly lastModified?: number | undefined;
}

/** What the headers of a response say. */
export function validatorsOf(headers: ResponseHeaders): Validators {
  const lastModified = headers.get("Last-Modified");
  return {
    etag: headers.get("ETag"),
    lastModified: lastModified === undefined ? undefined : parseHttpDate(lastModified),
  };
}

/** Younger files may change once more without a change of size or time: file systems count in ticks. */
const SETTLED_AFTER_MS = 1000;

/** Validators of a file: a strong tag, or a weak one while the file is so young that it may have another content by now. */
export function fileValidators(
  size: number,
  modifiedMs: number,
  nowMs: number,
): { readonly etag: string; readonly modified: number } {
  const tag = `"${size.toString(16)}-${Math.floor(modifiedMs).toString(16)}"`;
  const isSettled = nowMs - modifiedMs >= SETTLED_AFTER_MS;
  return { etag: isSettled ? tag : `W/${tag}`, modified: Math.floor(modifiedMs / 1000) };
}

/** The status that answers instead of the content; `undefined` when the content is to be sent. */
export function checkConditions(
  method: string,
  conditions: Conditions,
  validators: Validators,
): 304 | 412 | undefined {
  if (!preconditionsHold(conditions, validators)) return 412;
  const isRead = method === "GET" || method === "HEAD";
  const { ifNoneMatch, ifModifiedSince } = conditions;
  const tags = parseEtags(ifNoneMatch ?? "");
  if (tags.length > 0) {
    if (!matchesAny(tags, validators.etag, isWeakMatch)) return undefined;
    return isRead ? 304 : 412;
  }
  return isRead && isUnmodified(ifModifiedSince, validators) ? 304 : undefined;
}

/** `If-Match` goes before `If-Unmodified-Since` (RFC 9110 section 13.2.2). A list without any tag is no condition. */
function preconditionsHold(conditions: Conditions, validators: Validators): boolean {
  const { ifMatch, ifUnmodifiedSince } = conditions;
  const tags = parseEtags(ifMatch ?? "");
  if (tags.length > 0) return matchesAny(tags, validators.etag, isStrongMatch);
  const since = ifUnmodifiedSince === undefined ? undefined : parseHttpDate(ifUnmodifiedSince);
  const { lastModified } = validators;
  return since === undefined || lastModified === undefined || lastModified <= since;
}

/** A date that is none is no condition. */
function isUnmodified(since: string | undefined, { lastModified }: Validators): boolean {
  const seconds = since === undefined ? undefined : parseHttpDate(since);
  return seconds !== undefined && lastModified !== undefined && lastModified <= seconds;
}

/** RFC 9110 section 13.1.5: exactly this version, by a strong tag or by its very date. */
export function matchesIfRange(ifRange: string, validators: Validators): boolean {
  if (ifRange.endsWith('"'))
    return validators.etag !== undefined && isStrongMatch(ifRange, validators.etag);
  const date = parseHttpDate(ifRange);
  return date !== undefined && date === validators.lastModified;
}

function matchesAny(
  tags: readonly string[],
  etag: string | undefined,
  matches: (one: string, other: string) => boolean,
): boolean {
  return etag !== undefined && tags.some((tag) => tag === "*" || matches(tag, etag));
}

/** The entity tags of a list, or `*` alone. What is no tag is left out. */
export function parseEtags(list: string): string[] {
  if (list.trim() === "*") return ["*"];
  // A piece without quotes reaches to the next comma; one with quotes may have commas inside them.
  const pieces = list.match(/(?:"[^"]*"|[^",])+(?:"[^,]*)?|"[^,]*/g) ?? [];
  return pieces.map((piece) => piece.trim()).filter((piece) => /^(?:W\/)?"[^"]*"$/.test(piece));
}

/** An entity tag with its quotes, whether it had them or not. */
export function quoteEtag(etag: string): string {
  return /^(?:W\/)?"[^"]*"$/.test(etag) ? etag : `"${etag}"`;
}

function isStrongMatch(one: string, other: string): boolean {
  return one === other && !one.startsWith("W/");
}

function isWeakMatch(one: string, other: string): boolean {
  return one.replace(/^W\//, "") === other.replace(/^W\//, "");
}
