/**
 * What the parts of the compiler share: expressions need statements (`{% call %}`), and statements expressions.
 *
 * Layer 5 (templates). How it works: each node becomes a function of a frame. Nothing is turned into JavaScript text, so
 * no name or value of a template can be taken for code.
 */
import { BadRequest, Http404, PermissionDenied, SuspiciousOperation } from "../exceptions.ts";
import type { TemplateFilter, TemplateTag, TemplateTest } from "../conf/template-engine.ts";
import { errorMessage } from "../utils/describe.ts";
import { nearest } from "../utils/nearest.ts";
import {
  type Position,
  TemplateError,
  type TemplateSource,
  TemplateSyntaxError,
} from "./errors.ts";
import type { Block, Evaluate, Frame, Render } from "./frame.ts";
import type { Expression, NodeList } from "./syntax-tree.ts";

/** The filters, tests and tags that there are. */
export interface Library {
  readonly filters: ReadonlyMap<string, TemplateFilter>;
  readonly tests: ReadonlyMap<string, TemplateTest>;
  readonly tags: ReadonlyMap<string, TemplateTag>;
}

/** A name in a template that stands for something elsewhere, as it is written there. */
export interface Reference extends Position {
  readonly kind: "extends" | "import" | "include" | "url";
  readonly name: string;
  /** Whether it may be missing. */
  readonly isOptional: boolean;
}

/**
 * How loud an unknown name is, where unknown names are errors at all. "loud": always. "asked": the expression asks
 * whether something is there (`{% if user.email %}`), so its last step may be missing, but none before it. "quiet":
 * never (`is defined`, `default`).
 */
export type Loudness = "asked" | "loud" | "quiet";

export class Compilation {
  readonly source: TemplateSource;
  readonly library: Library;
  readonly blocks: Map<string, Block> = new Map<string, Block>();
  readonly references: Reference[] = [];
  /** The block that is being compiled. */
  blockName: string | undefined = undefined;
  readonly expression: (node: Expression, loudness?: Loudness) => Evaluate;
  readonly body: (node: NodeList) => Render;
  readonly #report: (error: TemplateSyntaxError) => void;

  constructor(
    source: TemplateSource,
    library: Library,
    compilers: {
      readonly expression: (on: Compilation, node: Expression, loudness: Loudness) => Evaluate;
      readonly body: (on: Compilation, node: NodeList) => Render;
      readonly report: (error: TemplateSyntaxError) => void;
    },
  ) {
    this.source = source;
    this.library = library;
    this.expression = (node, loudness = "loud") => compilers.expression(this, node, loudness);
    this.body = (node) => compilers.body(this, node);
    this.#report = compilers.report;
  }

  /** Reports what is wrong with the template itself; returns where reports are only collected. */
  report(problem: string, position: Position): void {
    this.#report(new TemplateSyntaxError(problem, { source: this.source, position }));
  }

  /** Reports that there is no `kind` called `name`. */
  reportUnknown(kind: string, name: string, known: Iterable<string>, position: Position): void {
    const near = nearest(name, [...known]);
    const hint = near === undefined ? "" : `; did you mean ${near}?`;
    this.report(`there is no ${kind} called ${name}${hint}`, position);
  }

  /** The name that a node is; where a name must stand, nunjucks' parser takes any expression. */
  nameOf(node: Expression): string {
    if (node.typename === "Symbol") return node.value;
    this.report("here stands the name of a variable, and nothing else", node);
    return "";
  }

  refer(kind: Reference["kind"], node: Expression, isOptional = false): void {
    if (node.typename !== "Literal" || typeof node.value !== "string") return;
    this.references.push({
      kind,
      name: node.value,
      isOptional,
      lineno: node.lineno,
      colno: node.colno,
    });
  }

  /** An error of this template. */
  error(problem: string, position: Position, cause?: unknown): TemplateError {
    const options = cause === undefined ? {} : { cause };
    return new TemplateError(problem, { source: this.source, position }, options);
  }

  /** Runs `part`; what it throws gets this place, unless it has one. */
  at<Result>(position: Position, part: (frame: Frame) => Result): (frame: Frame) => Result {
    return (frame) => {
      try {
        return part(frame);
      } catch (error) {
        throw this.located(error, position);
      }
    };
  }

  located(error: unknown, position: Position): unknown {
    if (error instanceof TemplateError || isAnswer(error)) return error;
    return this.error(describeThrown(error), position, error);
  }

  /** Runs `part`; errors learn that it was `how` from here. */
  calling<Result>(
    how: string,
    position: Position,
    part: (frame: Frame) => Result,
  ): (frame: Frame) => Result {
    return (frame) => {
      try {
        return part(frame);
      } catch (error) {
        const located = this.located(error, position);
        throw located instanceof TemplateError && located !== error
          ? located
          : this.#addCaller(located, how, position);
      }
    };
  }

  #addCaller(error: unknown, how: string, position: Position): unknown {
    return error instanceof TemplateError ? error.addCaller(how, this.source, position) : error;
  }
}

/** Errors that mean an answer (404, 403, 400) mean it in a template too, so they stay what they are. */
function isAnswer(error: unknown): boolean {
  return [Http404, PermissionDenied, BadRequest, SuspiciousOperation].some(
    (kind) => error instanceof kind,
  );
}

function describeThrown(error: unknown): string {
  if (error instanceof RangeError && error.message === "Maximum call stack size exceeded")
    return "templates include, extend or call each other without end";
  return error instanceof Error ? `${error.name}: ${error.message}` : errorMessage(error);
}
