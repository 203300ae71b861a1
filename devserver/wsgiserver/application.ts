/**
 * A WSGI application named by its module and export.
 *
 * Layer 3 (wsgiserver). Errors: `TypeError` for a name that leads nowhere, or to what is no function.
 */
import type { WSGIApplication } from "../../framework/wsgi.ts";
import { importExport, type ModuleExport } from "../workers/module-export.ts";

/** Imports the application; the export may also be a promise of one. */
export async function importApplication(name: ModuleExport): Promise<WSGIApplication> {
  const application = await importExport(name);
  if (typeof application !== "function") {
    throw new TypeError(
      `${name.module} exports as ${JSON.stringify(name.export ?? "default")} no WSGI application (a function); found ${typeof application}`,
    );
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- whoever named it says so
  return application as WSGIApplication;
}
