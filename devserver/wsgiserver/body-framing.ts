/**
 * Pieces of a response body as bytes on the wire.
 *
 * Layer 3 (wsgiserver). Pure. Source: RFC 9112 section 7.1. Head and first piece leave in one system call: small
 * ones in one buffer, large ones as they are. Units: bytes.
 */
import type { Chunk } from "../../framework/wsgi.ts";

/** What ends a chunked body. */
export const LAST_CHUNK: Buffer = Buffer.from("0\r\n\r\n", "latin1");

/** From this size on copying a piece into one buffer with its framing costs more than it saves. */
export const LARGE_PIECE = 16_384;

const LINE_END: Buffer = Buffer.from("\r\n", "latin1");

/** The head (latin-1 text, possibly empty) and a piece of a body that is not chunked. */
export function joinHead(head: string, body: Chunk): Buffer {
  const buffer = Buffer.allocUnsafe(head.length + body.byteLength);
  buffer.write(head, "latin1");
  buffer.set(body, head.length);
  return buffer;
}

/** The head and a piece of a chunked body. */
export function joinChunked(head: string, body: Chunk): Buffer {
  const start = `${head}${body.byteLength.toString(16)}\r\n`;
  const buffer = Buffer.allocUnsafe(start.length + body.byteLength + 2);
  buffer.write(start, "latin1");
  buffer.set(body, start.length);
  buffer.write("\r\n", start.length + body.byteLength, "latin1");
  return buffer;
}

/** As `joinChunked`, for a large piece: nothing is copied. */
export function splitChunked(head: string, body: Chunk): readonly Uint8Array[] {
  return [Buffer.from(`${head}${body.byteLength.toString(16)}\r\n`, "latin1"), body, LINE_END];
}
