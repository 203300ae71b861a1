/**
 * The template engine: templates by name, in the project's folders and those of its apps.
 *
 * Layer 5 (templates). nunjucks' syntax, rendered by functions of our own: docs/decisions/013-templates.md says why.
 * With DEBUG a saved template shows without a restart, and unknown variables are errors.
 * Errors: those of errors.ts; `ImproperlyConfigured` when it is built.
 * Source: Django template/engine.py, template/loader.py.
 */
import { join } from "node:path";
import { installedApps } from "../conf/apps.ts";
import type {
  Template,
  TemplateContext,
  TemplateEngine,
  TemplateSettings,
} from "../conf/template-engine.ts";
import type { HttpRequest } from "../http/request.ts";
import type { URLResolver } from "../urls/resolver.ts";
import { compileTemplate } from "./compile.ts";
import type { Library } from "./compilation.ts";
import type { CompiledTemplate } from "./frame.ts";
import { globalsOf } from "./globals.ts";
import { buildLibrary, type LibrarySettings } from "./library.ts";
import { TemplateLoader } from "./loader.ts";
import { type RenderingBasis, renderTemplate } from "./rendering.ts";

/** What an engine is built from. Every `Settings` is one. */
export interface EngineSettings extends LibrarySettings {
  readonly BASE_DIR: string | null;
  readonly INSTALLED_APPS: readonly string[];
  readonly TEMPLATES: TemplateSettings;
}

/** What a template made from a string is called. */
const NO_NAME = "<string>";

export class Templates implements TemplateEngine {
  readonly loader: TemplateLoader;
  readonly library: Library;
  readonly #basis: RenderingBasis;

  /** `resolver` is what `{% url %}` reverses names with. */
  constructor(settings: EngineSettings, resolver: URLResolver) {
    const options = settings.TEMPLATES.OPTIONS ?? {};
    this.library = buildLibrary(settings, resolver, options);
    this.loader = new TemplateLoader(foldersOf(settings), this.library, { reload: settings.DEBUG });
    this.#basis = { settings, options, loader: this.loader, globals: globalsOf(options) };
  }

  renderToString(
    name: string | readonly string[],
    context: TemplateContext = {},
    request?: HttpRequest,
  ): string {
    const names = typeof name === "string" ? [name] : name;
    return renderTemplate(this.#basis, this.#load(names), context, request);
  }

  getTemplate(name: string): Template {
    return this.#template(this.#load([name]));
  }

  selectTemplate(names: readonly string[]): Template {
    return this.#template(this.#load(names));
  }

  fromString(source: string): Template {
    return this.#template(
      compileTemplate({ name: NO_NAME, file: undefined, text: source }, this.library),
    );
  }

  clearCache(): void {
    this.loader.clear();
  }

  #load(names: readonly string[]): CompiledTemplate {
    if (names.length === 0) throw new TypeError("No template names provided");
    return this.loader.load(names);
  }

  #template(template: CompiledTemplate): Template {
    const { name, file } = template.source;
    return {
      name,
      file,
      render: (context = {}, request) => renderTemplate(this.#basis, template, context, request),
    };
  }
}

/** DIRS first, then the apps in their order. */
function foldersOf(settings: EngineSettings): readonly string[] {
  const { DIRS, APP_DIRS = true } = settings.TEMPLATES;
  const apps = APP_DIRS ? installedApps(settings) : [];
  return [...DIRS, ...apps.map(({ path }) => join(path, "templates"))];
}
