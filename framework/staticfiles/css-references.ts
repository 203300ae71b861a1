/**
 * The files that a stylesheet names: `url(…)`, `@import "…"`, its source map.
 *
 * Layer 4 (staticfiles). Pure. Source: Django contrib/staticfiles/storage.py (`HashedFilesMixin.patterns`), whose
 * rewritten forms these are, so that names with hashes come out alike. Comments and strings hold no references.
 */
import type { Reference } from "./references.ts";

const SPACE = String.raw`[ \t\r\n\f]*`;
const QUOTED = String.raw`"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'`;

const TOKEN = new RegExp(
  [
    String.raw`(?<comment>\/\*[\s\S]*?(?:\*\/|$))`,
    `@import${SPACE}(?<imported>${QUOTED})`,
    String.raw`(?<![\w-])url\(${SPACE}(?<url>${QUOTED}|[^"'()\s][^)]*?)${SPACE}\)`,
    QUOTED,
  ].join("|"),
  "gi",
);

const SOURCE_MAP = /^\/\*#[ \t]sourceMappingURL=(?<map>.*?)[ \t]*\*\/$/;

/** In the order in which they stand. */
export function cssReferences(text: string): Reference[] {
  return [...text.matchAll(TOKEN)].flatMap(({ 0: token, index, groups = {} }) => {
    const { comment, imported, url } = groups;
    const place = { start: index, end: index + token.length };
    if (comment !== undefined) {
      const map = SOURCE_MAP.exec(comment)?.groups?.map;
      if (map === undefined) return [];
      return [
        {
          ...place,
          url: map,
          isSourceMap: true,
          write: (to: string) => `/*# sourceMappingURL=${to} */`,
        },
      ];
    }
    if (imported !== undefined) return [reference(place, imported, "@import url")];
    return url === undefined ? [] : [reference(place, url, "url")];
  });
}

function reference(
  place: Pick<Reference, "start" | "end">,
  written: string,
  before: string,
): Reference {
  const url = /^["']/.test(written) ? written.slice(1, -1).trim() : written;
  return { ...place, url, isSourceMap: false, write: (to) => `${before}("${to}")` };
}
