/**
 * HTML as tags and text, as far as filters that shorten or strip it need it.
 *
 * Layer 5 (templates). Pure. Comments and declarations are neither. What begins like a tag and never ends is text. The
 * cost grows with the length only, whatever the text.
 */
export interface HtmlToken {
  readonly kind: "close" | "open" | "text" | "void";
  /** As it stands there. */
  readonly raw: string;
  /** Of a tag, in small letters. */
  readonly name: string;
}

/** Elements without content. */
const VOID_ELEMENTS: ReadonlySet<string> = new Set(
  "area base br col embed frame hr img input link meta param source spacer track wbr".split(" "),
);

const TAG_START = /<(?<slash>\/?)(?<name>[a-zA-Z][^\s/>]*)|<!--|<[!?]/y;
const ATTRIBUTE_VALUE = /[^=>]*(?:>|=\s*(?<quote>["']?))/y;

export function* htmlTokens(html: string): Generator<HtmlToken> {
  let textStart = 0;
  let index = html.indexOf("<");
  while (index >= 0) {
    const markup = markupAt(html, index);
    if (markup === "endless") break;
    if (markup !== undefined) {
      if (index > textStart) yield textToken(html.slice(textStart, index));
      if (markup.token !== undefined) yield markup.token;
      textStart = markup.end;
    }
    index = html.indexOf("<", markup?.end ?? index + 1);
  }
  if (textStart < html.length) yield textToken(html.slice(textStart));
}

function textToken(raw: string): HtmlToken {
  return { kind: "text", raw, name: "" };
}

/** What begins at `index`: a tag, something that is left out, or nothing; "endless" when it does not end. */
function markupAt(
  html: string,
  index: number,
): { readonly end: number; readonly token?: HtmlToken } | "endless" | undefined {
  TAG_START.lastIndex = index;
  const found = TAG_START.exec(html);
  if (found === null) return undefined;
  const name = found.groups?.name?.toLowerCase();
  if (name === undefined) {
    const close = found[0] === "<!--" ? "-->" : ">";
    const end = html.indexOf(close, TAG_START.lastIndex);
    return end < 0 ? "endless" : { end: end + close.length };
  }
  const end = tagEnd(html, TAG_START.lastIndex);
  if (end === undefined) return "endless";
  const kind = kindOf(name, found.groups?.slash === "/");
  return { end, token: { kind, raw: html.slice(index, end), name } };
}

/** Behind the `>` that ends the tag; one in a quoted value does not. */
function tagEnd(html: string, from: number): number | undefined {
  let index = from;
  while (true) {
    ATTRIBUTE_VALUE.lastIndex = index;
    const found = ATTRIBUTE_VALUE.exec(html);
    if (found === null) return undefined;
    index = ATTRIBUTE_VALUE.lastIndex;
    const quote = found.groups?.quote;
    if (quote === undefined) return index;
    if (quote === "") continue;
    const close = html.indexOf(quote, index);
    if (close < 0) return undefined;
    index = close + 1;
  }
}

function kindOf(name: string, isClosing: boolean): HtmlToken["kind"] {
  if (VOID_ELEMENTS.has(name)) return "void";
  return isClosing ? "close" : "open";
}
