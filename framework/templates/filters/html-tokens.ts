/**
 * HTML as tags and text, as far as filters that shorten or strip it need it.
 *
 * Layer 6 (templates). Pure. Comments and declarations are neither. The cost grows with the length only.
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

/** A comment, a declaration, a tag, or text up to what may be one of them. */
const TOKEN =
  /<!--[^]*?-->|<[!?][^>]*>|<(?<slash>\/?)(?<name>[a-zA-Z][^\s/>]*)(?:"[^"]*"|'[^']*'|[^'">])*>|[^<]+|</g;

export function* htmlTokens(html: string): Generator<HtmlToken> {
  let text = "";
  for (const { 0: raw, groups } of html.matchAll(TOKEN)) {
    const name = groups?.name?.toLowerCase();
    const isMarkup = name !== undefined || /^<[!?]/.test(raw);
    if (!isMarkup) {
      text += raw;
      continue;
    }
    if (text !== "") yield { kind: "text", raw: text, name: "" };
    text = "";
    if (name !== undefined) yield { kind: kindOf(name, groups?.slash === "/"), raw, name };
  }
  if (text !== "") yield { kind: "text", raw: text, name: "" };
}

function kindOf(name: string, isClosing: boolean): HtmlToken["kind"] {
  if (VOID_ELEMENTS.has(name)) return "void";
  return isClosing ? "close" : "open";
}
