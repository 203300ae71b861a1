/**
 * Templates: nunjucks behind the framework's own door.
 *
 * Layer 5 (templates). Autoescape is always on. With DEBUG every render reads the files anew, so a saved
 * template shows without a restart.
 * Errors: `TemplateDoesNotExist` with every folder that was searched, `TemplateError` for anything nunjucks
 * could not parse or render, with nunjucks' own words.
 */
import nunjucks from "nunjucks";
import type { TemplateContext, TemplateEngine, TemplateSettings } from "../conf/template-engine.ts";
import { FrameworkError } from "../exceptions.ts";
import type { HttpRequest } from "../http/request.ts";
import type { URLResolver } from "../urls/resolver.ts";
import { templateRendered } from "../signals/core.ts";
import { errorMessage } from "../utils/describe.ts";
import { UrlTag } from "./url-tag.ts";

/** No folder has a template of this name. */
export class TemplateDoesNotExist extends FrameworkError {
  override readonly name = "TemplateDoesNotExist";
  readonly code = "templates.does_not_exist";
  /** The one that is missing, which need not be the one that was asked for. */
  readonly templateName: string;

  constructor(templateName: string, message: string) {
    super(message);
    this.templateName = templateName;
  }
}

/** A template does not parse, or failed while it was rendered. */
export class TemplateError extends FrameworkError {
  override readonly name = "TemplateError";
  readonly code = "templates.error";
}

export interface TemplatesOptions {
  /** Read files anew at each render. @default false */
  readonly debug?: boolean;
  /** What `{% url %}` reverses names with. */
  readonly resolver: URLResolver;
}

export class Templates implements TemplateEngine {
  readonly #environment: nunjucks.Environment;
  readonly #settings: TemplateSettings;

  constructor(settings: TemplateSettings, options: TemplatesOptions) {
    this.#settings = settings;
    const loader = new nunjucks.FileSystemLoader([...settings.DIRS], {
      noCache: options.debug === true,
    });
    // Not about development: without `dev` nunjucks throws the cause of an error away.
    this.#environment = new nunjucks.Environment(loader, { autoescape: true, dev: true });
    this.#environment.addExtension("url", new UrlTag(options.resolver));
    for (const [name, filter] of Object.entries(settings.OPTIONS?.filters ?? {})) {
      this.#environment.addFilter(name, filter);
    }
  }

  renderToString(name: string, context: TemplateContext = {}, request?: HttpRequest): string {
    const full: Record<string, unknown> = {};
    if (request !== undefined) {
      full.request = request;
      for (const processor of this.#settings.OPTIONS?.contextProcessors ?? [])
        Object.assign(full, processor(request));
    }
    Object.assign(full, context);
    templateRendered.send({ template: name, context: full, request });
    try {
      return this.#environment.getTemplate(name, true).render(full);
    } catch (error) {
      throw this.#translate(name, error);
    }
  }

  #translate(name: string, error: unknown): Error {
    const message = errorMessage(error);
    const missing = /template not found: (.+)$/m.exec(message)?.[1];
    // nunjucks wraps what a filter or tag has thrown; that is the cause, not the wrapper.
    if (missing === undefined) return new TemplateError(message, causeOf(error));
    const by = missing === name ? "" : ` (needed by "${name}")`;
    const folders = this.#settings.DIRS.join(", ") || "no folder: TEMPLATES.DIRS is empty";
    return new TemplateDoesNotExist(
      missing,
      `no template is named "${missing}"${by}; searched in ${folders}`,
    );
  }
}

function causeOf(error: unknown): ErrorOptions {
  return error instanceof Error && error.cause !== undefined ? { cause: error.cause } : {};
}
