/**
 * The colours of a program's source: comments, strings, numbers, keywords, classes, calls.
 *
 * Layer 6 (views). Pure. One regular expression, no parser: a wrong colour now and then is no harm.
 * Units: columns count from 1.
 */
import { markup, type Markup } from "./markup.ts";

interface Token {
  /** The class of its colour; `""` for none. */
  readonly kind: string;
  readonly text: string;
}

const KEYWORDS =
  "abstract|as|async|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|export|extends|" +
  "false|finally|for|from|function|get|if|implements|import|in|instanceof|interface|let|new|null|of|override|" +
  "private|protected|public|readonly|return|satisfies|set|static|super|switch|this|throw|true|try|type|typeof|" +
  "undefined|using|var|void|while|yield";

const TOKEN = new RegExp(
  [
    String.raw`(?<comment>\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|(?![\s\S])))`,
    String.raw`(?<string>"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|` +
      "`(?:\\\\[\\s\\S]|[^`\\\\])*`?|" +
      String.raw`(?<=(?:^|[=(,:;!&|?{}\[]|return)\s{0,20})\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+\/[a-z]*)`,
    String.raw`(?<number>\b\d[\w.]*)`,
    String.raw`(?<keyword>\b(?:${KEYWORDS})\b)`,
    String.raw`(?<class>\b[A-Z][\w$]*)`,
    String.raw`(?<call>\b[a-z_$][\w$]*(?=\())`,
    String.raw`(?<plain>[\w$]+|[^\w$/"'\`]+|[\s\S])`,
  ].join("|"),
  "gm",
);

/** What takes long to colour stays black. */
const LONGEST_TEXT = 200_000;

/** The lines of `text`, each as HTML; in line `marked` what stands at `column` is marked. */
export function highlightLines(
  lines: readonly string[],
  marked: { readonly line: number; readonly column: number | undefined; readonly width?: number },
): Markup[] {
  return tokenLines(lines.join("\n"))
    .map((tokens, index) => {
      const { column } = marked;
      if (index + 1 !== marked.line || column === undefined) return tokens.map(toHtml);
      return markAt(tokens, column - 1, marked.width ?? wordLength(lines[index] ?? "", column - 1));
    })
    .map((pieces) => markup`${pieces}`);
}

/** The same without colours. */
export function markLines(
  lines: readonly string[],
  marked: { readonly line: number; readonly column: number | undefined },
): Markup[] {
  const { line, column } = marked;
  return lines.map((text, index) => {
    if (index + 1 !== line || column === undefined) return markup`${text}`;
    return markup`${markAt([{ kind: "", text }], column - 1, wordLength(text, column - 1))}`;
  });
}

/** How many characters from `start` on belong together: a name, else one. */
function wordLength(line: string, start: number): number {
  return /^(?:new\s+)?[\w$]+/.exec(line.slice(start))?.[0].length ?? 1;
}

function tokenLines(text: string): Token[][] {
  // The lines may begin in the middle of a comment.
  if (/^\s*\*(?:[ /\n]|$)/.test(text)) return splitLines(tokens(`/*\n${text}`)).slice(1);
  return splitLines(tokens(text));
}

function splitLines(whole: readonly Token[]): Token[][] {
  const lines: Token[][] = [[]];
  for (const { kind, text } of whole) {
    for (const [index, part] of text.split("\n").entries()) {
      if (index > 0) lines.push([]);
      if (part !== "") lines.at(-1)?.push({ kind, text: part });
    }
  }
  return lines;
}

function tokens(text: string): Token[] {
  if (text.length > LONGEST_TEXT) return [{ kind: "", text }];
  return text
    .matchAll(TOKEN)
    .map((match): Token => {
      const kind = Object.entries(match.groups ?? {}).find(([, part]) => part !== undefined)?.[0];
      return { kind: kind === undefined || kind === "plain" ? "" : kind, text: match[0] };
    })
    .toArray();
}

function markAt(line: readonly Token[], start: number, length: number): Markup[] {
  const end = start + length;
  let position = 0;
  const before: Markup[] = [];
  const inside: Markup[] = [];
  const after: Markup[] = [];
  for (const { kind, text } of line) {
    const from = Math.max(0, Math.min(text.length, start - position));
    const to = Math.max(0, Math.min(text.length, end - position));
    before.push(toHtml({ kind, text: text.slice(0, from) }));
    inside.push(toHtml({ kind, text: text.slice(from, to) }));
    after.push(toHtml({ kind, text: text.slice(to) }));
    position += text.length;
  }
  return [...before, markup`<mark>${inside}</mark>`, ...after];
}

function toHtml({ kind, text }: Token): Markup {
  if (kind === "" || text === "") return markup`${text}`;
  return markup`<span class="t-${kind}">${text}</span>`;
}
