/**
 * What can be wrong with a template, each error with its place: template, file, line, column, the lines around it, and
 * how the template came to be rendered (included by, extended by …).
 *
 * Layer 5 (templates). Lines and columns count from 1. Source: Django template/exceptions.py, template/base.py
 * (`get_exception_info`).
 */
import { FrameworkError } from "../exceptions.ts";

/** The text of a template and where it comes from. */
export interface TemplateSource {
  readonly name: string;
  /** Absolute; `undefined` for a template made from a string. */
  readonly file: string | undefined;
  readonly text: string;
}

/** A place as nunjucks' tokens have it: both count from 0. */
export interface Position {
  readonly lineno: number;
  readonly colno: number;
}

export interface TemplateLocation {
  readonly templateName: string;
  readonly file: string | undefined;
  readonly line: number;
  readonly column: number;
}

/** A place that led to the error: `{ how: "included by", templateName: "base.html", line: 3 … }`. */
export interface TemplateCaller extends TemplateLocation {
  readonly how: string;
}

export interface SourceLine {
  readonly number: number;
  readonly text: string;
  /** Whether this is the line of the error. */
  readonly isCurrent: boolean;
}

/** How many lines are shown before and after the one with the error; as in Django. */
const CONTEXT_LINES = 10;

/** Templates that include themselves without end would fill pages. */
const LONGEST_CHAIN = 20;

/** A template does not parse, or failed while it was rendered. What a filter, tag or function threw is its `cause`. */
export class TemplateError extends FrameworkError {
  override readonly name: string = "TemplateError";
  readonly code: string = "templates.error";
  /** What is wrong, without the place. */
  readonly problem: string;
  readonly location: TemplateLocation | undefined;
  /** How the template came to be rendered, from the nearest place outwards. */
  readonly chain: TemplateCaller[] = [];
  readonly #text: string;

  constructor(
    problem: string,
    at?: { readonly source: TemplateSource; readonly position: Position },
    options?: ErrorOptions,
  ) {
    super(problem, options);
    this.problem = problem;
    this.#text = at?.source.text ?? "";
    this.location = at && locationOf(at.source, at.position);
    this.#compose();
  }

  get templateName(): string | undefined {
    return this.location?.templateName;
  }

  get file(): string | undefined {
    return this.location?.file;
  }

  get line(): number | undefined {
    return this.location?.line;
  }

  get column(): number | undefined {
    return this.location?.column;
  }

  /** The line of the error and those around it; empty when the place is unknown. */
  get sourceLines(): readonly SourceLine[] {
    const { line } = this;
    if (line === undefined) return [];
    const first = Math.max(0, line - 1 - CONTEXT_LINES);
    const lines = this.#text.split("\n").slice(first, line + CONTEXT_LINES);
    return lines.map((text, index) => {
      const number = first + index + 1;
      return { number, text: text.replace(/\r$/, ""), isCurrent: number === line };
    });
  }

  /** For the engine: adds a place further out, unless there are very many already. */
  addCaller(how: string, source: TemplateSource, position: Position): this {
    if (this.chain.length >= LONGEST_CHAIN) return this;
    this.chain.push({ how, ...locationOf(source, position) });
    this.#compose();
    return this;
  }

  #compose(): void {
    const at = this.location === undefined ? "" : `${formatLocation(this.location)}: `;
    const callers = this.chain.map((caller) => `\n  ${caller.how} ${formatLocation(caller)}`);
    this.message = at + this.problem + callers.join("");
  }
}

/** A template that does not parse, or names a tag, filter or test that does not exist. */
export class TemplateSyntaxError extends TemplateError {
  override readonly name = "TemplateSyntaxError";
  override readonly code = "templates.syntax_error";
}

/** With DEBUG: a template uses a name, or a member of an object, that does not exist. */
export class VariableDoesNotExist extends TemplateError {
  override readonly name = "VariableDoesNotExist";
  override readonly code = "templates.variable_does_not_exist";
}

/** No folder has a template of this name. */
export class TemplateDoesNotExist extends TemplateError {
  override readonly name = "TemplateDoesNotExist";
  override readonly code = "templates.does_not_exist";
  /** The names that were asked for, in order. */
  readonly names: readonly string[];
  /** Every file that was looked for, in order. */
  readonly tried: readonly string[];

  constructor(
    names: readonly string[],
    tried: readonly string[],
    at?: { readonly source: TemplateSource; readonly position: Position },
  ) {
    super(describeMissing(names, tried), at);
    this.names = names;
    this.tried = tried;
  }

  /** The one that is missing; where it was asked for is the `location`. */
  override get templateName(): string {
    return this.names[0] ?? "";
  }
}

function describeMissing(names: readonly string[], tried: readonly string[]): string {
  const quoted = names.map((name) => JSON.stringify(name)).join(" or ");
  const where =
    tried.length === 0
      ? "no folder could have it: see TEMPLATES.DIRS and INSTALLED_APPS"
      : `searched in ${tried.join(", ")}`;
  return `no template is named ${quoted}; ${where}`;
}

function locationOf(source: TemplateSource, { lineno, colno }: Position): TemplateLocation {
  return {
    templateName: source.name,
    file: source.file,
    line: lineno + 1,
    column: colno + 1,
  };
}

function formatLocation({ templateName, line, column }: TemplateLocation): string {
  return `${templateName}:${line}:${column}`;
}
