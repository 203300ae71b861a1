/**
 * Whether a client's copy of a file is still good, and which part of the file it wants.
 *
 * Layer 2 (httpserver). Pure. Source: RFC 9110 sections 13.1 (preconditions) and 14.2 (ranges).
 * The framework half has its own (framework/http/conditional.ts, byte-ranges.ts, utils/dates.ts): neither half imports
 * the other, and a file server of this size needs less.
 */
import parseRange from "range-parser";

/** What identifies a version of a file. */
export interface Validators {
  readonly etag: string;
  /** Whole seconds since the epoch: what a header can say. */
  readonly modified: number;
}

/** A strong validator from size and time; both change when the file does. */
export function fileValidators(size: number, modifiedMs: number): Validators {
  return {
    etag: `"${size.toString(16)}-${Math.floor(modifiedMs).toString(16)}"`,
    modified: Math.floor(modifiedMs / 1000),
  };
}

/** True when `304 Not Modified` is the answer. If-None-Match goes before If-Modified-Since (RFC 9110 section 13.2.2). */
export function isNotModified(
  headers: {
    readonly ifNoneMatch: string | undefined;
    readonly ifModifiedSince: string | undefined;
  },
  validators: Validators,
): boolean {
  const { ifNoneMatch, ifModifiedSince } = headers;
  if (ifNoneMatch !== undefined) {
    return ifNoneMatch
      .split(",")
      .some((tag) => tag.trim() === "*" || tag.trim().replace(/^W\//, "") === validators.etag);
  }
  const since = ifModifiedSince === undefined ? undefined : parseHttpDate(ifModifiedSince);
  return since !== undefined && validators.modified <= since;
}

export interface ByteRange {
  readonly start: number;
  /** The last byte, included. */
  readonly end: number;
}

/** More than this many ranges are not worth their overhead (and may be an attack): the whole file is sent. */
const MAX_RANGES = 16;

/** The wanted ranges; `undefined` for the whole file, `"unsatisfiable"` when the file has none of them. */
export function wantedRanges(
  headers: { readonly range: string | undefined; readonly ifRange: string | undefined },
  size: number,
  validators: Validators,
): readonly ByteRange[] | "unsatisfiable" | undefined {
  const { range, ifRange } = headers;
  if (range === undefined || (ifRange !== undefined && !matchesIfRange(ifRange, validators)))
    return undefined;
  if (!/^bytes=/i.test(range)) return undefined;
  // An empty file has no first byte that a Content-Range could name.
  if (size === 0) return undefined;
  const found = parseRange(size, fitSuffixes(range, size), { combine: true });
  if (found === -1) return "unsatisfiable";
  if (found === -2 || found.length > MAX_RANGES) return undefined;
  return found.map(({ start, end }) => ({ start, end }));
}

/** "The last 500 bytes" of a shorter file are all of it (RFC 9110 section 14.1.2); range-parser knows none there. */
function fitSuffixes(range: string, size: number): string {
  return range.replaceAll(
    /([=,]\s*-)([0-9]+)/g,
    (_match, before: string, digits: string) => `${before}${Math.min(Number(digits), size)}`,
  );
}

/** RFC 9110 section 13.1.5: a strong match of the tag, or exactly the date. */
function matchesIfRange(ifRange: string, validators: Validators): boolean {
  if (ifRange.startsWith('"')) return ifRange === validators.etag;
  return parseHttpDate(ifRange) === validators.modified;
}

const MONTH = "(?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
/** With a leap second. */
const TIME = "(?<hour>[01][0-9]|2[0-3]):(?<minute>[0-5][0-9]):(?<second>[0-5][0-9]|60)";
const HTTP_DATES = [
  new RegExp(`^[A-Z][a-z]{2}, (?<day>[0-9]{2}) ${MONTH} (?<year>[0-9]{4}) ${TIME} GMT$`),
  new RegExp(`^[A-Z][a-z]{5,8}, (?<day>[0-9]{2})-${MONTH}-(?<year>[0-9]{2}) ${TIME} GMT$`),
  new RegExp(`^[A-Z][a-z]{2} ${MONTH} (?<day>[0-9 ][0-9]) ${TIME} (?<year>[0-9]{4})$`),
];
const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** Seconds since the epoch of an HTTP date in any of its three formats (RFC 9110 section 5.6.7); `undefined` for anything else. */
export function parseHttpDate(text: string, now: number = Date.now()): number | undefined {
  const groups = HTTP_DATES.map((format) => format.exec(text)?.groups).find(
    (found) => found !== undefined,
  );
  if (groups === undefined) return undefined;
  const { day, month = "", year = "", hour, minute, second } = groups;
  const fullYear =
    year.length === 4 ? Number(year) : fourDigitYear(Number(year), new Date(now).getUTCFullYear());
  const milliseconds = Date.UTC(
    fullYear,
    MONTHS.indexOf(month) / 3,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  // 31 February is no day, and no day in March. A leap second may end in the next one.
  const seconds = milliseconds / 1000;
  return new Date((seconds - Number(second === "60")) * 1000).getUTCDate() === Number(day)
    ? seconds
    : undefined;
}

/** A two-digit year more than 50 years ahead is one of the past. */
function fourDigitYear(year: number, thisYear: number): number {
  const candidate = thisYear - (thisYear % 100) + year;
  return candidate > thisYear + 50 ? candidate - 100 : candidate;
}
