/**
 * Syntax errors in words that help: what was found, what was expected, what Django's or Jinja's way was.
 *
 * Layer 5 (templates). Pure.
 */
import { nearest } from "../utils/nearest.ts";
import type { Position } from "./errors.ts";
import type { Token } from "./nunjucks-parser.ts";

/** A tag that was begun and has not ended. */
export interface OpenTag extends Position {
  readonly name: string;
}

/** What is known when a template does not parse. */
export interface SyntaxFault {
  readonly message: string;
  readonly position: Position | undefined;
  readonly isMeant: boolean;
  /** Whether the template ended too early, and where. */
  readonly end: "in a tag" | "in text" | undefined;
  /** From the outermost to the one with the error. */
  readonly open: readonly OpenTag[];
  readonly last: Position;
  readonly lastStart: Position;
  readonly found: Token | null;
  /** All that there are. */
  readonly tags: readonly string[];
}

export const NUNJUCKS_TAGS: readonly string[] = [
  "block",
  "call",
  "extends",
  "filter",
  "for",
  "from",
  "if",
  "import",
  "include",
  "macro",
  "raw",
  "set",
  "switch",
  "verbatim",
];

/** Words that only mean something inside of a tag, with the tags they belong to. */
const MIDDLE_WORDS: ReadonlyMap<string, string> = new Map([
  ["elif", "if"],
  ["elseif", "if"],
  ["else", "if"],
  ["case", "switch"],
  ["default", "switch"],
]);

/** What Django has and templates here say differently. */
const FOREIGN_TAGS: ReadonlyMap<string, string> = new Map([
  ["load", "there is nothing to load: every tag and filter is always there"],
  ["empty", "write {% else %}"],
  ["blocktranslate", "there are no translations"],
  ["translate", "there are no translations"],
  ["trans", "there are no translations"],
  ["ifchanged", "keep the last value with {% set %}"],
  ["ifequal", "write {% if a == b %}"],
  ["regroup", "use the filter groupby"],
  ["templatetag", "use {% raw %}"],
]);

export function describeSyntaxError(fault: SyntaxFault): {
  readonly problem: string;
  readonly position: Position;
} {
  if (fault.end !== undefined) return atEnd(fault, fault.end);
  const unknown = /^unknown block tag: ([^]+)$/.exec(fault.message)?.[1];
  return {
    problem: unknown === undefined ? inWords(fault) : unknownTag(unknown, fault),
    position: fault.position ?? fault.last,
  };
}

function atEnd(
  { message, open, last, lastStart }: SyntaxFault,
  end: "in a tag" | "in text",
): { readonly problem: string; readonly position: Position } {
  if (message.startsWith("expected end of comment"))
    return { problem: "the comment is never closed: {# … #}", position: last };
  const innermost = open.at(-1);
  if (end === "in a tag" || innermost === undefined)
    return { problem: "the tag is never closed: %} or }} is missing", position: lastStart };
  const { name } = innermost;
  return {
    problem: `{% ${name} %} is never closed: {% ${endOf(name)} %} is missing`,
    position: innermost,
  };
}

function endOf(tag: string): string {
  return MIDDLE_WORDS.has(tag) ? "endif" : `end${tag}`;
}

function unknownTag(name: string, { open, tags }: SyntaxFault): string {
  const around = open.at(-2);
  const belongsTo = MIDDLE_WORDS.get(name) ?? /^end(.+)$/.exec(name)?.[1];
  if (belongsTo !== undefined && (tags.includes(belongsTo) || MIDDLE_WORDS.has(name))) {
    const expected =
      around === undefined
        ? `no {% ${belongsTo} %} is open`
        : `{% ${around.name} %} of line ${around.lineno + 1} is still open and ends with {% ${endOf(around.name)} %}`;
    return `unexpected {% ${name} %}: ${expected}`;
  }
  const foreign = FOREIGN_TAGS.get(name);
  if (foreign !== undefined) return `there is no tag {% ${name} %}; ${foreign}`;
  const near = nearest(name, tags);
  const hint = near === undefined ? "" : `; did you mean {% ${near} %}?`;
  return `there is no tag {% ${name} %}${hint}`;
}

/** nunjucks' own words, without the names of its functions. */
function inWords({ message, found }: SyntaxFault): string {
  const words = message
    .replace(/^(?:parse\w+|advance\w+|pushToken): /, "")
    .replace("expected variable end", "expected }}")
    .replace("expected block end", "expected %}");
  if (words.startsWith("can only push one token"))
    return "the words in the tag do not belong together";
  if (!/^expected (?:\}\}|%\})/.test(words) || found === null) return words;
  const hint =
    found.type === "colon" ? '; arguments stand in parentheses: {{ day | date("Y") }}' : "";
  return `${words}, found ${JSON.stringify(found.value)}${hint}`;
}
