/**
 * HTML as tokens that can be compared: what looks different and means the same becomes the same.
 *
 * Layer 8 (testing). Pure. Not a parser: nothing is repaired, which is as well for comparing what a site wrote.
 * Source: Django test/html.py. White space is one space, attributes and the words of `class` are sorted, `checked=""`
 * and `checked="checked"` are `checked`, comments are left out, `<br />` is `<br>`, entities are what they stand for.
 */
import { unescapeHtml } from "../utils/html.ts";

/** A tag begins with `<`; anything else is text. */
export type HtmlToken = string;

const TOKEN =
  /<!--[\s\S]*?(?:-->|$)|<![^>]*>|<(?<slash>\/?)(?<name>[a-z][^\s/>]*)(?<attributes>(?:"[^"]*"|'[^']*'|[^'">])*)>|(?<text>[^<]+|<)/gi;

const ATTRIBUTE =
  /(?<name>[^\s=/"'>]+)(?:\s*=\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<bare>[^\s"'=<>`]+)))?/g;

const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;

export function htmlTokens(html: string): HtmlToken[] {
  const tokens: HtmlToken[] = [];
  let text = "";
  const flush = (): void => {
    const words = text.replaceAll(/\s+/g, " ").trim();
    // A text that looks like a tag must not be taken for one.
    if (words !== "") tokens.push(words.replace(/^</, "&lt;"));
    text = "";
  };
  for (const { groups = {} } of html.matchAll(TOKEN)) {
    text += unescapeHtml(groups.text ?? "");
    if (groups.name === undefined) continue;
    const tag = tagToken(groups.slash === "/", groups.name.toLowerCase(), groups.attributes ?? "");
    if (tag === undefined) continue;
    flush();
    tokens.push(tag);
  }
  flush();
  return tokens;
}

/** How often `needle` occurs in `haystack`. A needle that is text alone may be a part of a text. */
export function countHtml(needle: string, haystack: string): number {
  const wanted = htmlTokens(needle);
  const tokens = htmlTokens(haystack);
  const [first = ""] = wanted;
  if (wanted.length === 0) return 0;
  if (wanted.length === 1 && !first.startsWith("<"))
    return tokens.reduce((count, token) => count + countText(first, token), 0);
  return tokens.filter((_token, start) =>
    wanted.every((token, index) => tokens[start + index] === token),
  ).length;
}

/** How often `needle` occurs in `haystack`, overlaps not counted. */
export function countText(needle: string, haystack: string): number {
  return needle === "" ? 0 : haystack.split(needle).length - 1;
}

function tagToken(isEnd: boolean, name: string, attributes: string): HtmlToken | undefined {
  if (isEnd) return VOID.test(name) ? undefined : `</${name}>`;
  const pairs = [...attributes.matchAll(ATTRIBUTE)].map(({ groups = {} }) => {
    const key = (groups.name ?? "").toLowerCase();
    return attributeText(key, groups.double ?? groups.single ?? groups.bare ?? "");
  });
  return `<${[name, ...pairs.toSorted()].join(" ")}>`;
}

function attributeText(name: string, value: string): string {
  if (value === "" || value === name) return name;
  const text = unescapeHtml(value);
  return `${name}=${JSON.stringify(name === "class" ? sortedWords(text) : text)}`;
}

function sortedWords(text: string): string {
  return text.trim().split(/\s+/).toSorted().join(" ");
}
