/**
 * Headers about one connection: the server's business, not the application's.
 *
 * Layer 3 (wsgiserver). Pure. Source: RFC 2616 section 13.5.1; CPython wsgiref/util.py (`is_hop_by_hop`).
 */
const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailers",
  "transfer-encoding",
  "upgrade",
]);

/** Whether an application may not set this header. Case does not matter. */
export function isHopByHop(name: string): boolean {
  return HOP_BY_HOP.has(name.toLowerCase());
}
