/**
 * Loading a project's settings file and URLconf.
 *
 * Layer 4 (conf). Errors: `ImproperlyConfigured` that names the file and what is wrong with it; the
 * project's own error is its `cause`.
 */
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { ImproperlyConfigured } from "../exceptions.ts";
import { URLResolver } from "../urls/resolver.ts";
import { describeValue, errorMessage } from "../utils/describe.ts";
import { errorLocation } from "../utils/stack.ts";
import { isSettings } from "./define-settings.ts";
import type { Settings, URLConf } from "./settings.ts";

const ERROR_HANDLERS = ["handler400", "handler403", "handler404", "handler500"] as const;

/** Imports the settings at the absolute path `file`. */
export async function loadSettings(file: string): Promise<Settings> {
  if (!existsSync(file)) throw new ImproperlyConfigured(`There is no settings file ${file}.`);
  const module = await importModule(file);
  if (isSettings(module.default)) return module.default;
  const found =
    "default" in module
      ? `its default export is ${describeValue(module.default)}`
      : "it has no default export";
  throw new ImproperlyConfigured(
    `${file} must say \`export default defineSettings({ … })\`; ${found}.`,
  );
}

/** Imports the URLconf that the settings name and builds its resolver. */
export async function loadURLConf(settings: Settings): Promise<URLResolver> {
  return new URLResolver((await loadURLConfModule(settings)).urlpatterns);
}

/** Imports the URLconf that the settings name, and looks whether it is one. */
export async function loadURLConfModule(settings: Settings): Promise<URLConf> {
  const module = await importURLConf(settings);
  if (typeof module !== "object" || module === null || !("urlpatterns" in module)) {
    throw new ImproperlyConfigured(
      `The URLconf ${describeLoader(settings)} does not appear to have any patterns in it: it must export urlpatterns. ` +
        `It exports: ${typeof module === "object" && module !== null ? Object.keys(module).join(", ") || "nothing" : describeValue(module)}.`,
    );
  }
  const { urlpatterns } = module;
  if (!Array.isArray(urlpatterns)) {
    throw new ImproperlyConfigured(
      `The urlpatterns of the URLconf ${describeLoader(settings)} must be an array; found ${describeValue(urlpatterns)}.`,
    );
  }
  return { urlpatterns, ...errorHandlers(module, settings) };
}

/** Source: Django core/checks/urls.py (`check_custom_error_handlers`). */
function errorHandlers(module: object, settings: Settings): Omit<URLConf, "urlpatterns"> {
  const found = ERROR_HANDLERS.map((name) => [name, Reflect.get(module, name)] as const).filter(
    ([, handler]) => handler !== undefined,
  );
  const wrong = found.find(([, handler]) => typeof handler !== "function");
  if (wrong === undefined) return Object.fromEntries(found);
  throw new ImproperlyConfigured(
    `The ${wrong[0]} of the URLconf ${describeLoader(settings)} must be a function (request, error) => response; ` +
      `found ${describeValue(wrong[1])}.`,
  );
}

async function importModule(file: string): Promise<{ readonly default?: unknown }> {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a module is before anybody looked into it
    return (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
  } catch (error) {
    throw new ImproperlyConfigured(
      `The settings file ${file} could not be loaded${describeCause(error)}`,
      { cause: error },
    );
  }
}

async function importURLConf(settings: Settings): Promise<unknown> {
  try {
    return await settings.ROOT_URLCONF();
  } catch (error) {
    throw new ImproperlyConfigured(
      `The URLconf ${describeLoader(settings)} could not be loaded${describeCause(error)}`,
      { cause: error },
    );
  }
}

/** What went wrong, and where in the project. */
function describeCause(error: unknown): string {
  const location = errorLocation(error);
  const message = errorMessage(error);
  return location === undefined || message.includes(location)
    ? `: ${message}`
    : ` (${location}): ${message}`;
}

/** The file that `() => import("./urls.ts")` names, as the settings wrote it. */
function describeLoader(settings: Settings): string {
  const specifier = /import\(\s*(["'`])(.+?)\1\s*\)/.exec(String(settings.ROOT_URLCONF))?.[2];
  return specifier === undefined ? "that ROOT_URLCONF loads" : `"${specifier}"`;
}
