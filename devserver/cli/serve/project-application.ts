/**
 * The project's application, for the threads and processes of a server to import: `?settings=FILE`, and
 * `&generation=NAME&pages` under a supervisor: see `LiveOptions`.
 *
 * Layer 10 (cli).
 */
import type { WSGIApplication } from "../../../framework/wsgi.ts";
import type { CheckReport } from "../../../framework/checks/report.ts";
import { isFirstWorker } from "../../workers/carrier.ts";
import { besideModule, type ModuleExport } from "../../workers/module-export.ts";
import { announceChecks } from "../project/check-application.ts";
import { liveApplication, type LiveOptions } from "./live-project.ts";
import { loadProject, loadProjectOrExplain } from "../project/load-project.ts";

/** How workers name the application of a project. With `live` one that does not load answers with the reason. */
export function nameProject(settingsFile: string, live: LiveOptions | undefined): ModuleExport {
  const url = besideModule(import.meta.url, "project-worker");
  url.searchParams.set("settings", settingsFile);
  if (live !== undefined) url.searchParams.set("generation", live.generation);
  if (live?.hasPages === true) url.searchParams.set("pages", "");
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
  const generation = searchParams.get("generation");
  if (generation === null) return (await loadProject(settingsFile, { onChecked })).application;
  const project = await loadProjectOrExplain(settingsFile, report, onChecked);
  return liveApplication(project, { generation, hasPages: searchParams.has("pages") });
}
