/**
 * What is sent after the headers of a file server's answer: a page, a file, parts of one.
 *
 * Layer 2 (httpserver). Units: bytes. Source: RFC 9110 section 14.6 (`multipart/byteranges`).
 */
import type { FileHandle } from "node:fs/promises";
import type { ByteRange } from "./conditional.ts";

/** Dispose it when it was sent, or when it is not going to be. */
export interface Content extends AsyncDisposable {
  /** How many bytes there are; fewer come when a file gets shorter meanwhile. */
  readonly length: number;
  readonly chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

export function pageContent(page: Buffer): Content {
  return { length: page.byteLength, chunks: [page], [Symbol.asyncDispose]: async () => undefined };
}

/** A part of a file, which is closed with it. */
export function rangeContent(handle: FileHandle, { start, end }: ByteRange): Content {
  return {
    length: Math.max(0, end - start + 1),
    chunks: end < start ? [] : readRange(handle, { start, end }),
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

/** Several parts of a file, each with its own headers, between boundaries. The file is closed with them. */
export function multipartContent(
  handle: FileHandle,
  ranges: readonly ByteRange[],
  part: { readonly boundary: string; readonly type: string; readonly size: number },
): Content {
  const { boundary, type, size } = part;
  const heads = ranges.map((range) =>
    Buffer.from(
      `\r\n--${boundary}\r\nContent-Type: ${type}\r\nContent-Range: ${contentRange(range, size)}\r\n\r\n`,
      "latin1",
    ),
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`, "latin1");
  const bytes = ranges.reduce((sum, { start, end }) => sum + end - start + 1, 0);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (const [index, range] of ranges.entries()) {
      yield heads[index] ?? tail;
      yield* readRange(handle, range);
    }
    yield tail;
  }
  return {
    length: heads.reduce((sum, head) => sum + head.length, bytes + tail.length),
    chunks: chunks(),
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

export function contentRange({ start, end }: ByteRange, size: number): string {
  return `bytes ${start}-${end}/${size}`;
}

async function* readRange(handle: FileHandle, { start, end }: ByteRange): AsyncGenerator<Buffer> {
  const stream: AsyncIterable<Buffer> = handle.createReadStream({ start, end, autoClose: false });
  yield* stream;
}
