/**
 * A path made of plain text, as it stands in a URL.
 *
 * Layer 3 (urls). Pure. Safe characters as in Django: ``!$&'()*+,;=/~:@`` and the unreserved ones of RFC 3986.
 */
const SAFE = /^[\w.~!$&'()*+,;=/:@-]*$/;

export function quotePath(path: string): string {
  if (SAFE.test(path)) return path;
  return encodeURI(path.toWellFormed()).replaceAll(/[?#]/g, encodeURIComponent);
}
