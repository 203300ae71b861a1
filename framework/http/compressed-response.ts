/**
 * A response in a content coding that its client takes.
 *
 * Layer 2 (http). Units: bytes. Source: Django middleware/gzip.py; RFC 9110 sections 8.4 (Content-Encoding), 8.8.3 (weak
 * tags), 12.5.3 (Accept-Encoding), 14.2 (Range); RFC 9111 section 5.2.2.6 (no-transform).
 * Differs from Django: weights are honoured, types that are compressed already stay as they are, Brotli and Zstandard.
 */
import { randomInt } from "node:crypto";
import { type MaybePromise, whenReady } from "../utils/maybe-promise.ts";
import { anyMatchesWhole } from "../utils/patterns.ts";
import { preferredCoding } from "./accept-encoding.ts";
import { hasCacheDirective } from "./cache-control.ts";
import { compressChunks } from "./compressed-chunks.ts";
import { applyConditions } from "./conditional-response.ts";
import { CODECS, CONTENT_CODINGS, type ContentCoding } from "./content-codings.ts";
import { FileResponse } from "./file-response.ts";
import type { HttpRequest } from "./request.ts";
import { HttpResponse, type HttpResponseBase } from "./response.ts";
import { StreamingHttpResponse } from "./streaming-response.ts";
import { patchVaryHeaders } from "./vary.ts";

/**
 * Media types that get smaller: text, and what is text inside. Not among them: images, sound, video, fonts and archives,
 * which are compressed already, and event streams, each of which would hold a compressor for hours.
 */
export const COMPRESSIBLE_TYPES: readonly RegExp[] = [
  /text\/(?!event-stream$).*/,
  /.*\+(?:json|text|xml)/,
  /application\/(?:graphql|javascript|json|json5|jsonlines|ndjson|rtf|sql|toml|wasm|x-ndjson|x-sh|xml|yaml)/,
  /application\/(?:ecmascript|manifest|x-httpd-php|x-javascript|x-yaml)/,
  /(?:font\/(?:otf|ttf)|application\/vnd\.ms-fontobject)/,
  /image\/(?:bmp|vnd\.microsoft\.icon|x-icon|x-ms-bmp)/,
];

export interface CompressionOptions {
  /** Shorter bodies are not worth it, where the length is known. @default 200 */
  readonly minLength?: number;
  /** Padding against BREACH is shorter than this; 0 for none. At most 256. @default 100 */
  readonly maxRandomBytes?: number;
  /** What is offered, the favourite first; it counts between codings that the client likes equally. @default ["zstd", "br", "gzip"] */
  readonly codings?: readonly ContentCoding[];
  /** Media types, without parameters, that are compressed: each must match the whole. @default COMPRESSIBLE_TYPES */
  readonly types?: readonly RegExp[];
}

/** Larger bodies are compressed in another thread: here they would hold up every other request for milliseconds. */
const LARGE = 256 * 1024;

/** Made once from its options, it compresses what comes along. A response that is there at once stays that, unless it is large. */
export class Compressor {
  readonly #minLength: number;
  readonly #maxRandomBytes: number;
  readonly #codings: readonly ContentCoding[];
  readonly #isCompressible: (type: string) => boolean;

  constructor(options: CompressionOptions = {}) {
    this.#minLength = options.minLength ?? 200;
    this.#maxRandomBytes = options.maxRandomBytes ?? 100;
    this.#codings = options.codings ?? CONTENT_CODINGS;
    this.#isCompressible = anyMatchesWhole(options.types ?? COMPRESSIBLE_TYPES);
    if (
      !Number.isInteger(this.#maxRandomBytes) ||
      this.#maxRandomBytes < 0 ||
      this.#maxRandomBytes > 256
    )
      throw new RangeError(`maxRandomBytes must be from 0 to 256; found ${this.#maxRandomBytes}`);
  }

  compress(request: HttpRequest, response: HttpResponseBase): MaybePromise<HttpResponseBase> {
    if (!this.#isWorthIt(response)) return response;
    patchVaryHeaders(response, ["Accept-Encoding"]);
    const coding = preferredCoding(request.META.HTTP_ACCEPT_ENCODING, this.#codings);
    // A 304 only says on what the answer depends. A part of a file is a part of its plain form.
    if (coding === undefined || response.status === 304 || asksForPart(request, response))
      return response;
    if (response instanceof StreamingHttpResponse) return this.#stream(request, response, coding);
    return response instanceof HttpResponse ? this.#whole(response, coding) : response;
  }

  #isWorthIt(response: HttpResponseBase): boolean {
    const { headers, status } = response;
    if (headers.has("Content-Encoding") || headers.has("Content-Range")) return false;
    if (status === 304) return true;
    if (lengthOf(response) < this.#minLength) return false;
    if (hasCacheDirective(response, "no-transform")) return false;
    const [type = ""] = (headers.get("Content-Type") ?? "").split(";", 1);
    return this.#isCompressible(type.trim().toLowerCase());
  }

  #whole(response: HttpResponse, coding: ContentCoding): MaybePromise<HttpResponseBase> {
    const { content } = response;
    const codec = CODECS[coding];
    const compressed = content.byteLength < LARGE ? codec.now(content) : codec.later(content);
    return whenReady(compressed, (bytes) => {
      const padded = codec.pad(bytes, this.#padding());
      if (padded.byteLength >= content.byteLength) return response;
      response.content = padded;
      response.headers.set("Content-Length", padded.byteLength);
      return encoded(response, coding);
    });
  }

  #stream(
    request: HttpRequest,
    response: StreamingHttpResponse,
    coding: ContentCoding,
  ): HttpResponseBase {
    // A file answers conditions when it is sent, and only as long as its content is its own.
    const answer = response instanceof FileResponse ? applyConditions(request, response) : response;
    if (answer !== response || response.status === 304) return answer;
    const { streamingContent } = response;
    response.streamingContent = compressChunks(streamingContent, CODECS[coding], this.#padding());
    response.headers.delete("Content-Length");
    response.headers.delete("Accept-Ranges");
    return encoded(response, coding);
  }

  #padding(): number {
    return this.#maxRandomBytes === 0 ? 0 : randomInt(this.#maxRandomBytes);
  }
}

/** `Infinity` where it is not known. */
function lengthOf(response: HttpResponseBase): number {
  if (response instanceof HttpResponse) return response.content.byteLength;
  return Number(response.headers.get("Content-Length") ?? Number.POSITIVE_INFINITY);
}

function asksForPart(request: HttpRequest, response: HttpResponseBase): boolean {
  return request.META.HTTP_RANGE !== undefined && response.headers.get("Accept-Ranges") === "bytes";
}

/** The bytes are others now, so the tag no longer names them, only what they mean. */
function encoded(response: HttpResponseBase, coding: ContentCoding): HttpResponseBase {
  const { headers } = response;
  const etag = headers.get("ETag");
  if (etag?.startsWith('"') === true) headers.set("ETag", `W/${etag}`);
  headers.set("Content-Encoding", coding);
  return response;
}
