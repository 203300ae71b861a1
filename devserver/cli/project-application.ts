/**
 * The project's application, for the threads and processes of a server to import: `?settings=FILE`, and
 * `&explain` where a project that does not load is to answer with the reason.
 *
 * Layer 10 (cli).
 */
import type { WSGIApplication } from "../../framework/wsgi.ts";
import type { CheckReport } from "../../framework/checks/report.ts";
import { isFirstWorker } from "../workers/carrier.ts";
import { besideModule, type ModuleExport } from "../workers/module-export.ts";
import { announceChecks } from "./check-application.ts";
import { loadProject, loadProjectOrExplain } from "./load-project.ts";

/** How workers name the application of a project. */
export function nameProject(settingsFile: string, explain: boolean): ModuleExport {
  const url = besideModule(import.meta.url, "project-worker");
  url.searchParams.set("settings", settingsFile);
  if (explain) url.searchParams.set("explain", "");
  return { module: url.href };
}

/** What such a name stands for. */
export async function loadNamedProject(url: string): Promise<WSGIApplication> {
  const { searchParams } = new URL(url);
  const settingsFile = searchParams.get("settings") ?? "settings.ts";
  const onChecked = (report: CheckReport): void => {
    if (isFirstWorker()) announceChecks(report, process, false);
  };
  const report = (text: string): void => {
    if (isFirstWorker()) process.stderr.write(text);
  };
  const { application } = searchParams.has("explain")
    ? await loadProjectOrExplain(settingsFile, report, onChecked)
    : await loadProject(settingsFile, { onChecked });
  return application;
}
