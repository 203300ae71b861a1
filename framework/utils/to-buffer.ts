/**
 * Bytes of any kind as a `Buffer`.
 *
 * Layer 0. Pure.
 */

/** A view of the same memory: nothing is copied. */
export function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
