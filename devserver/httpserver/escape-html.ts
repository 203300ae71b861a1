/**
 * Text between tags and in double-quoted attributes.
 *
 * Layer 2 (httpserver). Pure. Source: CPython html.escape with `quote=False`, whose pages these are.
 */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
