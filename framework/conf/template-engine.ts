/**
 * What the rest of the framework knows of templates: settings in, text out.
 *
 * Layer 4 (conf). Types only. Why here: an `Application` has a template engine, while the engine
 * itself is built from settings, layers up.
 */
import type { HttpRequest } from "../http/request.ts";
import type { SafeString } from "../utils/safe-string.ts";

/** What a template can name. */
export type TemplateContext = Readonly<Record<string, unknown>>;

/** Adds to the context of every template that is rendered for a request. Synchronous: what has to be waited for is awaited in a view or middleware. */
export type ContextProcessor = (request: HttpRequest) => TemplateContext;

/** A template filter: `{{ value | name(argument) }}`. Arguments with names come last, as one object. */
// oxlint-disable-next-line typescript/no-explicit-any -- templates are untyped; a filter declares what it expects
export type TemplateFilter = (value: any, ...args: any[]) => unknown;

/** A template test: `{% if value is name(argument) %}`. */
// oxlint-disable-next-line typescript/no-explicit-any -- as above
export type TemplateTest = (value: any, ...args: any[]) => boolean;

/** What a tag can see of the template that it stands in. */
export interface TagContext {
  /** The request that the template is rendered for, if any. */
  readonly request: HttpRequest | undefined;
  /** Whether the result goes into a variable: `{% tag … as name %}`. */
  readonly isAssigned: boolean;
  /** The value of a variable; `undefined` when there is none. */
  get(name: string): unknown;
  /** A value of this tag, at this place, for the time of one rendering. */
  remember<Value>(create: () => Value): Value;
}

/** What a tag does. Arguments with names come last, as one object. */
// oxlint-disable-next-line typescript/no-explicit-any -- templates are untyped; a tag declares what it expects
export type TagFunction = (context: TagContext, ...args: any[]) => unknown;

/** What a tag with an end does: `content` is what stands between, rendered. */
export type BlockTagFunction = (
  context: TagContext,
  content: SafeString,
  // oxlint-disable-next-line typescript/no-explicit-any -- as above
  ...args: any[]
) => unknown;

/** What gives an inclusion tag's template its context. */
// oxlint-disable-next-line typescript/no-explicit-any -- as above
export type InclusionTagFunction = (context: TagContext, ...args: any[]) => TemplateContext;

/** A template tag; made by `simpleTag`, `simpleBlockTag` or `inclusionTag`. */
export interface TemplateTag {
  /** "block": `run` is given what stands between the tag and its end, as the first argument. */
  readonly kind: "block" | "inclusion" | "simple";
  readonly run: TagFunction;
  /** The template of an inclusion tag. */
  readonly template?: string;
}

export interface TemplateOptions {
  /** What adds to every context, later ones first. @default the processors that `minorswing/templates` exports */
  readonly contextProcessors?: readonly ContextProcessor[];
  readonly filters?: Readonly<Record<string, TemplateFilter>>;
  readonly tests?: Readonly<Record<string, TemplateTest>>;
  readonly tags?: Readonly<Record<string, TemplateTag>>;
  /** What every template can name, imported ones too. */
  readonly globals?: TemplateContext;
  /** Escape what is written into HTML. @default true */
  readonly autoescape?: boolean;
  /** Whether unknown variables are errors; otherwise they are empty. @default the value of DEBUG */
  readonly strictVariables?: boolean;
}

export interface TemplateSettings {
  /** Folders that are searched in order, as absolute paths: `join(import.meta.dirname, "templates")`. */
  readonly DIRS: readonly string[];
  /** Search the `templates/` of each app too, after DIRS. @default true */
  readonly APP_DIRS?: boolean;
  readonly OPTIONS?: TemplateOptions;
}

/** A template that was found and parsed. */
export interface Template {
  /** As it was asked for. */
  readonly name: string;
  /** Absolute; `undefined` for a template made from a string. */
  readonly file: string | undefined;
  /** `request` feeds the context processors. */
  render(context?: TemplateContext, request?: HttpRequest): string;
}

export interface TemplateEngine {
  /** Renders the template `name`, or the first of several that exists. `request` feeds the context processors. */
  renderToString(
    name: string | readonly string[],
    context?: TemplateContext,
    request?: HttpRequest,
  ): string;
  /** Throws `TemplateDoesNotExist`, `TemplateSyntaxError`. */
  getTemplate(name: string): Template;
  /** The first that exists. */
  selectTemplate(names: readonly string[]): Template;
  /** A template that is no file. */
  fromString(source: string): Template;
  /** Forgets every template, so that each is read anew. */
  clearCache(): void;
}
