/** The other side of compression. */
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import type { ContentCoding } from "../../framework/http/content-codings.ts";

const DECODERS = { gzip: gunzipSync, br: brotliDecompressSync, zstd: zstdDecompressSync };

export function decompress(coding: ContentCoding, bytes: Uint8Array): Buffer {
  return DECODERS[coding](bytes);
}

/** All chunks of a body, in order. */
export async function chunksOf(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return chunks;
}
