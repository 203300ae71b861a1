/**
 * The frame of the pages that the framework itself shows: self-contained, escaped, light and dark.
 *
 * Layer 6 (views). Pure. No script and no external resource.
 */
import { documentHtml } from "./debug/document.ts";
import { markup, trusted } from "./debug/markup.ts";
import { preferredFormat } from "./debug/preferred-format.ts";
import { PAGE_STYLE } from "./debug/style.ts";
import { escapeHtml } from "../utils/html.ts";

/** A whole document. `title` is escaped here; `body` is HTML already. */
export function htmlPage(title: string, body: string): string {
  const content = markup`<div class="wrap plain">${trusted(body)}</div>`;
  return documentHtml({ title, body: content, style: PAGE_STYLE });
}

/** A table of names and values, both escaped here. */
export function htmlTable(rows: Iterable<readonly [name: string, value: string]>): string {
  const lines = [...rows].map(
    ([name, value]) => `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return lines.length === 0 ? "<p>None.</p>" : `<table>\n${lines.join("\n")}\n</table>`;
}

/** Whether an `Accept` header asks for HTML by name. Browsers do; curl and most clients send a wildcard, or nothing. */
export function asksForHtml(accept: string | undefined): boolean {
  return preferredFormat(accept) === "text/html";
}
