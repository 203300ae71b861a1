/**
 * The frame of the pages that the framework itself shows: self-contained, escaped, light and dark.
 *
 * Layer 6 (views). Pure. No script and no external resource; the style stands inside.
 */
import { escapeHtml } from "../utils/html.ts";

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --soft: #8882; --accent: #0f766e; }
@media (prefers-color-scheme: dark) { :root { --accent: #5eead4; } }
body { font: 16px/1.55 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.05rem; margin: 2.25rem 0 .5rem; }
.lead { font-size: 1.15rem; margin: 0 0 1rem; overflow-wrap: anywhere; white-space: pre-wrap; }
code, pre, td { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .875rem; }
pre { background: var(--soft); border-radius: .5rem; overflow-x: auto; padding: .875rem 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-top: 1px solid var(--line); overflow-wrap: anywhere; padding: .35rem .75rem .35rem 0; text-align: left; vertical-align: top; }
th { font-weight: 500; white-space: nowrap; width: 12rem; }
a { color: var(--accent); }
footer { border-top: 1px solid var(--line); color: GrayText; font-size: .875rem; margin-top: 3rem; padding-top: 1rem; }
`;

/** A whole document. `title` is escaped here; `body` is HTML already. */
export function htmlPage(title: string, body: string): string {
  return (
    `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n` +
    `<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n` +
    `<title>${escapeHtml(title)}</title>\n<style>${STYLE}</style>\n</head>\n<body>\n${body}\n</body>\n</html>\n`
  );
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
  return /\btext\/(?:html|\*)/i.test(accept ?? "");
}
