/**
 * Filters that make or change HTML: `escape`, `escapejs`, `escapeseq`, `force_escape`, `json_script`, `linebreaks`,
 * `linebreaksbr`, `linenumbers`, `safe`, `safeseq`, `striptags`, `truncate…_html`, `unordered_list`, `urlize`,
 * `urlizetrunc`.
 *
 * Layer 5 (templates). Pure. Source: Django template/defaultfilters.py, utils/html.py. Differs from it: JSON is
 * JavaScript's (no spaces, and only what must be is escaped).
 */
import type { TemplateFilter } from "../../conf/template-engine.ts";
import { describeValue } from "../../utils/describe.ts";
import { escapeHtml } from "../../utils/html.ts";
import {
  conditionalEscape,
  formatHtml,
  markSafe,
  type SafeString,
  toText,
} from "../../utils/safe-string.ts";
import { toList } from "../truth.ts";
import { stripTags } from "./strip-tags.ts";
import {
  type Escape,
  escapingFilter,
  type Filters,
  normalizeNewlines,
  safeTextFilter,
  toInteger,
} from "./text.ts";
import { truncateBy } from "./truncate.ts";
import { truncateHtml, truncateHtmlWords } from "./truncate-html.ts";
import { urlize } from "./urlize.ts";

export const HTML_FILTERS: Filters = {
  e: escape,
  escape,
  escapejs: (value: unknown) => markSafe(escapeJs(toText(value))),
  escapeseq: (value: unknown) => toList(value).map(escape),
  force_escape: (value: unknown) => markSafe(escapeHtml(toText(value))),
  forceescape: (value: unknown) => markSafe(escapeHtml(toText(value))),
  json_script: jsonScript,
  linebreaks: linesFilter(linebreaks),
  linebreaksbr: linesFilter((text) => text.replaceAll("\n", "<br>")),
  linenumbers: linesFilter(linenumbers),
  safe: (value: unknown) => markSafe(toText(value)),
  safeseq: (value: unknown) => toList(value).map((item) => markSafe(toText(item))),
  striptags: safeTextFilter(stripTags),
  truncatechars_html: safeTextFilter((text, length) => truncateBy(truncateHtml, text, length)),
  truncatewords_html: safeTextFilter((text, length) => truncateBy(truncateHtmlWords, text, length)),
  unordered_list: escapingFilter(
    (write) => (value: unknown) => markSafe(unorderedList(toList(value), "\t", write)),
  ),
  urlize: escapingFilter((write) => (value: unknown) => markSafe(urlize(value, write))),
  urlizetrunc: escapingFilter(
    (write) => (value: unknown, limit: unknown) => markSafe(urlize(value, write, toInteger(limit))),
  ),
};

function escape(value: unknown): SafeString {
  return markSafe(conditionalEscape(value));
}

/** A filter that gets HTML: text that is not safe is escaped before. Line ends are `\n`. */
function linesFilter(filter: (html: string) => string): TemplateFilter {
  return escapingFilter(
    (write) => (value: unknown) => markSafe(filter(normalizeNewlines(write(value)))),
  );
}

const JS_ESCAPED = /[\0-\x1f\\'"<>&=\-;`\u2028\u2029]/g;

function escapeJs(text: string): string {
  return text.replaceAll(JS_ESCAPED, unicodeEscape);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** A `<script>` that a page's own script reads with `JSON.parse(document.getElementById(id).textContent)`. */
function jsonScript(value: unknown, id?: unknown): SafeString {
  const json: string | undefined = JSON.stringify(value ?? null);
  if (json === undefined) throw new TypeError(`JSON cannot express ${describeValue(value)}`);
  const escaped = markSafe(json.replaceAll(/[<>&]/g, unicodeEscape));
  return id === undefined
    ? formatHtml`<script type="application/json">${escaped}</script>`
    : formatHtml`<script id="${id}" type="application/json">${escaped}</script>`;
}

function linebreaks(html: string): string {
  const paragraphs = html.split(/\n{2,}/);
  return paragraphs.map((text) => `<p>${text.replaceAll("\n", "<br>")}</p>`).join("\n\n");
}

function linenumbers(html: string): string {
  const lines = html.split("\n");
  const width = String(lines.length).length;
  return lines
    .map((line, index) => `${String(index + 1).padStart(width, "0")}. ${line}`)
    .join("\n");
}

/** A list in a list belongs to the item before it. */
function unorderedList(items: readonly unknown[], indent: string, write: Escape): string {
  const lines: string[] = [];
  for (let index = 0; index < items.length; index += 1) {
    const next = items[index + 1];
    const children = Array.isArray(next) ? next : undefined;
    const inner =
      children === undefined || children.length === 0
        ? ""
        : `\n${indent}<ul>\n${unorderedList(children, `${indent}\t`, write)}\n${indent}</ul>\n${indent}`;
    lines.push(`${indent}<li>${write(items[index])}${inner}</li>`);
    if (children !== undefined) index += 1;
  }
  return lines.join("\n");
}
