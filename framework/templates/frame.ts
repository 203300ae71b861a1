/**
 * What a template has in hand while it is rendered: names, blocks, and the rendering it is part of.
 *
 * Layer 5 (templates). Source: nunjucks 3.2.4 src/runtime.js (`Frame`), src/environment.js (`Context`), whose rules of
 * scope are kept.
 */
import type { HttpRequest } from "../http/request.ts";
import { getOrInsert } from "../utils/get-or-insert.ts";
import type { Position, TemplateSource } from "./errors.ts";
import { MISSING } from "./member-lookup.ts";

/** Computes the value of an expression. */
export type Evaluate = (frame: Frame) => unknown;

/** Writes a part of a template. */
export type Render = (frame: Frame) => string;

/** `{% block name %}` of one template. */
export interface Block {
  readonly source: TemplateSource;
  readonly position: Position;
  readonly body: Render;
}

/** A template that can be rendered. */
export interface CompiledTemplate {
  readonly source: TemplateSource;
  readonly root: Render;
  readonly blocks: ReadonlyMap<string, Block>;
}

/** One call of `render`: the same for all templates that take part in it. */
export interface Rendering {
  readonly request: HttpRequest | undefined;
  /** Whether unknown names are errors. */
  readonly isStrict: boolean;
  /** What every template sees, imported ones too. */
  readonly globals: object;
  /** The template for a name, or the first of several; relative names start at `from`. */
  load(names: unknown, from: TemplateSource, options?: LoadOptions): CompiledTemplate;
  /** Tells whoever listens that a template is being rendered. */
  announce: ((template: CompiledTemplate, context: Context) => void) | undefined;
}

export interface LoadOptions {
  /** Files that are passed over: those that a template extends already. */
  readonly except?: readonly CompiledTemplate[];
}

/** Names in a part of a template. */
export class Scope {
  readonly names: Map<string, unknown> = new Map<string, unknown>();
  readonly parent: Scope | undefined;
  /** Whether `{% set %}` in here stays in here. */
  readonly #isIsolated: boolean;

  constructor(parent?: Scope, isIsolated: boolean = false) {
    this.parent = parent;
    this.#isIsolated = isIsolated;
  }

  find(name: string): unknown {
    const value = this.names.get(name);
    if (value !== undefined || this.names.has(name)) return value;
    return this.parent === undefined ? MISSING : this.parent.find(name);
  }

  /** Changes the name where it is known, or makes it here; says where. */
  assign(name: string, value: unknown): Scope {
    const holder = this.#holder(name) ?? this;
    holder.names.set(name, value);
    return holder;
  }

  #holder(name: string): Scope | undefined {
    if (this.names.has(name)) return this;
    if (this.#isIsolated || this.parent === undefined) return undefined;
    return this.parent.#holder(name);
  }
}

/** The names of a template as a whole, and its blocks. */
export class Context {
  /** What `{% set %}`, `{% macro %}` and `{% import %}` made, outside of blocks and loops. */
  readonly names: Map<string, unknown> = new Map<string, unknown>();
  /** What the template was given: looked through in order. */
  readonly layers: readonly object[];
  /** By name, the innermost child's first. */
  readonly blocks: Map<string, Block[]> = new Map<string, Block[]>();
  /** The template and those that it extends. */
  readonly templates: CompiledTemplate[] = [];
  /** What tags remember from one use to the next: by the place in the template. */
  readonly memory: Map<object, unknown> = new Map<object, unknown>();
  /** Whether it was imported, and so sees nothing of what its importer sees. */
  readonly isImported: boolean;

  constructor(layers: readonly object[], isImported: boolean = false) {
    this.layers = layers;
    this.isImported = isImported;
  }

  find(name: string): unknown {
    const value = this.names.get(name);
    if (value !== undefined || this.names.has(name)) return value;
    for (const layer of this.layers)
      if (Object.hasOwn(layer, name)) return Reflect.get(layer, name);
    return MISSING;
  }

  add(template: CompiledTemplate): void {
    this.templates.push(template);
    for (const [name, block] of template.blocks)
      getOrInsert(this.blocks, name, () => []).push(block);
  }

  /** All names, for suggestions and for whoever listens. */
  flatten(): Record<string, unknown> {
    const all: Record<string, unknown> = {};
    for (const layer of this.layers.toReversed())
      Object.defineProperties(all, Object.getOwnPropertyDescriptors(layer));
    return Object.assign(all, Object.fromEntries(this.names));
  }
}

/** One activation of a template, block or macro. */
export class Frame {
  readonly rendering: Rendering;
  readonly context: Context;
  scope: Scope;
  /** Names made in this scope are names of the template as a whole; `undefined` for blocks and macros. */
  readonly topLevel: Scope | undefined;
  autoescape: boolean;
  /** Renders what the template extends; set when `{% extends %}` is met. */
  parent: Render | undefined = undefined;

  constructor(options: {
    readonly rendering: Rendering;
    readonly context: Context;
    readonly scope: Scope;
    readonly autoescape: boolean;
    readonly isTopLevel?: boolean;
  }) {
    this.rendering = options.rendering;
    this.context = options.context;
    this.scope = options.scope;
    this.autoescape = options.autoescape;
    this.topLevel = options.isTopLevel === true ? options.scope : undefined;
  }

  /** The value of a name, or `MISSING`. */
  find(name: string): unknown {
    const value = this.scope.find(name);
    return value === MISSING ? this.context.find(name) : value;
  }

  /** A frame for another part with the same names in sight. */
  within(scope: Scope): Frame {
    return new Frame({ ...this.#shared(), scope });
  }

  /** `{% set %}`. */
  assign(name: string, value: unknown): void {
    const holder = this.scope.assign(name, value);
    if (holder === this.topLevel) this.context.names.set(name, value);
  }

  /** Runs `part` with names of its own. */
  nested<Result>(part: (scope: Scope) => Result): Result {
    const outer = this.scope;
    this.scope = new Scope(outer);
    const result = part(this.scope);
    this.scope = outer;
    return result;
  }

  #shared(): { rendering: Rendering; context: Context; autoescape: boolean } {
    return { rendering: this.rendering, context: this.context, autoescape: this.autoescape };
  }
}
