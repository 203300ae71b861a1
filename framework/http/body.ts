/**
 * Reading a request body into memory, within a limit.
 *
 * Layer 2 (http). Units: bytes. Errors: `RequestDataTooBig`, before memory is spent where the length is announced.
 * Source: Django http/request.py (`body`).
 */
import { RequestDataTooBig } from "../exceptions.ts";
import type { Chunk, Environ } from "../wsgi.ts";

/** The whole body. `limit` is in bytes; `null` for none. */
export async function readBody(environ: Environ, limit: number | null): Promise<Buffer> {
  const announced = Number(environ.CONTENT_LENGTH ?? 0);
  if (limit !== null && announced > limit) throw tooBig();
  const chunks: Chunk[] = [];
  let size = 0;
  for await (const chunk of environ["wsgi.input"]) {
    size += chunk.byteLength;
    if (limit !== null && size > limit) throw tooBig();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function tooBig(): RequestDataTooBig {
  return new RequestDataTooBig("Request body exceeded settings.DATA_UPLOAD_MAX_MEMORY_SIZE.");
}
