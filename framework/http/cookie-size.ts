/**
 * A warning about cookies that browsers throw away for their size.
 *
 * Layer 2 (http). Units: bytes. Source: RFC 6265bis section 5.6 (name and value together, 4096).
 * Once per cookie name and process: a site sets the same cookie with every response.
 */

/** What name and value may have together. */
const MAX_COOKIE_BYTES = 4096;

/** Names that were warned about. Bounded, in case a site makes them up. */
const warned = new Set<string>();

function emitWarning(message: string): void {
  process.emitWarning(message, { code: "MINORSWING_COOKIE_SIZE" });
}

/** `header` is a whole `Set-Cookie` value. */
export function warnAboutSize(
  name: string,
  header: string,
  warn: (message: string) => void = emitWarning,
): void {
  // A header is ASCII, and most are far from the limit with all their attributes.
  if (header.length <= MAX_COOKIE_BYTES) return;
  const end = header.indexOf(";");
  const size = (end === -1 ? header.length : end) - "=".length;
  if (size <= MAX_COOKIE_BYTES || warned.has(name)) return;
  if (warned.size < 1000) warned.add(name);
  warn(
    `the cookie ${name} has ${size} bytes; browsers ignore cookies of more than ${MAX_COOKIE_BYTES}`,
  );
}
