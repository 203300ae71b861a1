/**
 * nunjucks' lexer and parser, typed: the one file that knows their insides.
 *
 * Layer 5 (templates). Source: nunjucks 3.2.4 src/parser.js, src/lexer.js; its published types call all of this `any`.
 */
import nunjucks from "nunjucks";
import type { Position } from "./errors.ts";
import type { Expression, NodeList, TagNode } from "./syntax-tree.ts";

export interface Token extends Position {
  readonly type: string;
  value: string;
}

/** Gives tokens one by one; `null` at the end. */
interface Tokenizer extends Position {
  nextToken: () => Token | null;
  isFinished(): boolean;
  /** What is left of the text. */
  currentStr(): string;
  forwardN(count: number): void;
  /** Whether the end is inside of a tag. */
  in_code: boolean;
  /** nunjucks' `back()` reads the text under this name and never sets it. */
  src: string;
}

/** What reads the arguments of a tag. Methods of nunjucks; each throws, or reads past the end, when a template is broken. */
export interface NunjucksParser {
  readonly tokens: Tokenizer;
  extensions: readonly TagExtension[];
  /** The words that end the part which is being read: `["elif", "else", "endif"]`. */
  readonly breakOnBlocks: readonly string[] | null;
  /** The token that was looked at and not taken. */
  readonly peeked: Token | null;
  peekToken(): Token;
  nextToken(): Token;
  skip(type: string): boolean;
  skipValue(type: string, value: string): boolean;
  skipSymbol(name: string): boolean;
  parseExpression(): Expression;
  parseStatement: () => unknown;
  parseUntilBlocks(...names: readonly string[]): NodeList;
  parseRaw: (name?: string) => NodeList;
  parseAsRoot(): NodeList;
  advanceAfterBlockEnd(tag?: string): void;
  fail(message: string, lineno: number, colno: number): never;
}

/** Called by nunjucks for tags that are not its own. */
interface TagExtension {
  readonly tags: readonly string[];
  parse(parser: NunjucksParser): TagNode | NodeList;
}

interface Internals {
  readonly lexer: { lex(text: string, options: object): Tokenizer };
  readonly parser: { readonly Parser: new (tokens: Tokenizer) => NunjucksParser };
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the types of @types/nunjucks leave these two out
const { lexer, parser } = nunjucks as unknown as Internals;

export function createParser(text: string, extension: TagExtension): NunjucksParser {
  const tokens = lexer.lex(text, {});
  tokens.src = text;
  const created = new parser.Parser(tokens);
  created.extensions = [extension];
  return created;
}

/** What nunjucks throws: with a place that counts from 1, or without one. */
export function nunjucksError(error: unknown): {
  readonly message: string;
  readonly position: Position | undefined;
  /** Whether nunjucks meant to throw it; else it ran past the end of the template. */
  readonly isMeant: boolean;
} {
  if (!(error instanceof Error))
    return { message: String(error), position: undefined, isMeant: true };
  const lineno = "lineno" in error ? error.lineno : undefined;
  const colno = "colno" in error ? error.colno : undefined;
  const position =
    typeof lineno === "number" && typeof colno === "number"
      ? { lineno: lineno - 1, colno: colno - 1 }
      : undefined;
  return { message: error.message, position, isMeant: !(error instanceof TypeError) };
}
