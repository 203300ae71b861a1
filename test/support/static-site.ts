/**
 * Sites with static files in a temporary folder: `static/` of the project, the apps `polls` and `blog`.
 */
import { existsSync, globSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineSettings, type SettingsInput } from "../../framework/conf/define-settings.ts";
import type { Settings } from "../../framework/conf/settings.ts";
import { HttpResponse } from "../../framework/http/response.ts";
import { getWSGIApplication } from "../../framework/handlers/wsgi-handler.ts";
import {
  type Collected,
  type CollectOptions,
  collectStatic,
} from "../../framework/staticfiles/collect.ts";
import { withStaticFiles } from "../../framework/staticfiles/middleware.ts";
import { path } from "../../framework/urls/path.ts";
import { TemporaryFolder } from "./projects.ts";
import { type Answer, call, type RequestSketch } from "./wsgi.ts";

export const home = (): HttpResponse => new HttpResponse("home");

/** Settings of a site in `folder`: DEBUG, STATIC_URL "static/", STATIC_ROOT in `collected`. */
export function staticSettings(
  folder: TemporaryFolder,
  overrides: Partial<SettingsInput> = {},
): Settings {
  return defineSettings({
    SECRET_KEY: "for tests",
    ROOT_URLCONF: () =>
      Promise.resolve({ urlpatterns: [path("", home), path("<path:rest>", home)] }),
    DEBUG: true,
    ALLOWED_HOSTS: ["testserver"],
    BASE_DIR: folder.path,
    INSTALLED_APPS: ["polls", "blog"].filter((app) => existsSync(join(folder.path, app))),
    STATIC_URL: "static/",
    STATIC_ROOT: join(folder.path, "collected"),
    STATICFILES_DIRS: [join(folder.path, "static")],
    ...overrides,
  });
}

/** A folder with some files. Parents are made; `static/` is always there. */
export async function staticFolder(
  files: Readonly<Record<string, string>> = {},
): Promise<TemporaryFolder> {
  const folder = new TemporaryFolder();
  mkdirSync(join(folder.path, "static"));
  await folder.write(files);
  return folder;
}

/** The text of a file in it. */
export function read(folder: TemporaryFolder, path: string): string {
  return readFileSync(join(folder.path, path), "utf8");
}

/** A request to the site, as `runserver` serves it unless the options say otherwise. */
export async function askSite(
  settings: Settings,
  path: string,
  sketch: RequestSketch & {
    readonly headers?: Readonly<Record<string, string>>;
    readonly insecure?: boolean;
  } = {},
): Promise<Answer> {
  const { headers = {}, insecure = false, ...rest } = sketch;
  const application = await getWSGIApplication(withStaticFiles(settings, { insecure }));
  const names = Object.entries(headers).map(([name, value]) => [
    `HTTP_${name.toUpperCase().replaceAll("-", "_")}`,
    value,
  ]);
  const environ: Record<string, unknown> = { ...rest.environ, ...Object.fromEntries(names) };
  return await call(application, { ...rest, path, environ });
}

/** Collects the static files of the site, and what was said of it. */
export function collect(
  settings: Settings,
  options: Partial<CollectOptions> = {},
): Collected & { readonly messages: readonly string[] } {
  const messages: string[] = [];
  const collected = collectStatic(settings, {
    link: false,
    clear: false,
    dryRun: false,
    postProcess: true,
    ignore: [],
    log: (message) => messages.push(message),
    ...options,
  });
  return { ...collected, messages };
}

/** The files in STATIC_ROOT, sorted. */
export function collectedFiles(folder: TemporaryFolder): string[] {
  const cwd = join(folder.path, "collected");
  return globSync("**", { cwd, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(cwd.length + 1))
    .toSorted();
}
