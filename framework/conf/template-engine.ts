/**
 * What the rest of the framework knows of templates: settings in, text out.
 *
 * Layer 4 (conf). Types only. Why here: an `Application` has a template engine, while the engine
 * itself is built from settings, one layer up.
 */
import type { HttpRequest } from "../http/request.ts";

/** What a template can name. */
export type TemplateContext = Readonly<Record<string, unknown>>;

/** Adds to the context of every template that is rendered for a request. */
export type ContextProcessor = (request: HttpRequest) => TemplateContext;

/** A template filter: `{{ value | name(argument) }}`. */
// oxlint-disable-next-line typescript/no-explicit-any -- templates are untyped; a filter declares what it expects
export type TemplateFilter = (value: any, ...args: any[]) => unknown;

export interface TemplateSettings {
  /** Folders that are searched in order, as absolute paths: `join(import.meta.dirname, "templates")`. */
  readonly DIRS: readonly string[];
  readonly OPTIONS?: {
    readonly contextProcessors?: readonly ContextProcessor[];
    readonly filters?: Readonly<Record<string, TemplateFilter>>;
  };
}

export interface TemplateEngine {
  /** Renders the template `name`. `request` feeds the context processors. */
  renderToString(name: string, context?: TemplateContext, request?: HttpRequest): string;
}
