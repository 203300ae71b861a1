/**
 * The project's application, for the threads and processes of a server to import: `?settings=FILE`,
 * `&static=…`, and `&explain` where a project that does not load is to answer with the reason.
 *
 * Layer 10 (cli).
 */
import type { WSGIApplication } from "../../framework/wsgi.ts";
import { isFirstWorker } from "../workers/carrier.ts";
import { besideModule, type ModuleExport } from "../workers/module-export.ts";
import {
  loadProject,
  loadProjectOrExplain,
  toStaticServing,
  type StaticServing,
} from "./load-project.ts";

/** How workers name the application of a project. */
export function nameProject(
  settingsFile: string,
  { staticFiles, explain }: { readonly staticFiles: StaticServing; readonly explain: boolean },
): ModuleExport {
  const url = besideModule(import.meta.url, "project-worker");
  url.searchParams.set("settings", settingsFile);
  url.searchParams.set("static", staticFiles);
  if (explain) url.searchParams.set("explain", "");
  return { module: url.href };
}

/** What such a name stands for. */
export async function loadNamedProject(url: string): Promise<WSGIApplication> {
  const { searchParams } = new URL(url);
  const settingsFile = searchParams.get("settings") ?? "settings.ts";
  const staticFiles = toStaticServing(searchParams.get("static"));
  if (!searchParams.has("explain")) return await loadProject(settingsFile, { staticFiles });
  return await loadProjectOrExplain(settingsFile, staticFiles, (text) => {
    if (isFirstWorker()) process.stderr.write(text);
  });
}
