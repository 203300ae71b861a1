/**
 * From a settings file to the application it describes.
 *
 * Layer 10 (cli). Errors: whatever the project throws while it is imported, `ImproperlyConfigured`.
 */
import { loadSettings } from "../../framework/conf/load.ts";
import type { Settings } from "../../framework/conf/settings.ts";
import { ImproperlyConfigured } from "../../framework/exceptions.ts";
import { getWSGIApplication } from "../../framework/handlers/wsgi-handler.ts";
import { withStaticFiles } from "../../framework/staticfiles/middleware.ts";
import { formatError } from "../../framework/utils/stack.ts";
import type { WSGIApplication } from "../../framework/wsgi.ts";
import { brokenApplication } from "./broken-application.ts";

/** Whether STATIC_URL is served: with DEBUG, always, or never. */
export type StaticServing = "debug" | "insecure" | "none";

export function toStaticServing(text: string | null): StaticServing {
  return text === "insecure" || text === "none" ? text : "debug";
}

export interface LoadOptions {
  readonly staticFiles: StaticServing;
  readonly onSettings?: (settings: Settings) => void;
}

export async function loadProject(
  settingsFile: string,
  { staticFiles, onSettings }: LoadOptions,
): Promise<WSGIApplication> {
  const settings = await loadSettings(settingsFile);
  onSettings?.(settings);
  if (!settings.DEBUG && settings.ALLOWED_HOSTS.length === 0) {
    throw new ImproperlyConfigured(
      `You must set ALLOWED_HOSTS in ${settingsFile} if DEBUG is false.`,
    );
  }
  if (staticFiles === "none") return await getWSGIApplication(settings);
  const insecure = staticFiles === "insecure";
  return await getWSGIApplication(withStaticFiles(settings, { insecure }));
}

/** A project that does not load is reported once, and answers every request with the reason. */
export async function loadProjectOrExplain(
  settingsFile: string,
  staticFiles: StaticServing,
  report: (text: string) => void,
): Promise<WSGIApplication> {
  let showDetails = true;
  try {
    return await loadProject(settingsFile, {
      staticFiles,
      onSettings: (settings) => (showDetails = settings.DEBUG),
    });
  } catch (error) {
    report(
      `The project does not load; every request is answered with the reason.\n${formatError(error)}\n`,
    );
    return brokenApplication(error, showDetails);
  }
}
