/**
 * Compression: gzip, Brotli and Zstandard, each with a length that nobody can foretell.
 *
 * Layer 2 (http). Units: bytes. Source: RFC 1952 (gzip), RFC 7932 (Brotli), RFC 8878 (Zstandard); Django
 * utils/text.py (`compress_string`, `_get_random_filename`).
 *
 * Why padding: whoever can make a page contain a guess, and see how long it gets, can read the secrets in it (BREACH).
 * So something of random length, which decoders skip, is added: in gzip a file name in its head, as Django does; in Brotli
 * a metadata block and in Zstandard empty blocks at the end, where the compressor has only been flushed.
 */
import { promisify } from "node:util";
import {
  brotliCompress,
  brotliCompressSync,
  constants,
  createBrotliCompress,
  createGzip,
  createZstdCompress,
  gzip,
  gzipSync,
  zstdCompress,
  zstdCompressSync,
} from "node:zlib";
import type { Transform } from "node:stream";

/** The codings that can be made, the best first: Zstandard takes a third of the time of the others. */
export const CONTENT_CODINGS = ["zstd", "br", "gzip"] as const;

/** As `Accept-Encoding` and `Content-Encoding` name them. */
export type ContentCoding = (typeof CONTENT_CODINGS)[number];

export interface Codec {
  /** Compresses all of it; needs `pad` to be complete. */
  now(content: Uint8Array): Buffer;
  /** The same in another thread. */
  later(content: Uint8Array): Promise<Buffer>;
  /** Compresses what is written to it, so that each chunk can be read as soon as it is there. */
  stream(): Transform;
  /** Where the padding goes; at the end it also completes what was written to the stream. */
  readonly padsAt: "start" | "end";
  /** What no content at all looks like. */
  readonly empty: Uint8Array;
  /** Adds about `length` bytes. */
  pad(compressed: Buffer, length: number): Buffer;
}

const {
  BROTLI_OPERATION_FLUSH,
  BROTLI_PARAM_LGWIN,
  BROTLI_PARAM_QUALITY,
  Z_SYNC_FLUSH,
  ZSTD_c_compressionLevel,
  ZSTD_c_windowLog,
  ZSTD_e_flush,
} = constants;

const NOTHING = Buffer.alloc(0);
const GZIP = { level: 6 };
/** The default quality, 11, is for files that are compressed once. */
const BROTLI = {
  finishFlush: BROTLI_OPERATION_FLUSH,
  params: { [BROTLI_PARAM_QUALITY]: 5 },
};
const ZSTD = {
  finishFlush: ZSTD_e_flush,
  params: { [ZSTD_c_compressionLevel]: 3 },
};
/** A stream may last, and there may be many: a window of 256 KiB is enough. */
const WINDOW_BITS = 18;

const gzipLater = promisify(gzip);
const brotliLater = promisify(brotliCompress);
const zstdLater = promisify(zstdCompress);

export const CODECS: Readonly<Record<ContentCoding, Codec>> = {
  gzip: {
    now: (content) => gzipSync(content, GZIP),
    later: (content) => gzipLater(content, GZIP),
    stream: () => createGzip({ ...GZIP, flush: Z_SYNC_FLUSH }),
    padsAt: "start",
    empty: gzipSync(NOTHING, GZIP),
    pad: addFileName,
  },
  br: {
    now: (content) => brotliCompressSync(content, BROTLI),
    later: (content) => brotliLater(content, BROTLI),
    stream: () =>
      createBrotliCompress({
        flush: BROTLI_OPERATION_FLUSH,
        params: { ...BROTLI.params, [BROTLI_PARAM_LGWIN]: WINDOW_BITS },
      }),
    padsAt: "end",
    empty: brotliCompressSync(NOTHING),
    pad: (compressed, length) => Buffer.concat([compressed, brotliEnd(length)]),
  },
  zstd: {
    now: (content) => zstdCompressSync(content, ZSTD),
    later: (content) => zstdLater(content, ZSTD),
    stream: () =>
      createZstdCompress({
        flush: ZSTD_e_flush,
        params: { ...ZSTD.params, [ZSTD_c_windowLog]: WINDOW_BITS },
      }),
    padsAt: "end",
    empty: zstdCompressSync(NOTHING),
    pad: (compressed, length) => Buffer.concat([compressed, zstdEnd(length)]),
  },
};

const FILL = "a".charCodeAt(0);
const GZIP_HEAD_LENGTH = 10;
const FNAME = 8;

/** RFC 1952 section 2.3: a flag, and a name with a zero behind it after the fixed part of the head. */
function addFileName(compressed: Buffer, length: number): Buffer {
  if (length === 0) return compressed;
  const head = Buffer.from(compressed.subarray(0, GZIP_HEAD_LENGTH));
  head[3] = (head[3] ?? 0) | FNAME;
  const name = Buffer.alloc(length + 1, FILL);
  name[length] = 0;
  return Buffer.concat([head, name, compressed.subarray(GZIP_HEAD_LENGTH)]);
}

/** ISLAST and ISLASTEMPTY. */
const BROTLI_LAST = 0b11;

/** RFC 7932 section 9.2: a block of metadata (MNIBBLES 3, one byte of length; at most 256), and the last, empty one. */
function brotliEnd(length: number): Buffer {
  if (length === 0) return Buffer.of(BROTLI_LAST);
  const head = 0b01_0_11_0 | ((length - 1) << 6);
  const end = Buffer.alloc(length + 3, FILL);
  end.writeUInt16LE(head);
  end[length + 2] = BROTLI_LAST;
  return end;
}

/** RFC 8878 section 3.1.1.2: raw blocks of size 0, three bytes each, the last one marked as such. */
function zstdEnd(length: number): Buffer {
  const end = Buffer.alloc(3 * Math.trunc(length / 3) + 3);
  end[end.length - 3] = 1;
  return end;
}
