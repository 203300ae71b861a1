/**
 * Template engines over files that are written for one test.
 */
import { DEFAULT_SETTINGS } from "../../framework/conf/defaults.ts";
import type { Settings } from "../../framework/conf/settings.ts";
import type { TemplateOptions } from "../../framework/conf/template-engine.ts";
import type { HttpRequest } from "../../framework/http/request.ts";
import { type EngineSettings, Templates } from "../../framework/templates/engine.ts";
import { path } from "../../framework/urls/path.ts";
import { URLResolver } from "../../framework/urls/resolver.ts";
import { TemporaryFolder } from "./projects.ts";

export const resolver: URLResolver = new URLResolver([
  path("a/<int:pk>/<str:s>/", () => null, { name: "a" }),
]);

/** An engine whose templates are in `folders`. DEBUG is off unless the settings say otherwise. */
export function makeTemplates(
  folders: readonly string[] = [],
  settings: Partial<Settings> & { readonly OPTIONS?: TemplateOptions } = {},
): Templates {
  const { OPTIONS = {}, ...rest } = settings;
  const full: EngineSettings = {
    ...DEFAULT_SETTINGS,
    TEMPLATES: { DIRS: folders, OPTIONS },
    ...rest,
  };
  return new Templates(full, resolver);
}

/** Renders a template that is no file. */
export function render(
  source: string,
  context: Record<string, unknown> = {},
  settings: Parameters<typeof makeTemplates>[1] = {},
  request?: HttpRequest,
): string {
  return makeTemplates([], settings).fromString(source).render(context, request);
}

/** Renders `page.html` of some files. */
export async function renderFiles(
  files: Record<string, string>,
  context: Record<string, unknown> = {},
  settings: Parameters<typeof makeTemplates>[1] = {},
  request?: HttpRequest,
): Promise<string> {
  using folder = new TemporaryFolder();
  await folder.write(files);
  return makeTemplates([folder.path], settings).renderToString("page.html", context, request);
}

/** What `run` throws. */
export function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
