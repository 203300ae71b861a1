/**
 * A value as a text that may stand in a cookie or a URL: serialised, compressed where that helps, base64url.
 *
 * Layer 1. Pure. A leading `.` tells that the bytes are compressed (zlib, RFC 1950). It is part of what gets signed,
 * so nobody but the site can make it expand anything.
 * Source: Django core/signing.py (`sign_object`, `unsign_object`).
 */
import { deflateSync, inflateSync } from "node:zlib";
import { errorMessage } from "../utils/describe.ts";
import { toBuffer } from "../utils/to-buffer.ts";
import { InvalidPayload } from "./exceptions.ts";
import { jsonSerializer, type Serializer } from "./json.ts";

export interface PayloadOptions {
  /** @default JSON */
  readonly serializer?: Serializer | undefined;
}

export interface PackOptions extends PayloadOptions {
  /** Compress where it saves more than the `.` costs. @default false */
  readonly compress?: boolean | undefined;
}

export function packPayload(
  value: unknown,
  { serializer = jsonSerializer, compress = false }: PackOptions,
): string {
  const bytes = serializer.dumps(value);
  const compressed = compress ? deflateSync(bytes) : bytes;
  return compressed.length < bytes.length - 1 ? `.${toBase64Url(compressed)}` : toBase64Url(bytes);
}

/** Errors: `InvalidPayload`. */
export function unpackPayload(
  text: string,
  { serializer = jsonSerializer }: PayloadOptions,
): unknown {
  try {
    const bytes = fromBase64Url(text.replace(/^\./, ""));
    return serializer.loads(text.startsWith(".") ? inflateSync(bytes) : bytes);
  } catch (cause) {
    throw new InvalidPayload(
      `The signature is right, but what it signs cannot be read: ${errorMessage(cause)}; does something else sign with this salt?`,
      { cause },
    );
  }
}

/** Without padding, which a cookie would have to quote. */
export function toBase64Url(bytes: Uint8Array): string {
  return toBuffer(bytes).toString("base64url");
}

function fromBase64Url(text: string): Buffer {
  // Node skips what is no base64.
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) throw new SyntaxError("it is no base64url");
  return Buffer.from(text, "base64url");
}
