/**
 * Parts of a file: what a `Range` header asks for, and the bodies that answer it.
 *
 * Layer 2 (http). Pure. Units: bytes. Source: RFC 9110 sections 14 and 15.3.7. Django has none of this.
 * The server half has its own few lines (devserver/httpserver/conditional.ts): neither half imports the other.
 */
import parseRange from "range-parser";

export interface ByteRange {
  readonly start: number;
  /** The last byte, included. */
  readonly end: number;
}

/** A piece of a body: bytes of its own, or a part of the file. */
export type Segment = Uint8Array | ByteRange;

/** More than this many ranges are not worth their overhead (and may be an attack): the whole file is sent. */
const MAX_RANGES = 16;

/** The wanted ranges; `undefined` for the whole file, `"unsatisfiable"` when the file has none of them. */
export function wantedRanges(
  range: string | undefined,
  size: number,
): readonly ByteRange[] | "unsatisfiable" | undefined {
  // An empty file has no first byte that a Content-Range could name.
  if (range === undefined || size === 0 || !/^bytes=/i.test(range)) return undefined;
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

/** `bytes 0-99/1000`. */
export function contentRange({ start, end }: ByteRange, size: number): string {
  return `bytes ${start}-${end}/${size}`;
}

/** How many bytes the segments have together. */
export function lengthOf(segments: readonly Segment[]): number {
  return segments.reduce(
    (sum, segment) =>
      sum + (segment instanceof Uint8Array ? segment.byteLength : segment.end - segment.start + 1),
    0,
  );
}

/** A `multipart/byteranges` body: each part with its own headers, between boundaries. */
export function multipartSegments(
  ranges: readonly ByteRange[],
  size: number,
  contentType: string,
  boundary: string,
): Segment[] {
  const heads = ranges.map(
    (range) =>
      `\r\n--${boundary}\r\nContent-Type: ${contentType}\r\nContent-Range: ${contentRange(range, size)}\r\n\r\n`,
  );
  const parts = ranges.flatMap((range, index) => [
    Buffer.from(heads[index] ?? "", "latin1"),
    range,
  ]);
  return [...parts, Buffer.from(`\r\n--${boundary}--\r\n`, "latin1")];
}
