/**
 * Reading the source of a regular expression, one atom at a time.
 *
 * Layer 3 (urls). Pure. Sources are expected to compile. Used to find out what texts an expression matches,
 * without running it: how it begins (for the index), and one text that it matches (for `reverse`).
 */

/** What stands at one place of an expression, without its quantifier. */
export type Atom =
  | { readonly kind: "text"; readonly text: string }
  /** One character of several; `text` is the first of them. */
  | { readonly kind: "some"; readonly text: string }
  /** Matches a place, not a character: `^`, `\b`, `(?=…)`. */
  | { readonly kind: "assertion" }
  | { readonly kind: "open"; readonly flags: string }
  | { readonly kind: "close" | "or" }
  /** A whole capturing group. `number` counts from 1, as the expression does. */
  | { readonly kind: "capture"; readonly name: string | undefined; readonly number: number }
  | { readonly kind: "reference"; readonly to: string | number };

const ESCAPED_CHARACTERS: Readonly<Record<string, string>> = {
  t: "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  0: "\0",
};

/** One member of each set. */
const MEMBERS: Readonly<Record<string, string>> = {
  d: "0",
  D: "x",
  w: "x",
  W: "!",
  s: " ",
  S: "x",
};

/** Tried for a class that says what it does not match. */
const CANDIDATES = "x0-_. !/aA,:@~".split("");

const CODE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]+)\})/y;
const PROPERTY = /\\[pP]\{[^}]*\}/y;
const REFERENCE = /\\(?:([1-9]\d*)|k<([^>]*)>)/y;
const QUANTIFIER = /(?:([*+?])|\{(\d+)(?:,\d*)?\})\??/y;
const GROUP = /\((?:\?(?:<([^=!>][^>]*)>|([a-z]*(?:-[a-z]*)?):|(<?[=!])))?/y;

export class RegexReader {
  readonly #source: string;
  #position = 0;
  #captures = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get isAtEnd(): boolean {
    return this.#position >= this.#source.length;
  }

  /** Goes past the end of a group whose beginning was read, counting what it captures. */
  skipGroup(): void {
    for (let depth = 1; depth > 0 && !this.isAtEnd;) {
      const { kind } = this.next();
      if (kind === "open") depth++;
      else if (kind === "close") depth--;
    }
  }

  /** The next atom; the end counts as a closing parenthesis. */
  next(): Atom {
    const character = this.#source.charAt(this.#position);
    switch (character) {
      case "":
      case ")":
        this.#position++;
        return { kind: "close" };
      case "|":
        this.#position++;
        return { kind: "or" };
      case "^":
      case "$":
        this.#position++;
        return { kind: "assertion" };
      case ".":
        this.#position++;
        return { kind: "some", text: "." };
      case "[":
        return { kind: "some", text: this.#class() };
      case "(":
        return this.#group();
      case "\\":
        return this.#escape();
      default: {
        const text = String.fromCodePoint(this.#source.codePointAt(this.#position) ?? 0);
        this.#position += text.length;
        return { kind: "text", text };
      }
    }
  }

  /** How often the atom before must be there at least; `undefined` when nothing is said. */
  quantifier(): number | undefined {
    const found = this.#take(QUANTIFIER);
    if (found === undefined) return undefined;
    return found[2] === undefined ? Number(found[1] === "+") : Number(found[2]);
  }

  #take(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#position;
    const found = expression.exec(this.#source);
    if (found === null) return undefined;
    this.#position += found[0].length;
    return found;
  }

  #group(): Atom {
    const [, name, flags, assertion] = this.#take(GROUP) ?? [];
    if (flags !== undefined) return { kind: "open", flags };
    if (assertion !== undefined) {
      this.skipGroup();
      return { kind: "assertion" };
    }
    const number = ++this.#captures;
    this.skipGroup();
    return { kind: "capture", name, number };
  }

  #escape(): Atom {
    const code = this.#take(CODE);
    if (code !== undefined) {
      const value = Number.parseInt(code[1] ?? code[2] ?? code[3] ?? "0", 16);
      return { kind: "text", text: String.fromCodePoint(value) };
    }
    if (this.#take(PROPERTY) !== undefined) return { kind: "some", text: "x" };
    const reference = this.#take(REFERENCE);
    if (reference !== undefined)
      return { kind: "reference", to: reference[2] ?? Number(reference[1]) };
    const character = this.#source.charAt(this.#position + 1);
    this.#position += 2;
    if (character === "b" || character === "B") return { kind: "assertion" };
    const member = MEMBERS[character];
    if (member !== undefined) return { kind: "some", text: member };
    return { kind: "text", text: ESCAPED_CHARACTERS[character] ?? character };
  }

  /** The first character of a class; of one that excludes, the first that it leaves. */
  #class(): string {
    const start = this.#position;
    const excludes = this.#source.charAt(++this.#position) === "^";
    let first: string | undefined;
    while (!this.isAtEnd && this.#source.charAt(this.#position) !== "]") {
      const character = this.#source.charAt(this.#position);
      const atom = character === "\\" ? this.#escape() : undefined;
      if (atom === undefined) this.#position++;
      first ??= atom !== undefined && "text" in atom ? atom.text : character;
    }
    this.#position++;
    if (!excludes) return first ?? "";
    const expression = new RegExp(`^${this.#source.slice(start, this.#position)}$`);
    return CANDIDATES.find((candidate) => expression.test(candidate)) ?? "";
  }
}
