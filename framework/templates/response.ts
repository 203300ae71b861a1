/**
 * Responses that are rendered after the view: middleware and callbacks can still change template and context.
 *
 * Layer 5 (templates). The handler renders them, after every `processTemplateResponse`. Errors:
 * `ContentNotRenderedError` for whoever wants the content before. Source: Django template/response.py.
 * Differs from Django: `content` is a property, `text` too; there is no `using`, since there is one engine.
 */
import type { Template, TemplateContext, TemplateEngine } from "../conf/template-engine.ts";
import { FrameworkError } from "../exceptions.ts";
import type { HttpRequest } from "../http/request.ts";
import { HttpResponse, type Piece, type ResponseOptions } from "../http/response.ts";
import { type MaybePromise, whenReady } from "../utils/maybe-promise.ts";
import type { Body, Chunk, Environ } from "../wsgi.ts";

/** The content of a template response was asked for before it was rendered. */
export class ContentNotRenderedError extends FrameworkError {
  override readonly name = "ContentNotRenderedError";
  readonly code = "templates.content_not_rendered";
}

/** Called with the rendered response, or what took its place; a response that it returns takes it from now on. */
export type PostRenderCallback = (response: HttpResponse) => MaybePromise<HttpResponse | void>;

/** A name, several of which the first that exists counts, or a template. */
export type TemplateChoice = string | readonly string[] | Template;

/**
 * A template and a context, rendered later and without a request. May be overridden: `resolveTemplate`,
 * `resolveContext`, `renderedContent`.
 */
export class SimpleTemplateResponse extends HttpResponse {
  /** What is rendered. To be changed until it is. */
  templateName: TemplateChoice;
  /** What it is rendered with. To be changed until it is. */
  contextData: TemplateContext;
  readonly #engine: TemplateEngine;
  #callbacks: PostRenderCallback[] = [];
  #isRendered = false;

  constructor(
    engine: TemplateEngine,
    template: TemplateChoice,
    context: TemplateContext = {},
    options: ResponseOptions = {},
  ) {
    super("", options);
    this.#engine = engine;
    this.templateName = template;
    this.contextData = context;
  }

  get isRendered(): boolean {
    return this.#isRendered;
  }

  /** The template that a choice means. */
  resolveTemplate(template: TemplateChoice): Template {
    if (typeof template === "string") return this.#engine.getTemplate(template);
    return isTemplate(template) ? template : this.#engine.selectTemplate(template);
  }

  resolveContext(context: TemplateContext): TemplateContext {
    return context;
  }

  /** The page as template and context make it now; what was rendered before does not matter. */
  get renderedContent(): string {
    return this.resolveTemplate(this.templateName).render(this.resolveContext(this.contextData));
  }

  /** Calls `callback` once the response is rendered: now, when it is already. */
  addPostRenderCallback(callback: PostRenderCallback): MaybePromise<HttpResponse | void> {
    if (this.#isRendered) return callback(this);
    this.#callbacks.push(callback);
    return undefined;
  }

  /** Renders, the first time; then the callbacks have their turn. Returns the response to be sent. */
  render(): MaybePromise<HttpResponse> {
    if (this.#isRendered) return this;
    this.content = this.renderedContent;
    const callbacks = this.#callbacks;
    this.#callbacks = [];
    return callbacks.reduce<MaybePromise<HttpResponse>>(
      (response, callback) =>
        whenReady(response, (current) =>
          whenReady(callback(current), (instead) => instead ?? current),
        ),
      this,
    );
  }

  override get content(): Buffer {
    if (!this.#isRendered)
      throw new ContentNotRenderedError(
        "The response content must be rendered before it can be accessed.",
      );
    return super.content;
  }

  /** What is set counts as rendered. */
  override set content(content: Piece | Iterable<Piece>) {
    super.content = content;
    this.#isRendered = true;
  }

  /** What would be written before is gone once the response is rendered. */
  override write(piece: Piece): void {
    if (!this.#isRendered)
      throw new ContentNotRenderedError(
        "The response content must be rendered before it can be written to.",
      );
    super.write(piece);
  }

  override bodyFor(environ: Environ): Body {
    if (!this.#isRendered)
      throw new ContentNotRenderedError("The response was sent before it was rendered.");
    return super.bodyFor(environ);
  }

  override [Symbol.iterator](): ArrayIterator<Chunk> {
    if (!this.#isRendered)
      throw new ContentNotRenderedError(
        "The response content must be rendered before it can be iterated over.",
      );
    return super[Symbol.iterator]();
  }
}

/** A template, rendered for a request: with what the context processors add. */
export class TemplateResponse extends SimpleTemplateResponse {
  readonly request: HttpRequest;

  constructor(
    request: HttpRequest,
    template: TemplateChoice,
    context: TemplateContext = {},
    options: ResponseOptions = {},
  ) {
    super(request.app.templates, template, context, options);
    this.request = request;
  }

  override get renderedContent(): string {
    const template = this.resolveTemplate(this.templateName);
    return template.render(this.resolveContext(this.contextData), this.request);
  }
}

function isTemplate(choice: TemplateChoice): choice is Template {
  return typeof choice === "object" && "render" in choice;
}
