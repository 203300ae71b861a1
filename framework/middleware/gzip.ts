/**
 * Sends text compressed: gzip, Brotli or Zstandard, whichever the client likes best.
 *
 * Layer 6 (middleware). No settings: `createGzipMiddleware(options)` for other than the usual. Its name is Django's.
 * Source: Django middleware/gzip.py. Goes before whatever reads or changes the content of responses.
 */
import type { MiddlewareFactory } from "../conf/settings.ts";
import { type CompressionOptions, Compressor } from "../http/compressed-response.ts";
import { whenReady } from "../utils/maybe-promise.ts";

export const gzipMiddleware: MiddlewareFactory = createGzipMiddleware();

export function createGzipMiddleware(options: CompressionOptions = {}): MiddlewareFactory {
  const compressor = new Compressor(options);
  return function gzipMiddleware(getResponse) {
    return (request) =>
      whenReady(getResponse(request), (response) => compressor.compress(request, response));
  };
}
