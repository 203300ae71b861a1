/**
 * The files that a script names: `import`, `export … from`, `import(…)` of a path, its source map.
 *
 * Layer 4 (staticfiles). Pure. Source: ECMA-262 section 16.2; Django contrib/staticfiles/storage.py
 * (`support_js_module_import_aggregation`). A path begins with `./`, `../` or `/`: what does not is the name of a
 * package, for an import map to resolve.
 * Differs from Django: strings and comments hold no references, and nothing but the path is rewritten.
 */
import type { Reference } from "./references.ts";
import { type Token, tokenize } from "./js-tokens.ts";

const SOURCE_MAP = /^(\/\/# sourceMappingURL=)(\S+)[ \t]*$/;

/** In the order in which they stand. */
export function jsReferences(text: string): Reference[] {
  const tokens = tokenize(text);
  const code = tokens.filter(({ kind }) => kind !== "comment");
  const maps = tokens.flatMap((token) => (token.kind === "comment" ? sourceMap(token) : []));
  const paths = code.flatMap((_token, index) => {
    const specifier = specifierAt(code, index);
    return specifier === undefined ? [] : moduleReference(specifier);
  });
  return [...paths, ...maps].toSorted((one, other) => one.start - other.start);
}

function sourceMap({ text, start }: Token): Reference[] {
  const [, before = "", url = ""] = SOURCE_MAP.exec(text) ?? [];
  if (url === "") return [];
  return [
    {
      start,
      end: start + text.length,
      url,
      isSourceMap: true,
      write: (to) => before + to,
    },
  ];
}

/** The string that names a module, for the `import` or `export` at this place. */
function specifierAt(code: readonly Token[], index: number): Token | undefined {
  const token = code[index];
  if (token?.kind !== "word" || code[index - 1]?.text === ".") return undefined;
  const next = code[index + 1];
  if (token.text === "import") {
    if (next?.kind === "string") return next;
    if (next?.text === "(") return argumentAt(code, index + 2);
    return next?.text === "." ? undefined : afterFrom(code, index + 1);
  }
  const isReexport = token.text === "export" && (next?.text === "*" || next?.text === "{");
  return isReexport ? afterFrom(code, index + 1) : undefined;
}

/** A string that is the whole first argument. */
function argumentAt(code: readonly Token[], index: number): Token | undefined {
  const [token, next] = code.slice(index, index + 2);
  const isWhole = next?.text === ")" || next?.text === ",";
  return token?.kind === "string" && isWhole ? token : undefined;
}

/** `{ a as b }, * as c from "…"`: the string behind the `from`, when nothing else stands in between. */
function afterFrom(code: readonly Token[], start: number): Token | undefined {
  for (let index = start; index < code.length; index += 1) {
    const token = code[index];
    const next = code[index + 1];
    if (token?.text === "from" && next?.kind === "string") return next;
    const belongs =
      token?.kind === "word" || token?.kind === "string" || /^[{},*]$/.test(token?.text ?? "");
    if (!belongs) return undefined;
  }
  return undefined;
}

function moduleReference({ text, start }: Token): Reference[] {
  const url = text.slice(1, -1);
  if (!/^\.{0,2}\//.test(url)) return [];
  const quote = text.charAt(0);
  return [
    {
      start,
      end: start + text.length,
      url,
      isSourceMap: false,
      write: (to) => quote + to.replaceAll("'", "%27") + quote,
    },
  ];
}
