/**
 * From the text of a template to its syntax tree.
 *
 * Layer 5 (templates). Pure. Errors: `TemplateSyntaxError`, always with a place: where nunjucks has none, that of the
 * tag which is never closed, or of the last word that was read.
 * Differs from nunjucks: `{% comment %}`, and the tags that are registered.
 */
import { TemplateSyntaxError, type Position, type TemplateSource } from "./errors.ts";
import { createParser, nunjucksError, type NunjucksParser, type Token } from "./nunjucks-parser.ts";
import { describeSyntaxError, NUNJUCKS_TAGS, type OpenTag } from "./syntax-hints.ts";
import type { NodeList, OutputNode, TagNode, TextNode } from "./syntax-tree.ts";

/** The tags that are not nunjucks' own, and whether each has a body. */
export type TagShapes = ReadonlyMap<string, { readonly hasBody: boolean }>;

export function parseTemplate(source: TemplateSource, tags: TagShapes): NodeList {
  const parser = createParser(source.text, {
    tags: [...tags.keys(), "comment"],
    parse: (parser) => parseTag(parser, tags),
  });
  parser.parseRaw = (name = "raw") => parseRaw(parser, name);
  const watch = new ParserWatch(parser);
  try {
    return parser.parseAsRoot();
  } catch (error) {
    throw syntaxError(source, parser, watch, error, [...NUNJUCKS_TAGS, ...tags.keys()]);
  }
}

/** Remembers what nunjucks forgets: which tags are open, and where the last word began. */
class ParserWatch {
  readonly open: OpenTag[] = [];
  last: Position = { lineno: 0, colno: 0 };
  /** Where the last `{%` or `{{` began. */
  lastStart: Position = { lineno: 0, colno: 0 };

  constructor(parser: NunjucksParser) {
    this.#watchTokens(parser);
    this.#watchStatements(parser);
  }

  #watchTokens({ tokens }: NunjucksParser): void {
    const next = tokens.nextToken.bind(tokens);
    tokens.nextToken = (): Token | null => {
      const { lineno, colno } = tokens;
      const isCode = tokens.in_code;
      this.last = { lineno, colno };
      const token = next();
      if (!isCode && tokens.in_code) this.lastStart = { lineno, colno };
      return token;
    };
  }

  #watchStatements(parser: NunjucksParser): void {
    const parse = parser.parseStatement.bind(parser);
    parser.parseStatement = (): unknown => {
      const { value, lineno, colno } = parser.peekToken();
      this.open.push({ name: value, lineno, colno });
      const node = parse();
      // An error leaves the tags open that it was found in.
      this.open.pop();
      return node;
    };
  }
}

function syntaxError(
  source: TemplateSource,
  parser: NunjucksParser,
  watch: ParserWatch,
  error: unknown,
  tags: readonly string[],
): TemplateSyntaxError {
  const thrown = nunjucksError(error);
  const isAtEnd = thrown.position === undefined && parser.tokens.isFinished();
  const { problem, position } = describeSyntaxError({
    ...thrown,
    end: isAtEnd ? (parser.tokens.in_code ? "in a tag" : "in text") : undefined,
    open: watch.open,
    last: watch.last,
    lastStart: watch.lastStart,
    found: parser.peeked,
    tags,
  });
  return new TemplateSyntaxError(problem, { source, position });
}

/** `{% name argument, key=argument as target %}`; commas may be left out. */
function parseTag(parser: NunjucksParser, tags: TagShapes): TagNode | NodeList {
  const { value: name, lineno, colno } = parser.peekToken();
  if (name === "comment") return parseComment(parser);
  parser.nextToken();
  const args: TagNode["args"][number][] = [];
  const keywords: TagNode["keywords"][number][] = [];
  let target: string | undefined;
  while (target === undefined && parser.peekToken().type !== "block-end") {
    if (parser.skipSymbol("as")) {
      target = parseTarget(parser, name);
      break;
    }
    const expression = parser.parseExpression();
    const isKeyword = expression.typename === "Symbol" && parser.skipValue("operator", "=");
    if (isKeyword) keywords.push({ name: expression.value, value: parser.parseExpression() });
    else if (keywords.length === 0) args.push(expression);
    else
      parser.fail(
        "an argument without a name follows one with a name",
        expression.lineno,
        expression.colno,
      );
    parser.skip("comma");
  }
  parser.advanceAfterBlockEnd(name);
  const body = tags.get(name)?.hasBody === true ? parseBody(parser, name) : undefined;
  return { typename: "Tag", lineno, colno, name, args, keywords, target, body };
}

function parseTarget(parser: NunjucksParser, name: string): string {
  const token = parser.nextToken();
  if (token.type !== "symbol")
    parser.fail(`{% ${name} … as … %} takes the name of a variable`, token.lineno, token.colno);
  return token.value;
}

function parseBody(parser: NunjucksParser, name: string): NodeList {
  const body = parser.parseUntilBlocks(`end${name}`);
  parser.advanceAfterBlockEnd();
  return body;
}

/** `{% comment "why" %}…{% endcomment %}`: what is inside need not even parse. */
function parseComment(parser: NunjucksParser): NodeList {
  const { lineno, colno } = parser.peekToken();
  while (parser.peekToken().type !== "block-end") parser.nextToken();
  parser.nextToken();
  readRaw(parser, "comment");
  return { typename: "NodeList", lineno, colno, children: [] };
}

/** `{% raw %}…{% endraw %}`. nunjucks' own takes a missing end for an empty part. */
function parseRaw(parser: NunjucksParser, name: string): NodeList {
  const { lineno, colno } = parser.peekToken();
  parser.advanceAfterBlockEnd();
  const text: TextNode = {
    typename: "TemplateData",
    lineno,
    colno,
    value: readRaw(parser, name),
  };
  const output: OutputNode = { typename: "Output", lineno, colno, children: [text] };
  return { typename: "NodeList", lineno, colno, children: [output] };
}

/** The text up to the end of the part, which is taken too. Parts of the same name nest. */
function readRaw({ tokens }: NunjucksParser, name: string): string {
  const rest = tokens.currentStr();
  let depth = 1;
  for (const found of rest.matchAll(new RegExp(`\\{%-?\\s*(end)?${name}\\b[^%]*%\\}`, "g"))) {
    depth += found[1] === undefined ? 1 : -1;
    if (depth > 0) continue;
    tokens.forwardN(found.index + found[0].length);
    return rest.slice(0, found.index);
  }
  tokens.forwardN(rest.length);
  throw new Error("unexpected end of file");
}
