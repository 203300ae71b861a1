/**
 * The tokens of a script, as far as one must know them to tell code from strings, comments and regular expressions.
 *
 * Layer 4 (staticfiles). Pure. Source: ECMA-262 section 12. What no grammar-free reader can know (whether a slash after
 * `}` divides) is guessed as most code has it; strings end with their line, so that a wrong guess does not reach far.
 */

export interface Token {
  readonly kind: "word" | "string" | "comment" | "punctuation" | "other";
  readonly text: string;
  readonly start: number;
}

const WORD = /[\p{ID_Start}$_#\\][\p{ID_Continue}$\\\u200c\u200d]*/uy;
const STRING = /"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'/y;
const COMMENT = /\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?(?:\*\/|$)/y;
const REGULAR_EXPRESSION = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;
const NUMBER = /\.?[0-9][\w.]*/y;
/** To the end of the template, or to its next `${`. */
const TEMPLATE = /(?:\\[\s\S]|\$(?!\{)|[^`\\$])*(?:`|\$\{|$)/y;

/** After these a slash begins a regular expression. */
const BEFORE_EXPRESSION: ReadonlySet<string> = new Set(
  "await case delete do else in instanceof new of return throw typeof void yield".split(" "),
);
/** After the parentheses of these too. */
const BEFORE_STATEMENT: ReadonlySet<string> = new Set(["for", "if", "while", "with"]);

/** All tokens but spaces, in order. Templates are `other`; what stands in their `${…}` are tokens of its own. */
export function tokenize(text: string): Token[] {
  return new Tokenizer(text).run();
}

class Tokenizer {
  readonly #text: string;
  readonly #tokens: Token[] = [];
  #position = 0;
  /** The last token that is no comment. */
  #last: Token | undefined;
  /** For each open parenthesis, whether a statement follows it. */
  readonly #parentheses: boolean[] = [];
  #closedStatement = false;
  /** For each open brace, whether a template goes on after it. */
  readonly #braces: boolean[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  run(): Token[] {
    while (this.#position < this.#text.length) this.#next();
    return this.#tokens;
  }

  #next(): void {
    const character = this.#text.charAt(this.#position);
    if (/\s/.test(character)) this.#position += 1;
    else if (character === "`") this.#template();
    else if (character === "/") this.#slash();
    else if (!this.#take("string", STRING) && !this.#take("other", NUMBER))
      if (!this.#take("word", WORD)) this.#punctuation(character);
  }

  /** Takes what the expression matches here. */
  #take(kind: Token["kind"], expression: RegExp): boolean {
    expression.lastIndex = this.#position;
    const found = expression.exec(this.#text)?.[0];
    if (found === undefined || found === "") return false;
    this.#add(kind, found);
    return true;
  }

  #add(kind: Token["kind"], text: string): void {
    const token: Token = { kind, text, start: this.#position };
    this.#tokens.push(token);
    if (kind !== "comment") this.#last = token;
    this.#position += text.length;
  }

  #template(): void {
    TEMPLATE.lastIndex = this.#position + 1;
    this.#add("other", this.#text.charAt(this.#position) + (TEMPLATE.exec(this.#text)?.[0] ?? ""));
    if (this.#last?.text.endsWith("${") === true) this.#braces.push(true);
  }

  #slash(): void {
    if (this.#take("comment", COMMENT)) return;
    if (this.#expressionMayBegin() && this.#take("other", REGULAR_EXPRESSION)) return;
    this.#add("punctuation", "/");
  }

  #expressionMayBegin(): boolean {
    const last = this.#last;
    if (last === undefined) return true;
    if (last.kind === "word") return BEFORE_EXPRESSION.has(last.text);
    if (last.text === ")") return this.#closedStatement;
    return last.kind === "punctuation" && last.text !== "]";
  }

  #punctuation(character: string): void {
    if (character === "(")
      this.#parentheses.push(this.#last?.kind === "word" && BEFORE_STATEMENT.has(this.#last.text));
    if (character === ")") this.#closedStatement = this.#parentheses.pop() ?? false;
    if (character === "{") this.#braces.push(false);
    if (character === "}" && this.#braces.pop() === true) this.#template();
    else this.#add("punctuation", character);
  }
}
