/**
 * From a settings file to the application it describes.
 *
 * Layer 10 (cli). Errors: whatever the project throws while it is imported, `ImproperlyConfigured`.
 */
import { dirname } from "node:path";
import { loadSettings } from "../../framework/conf/load.ts";
import type { Settings } from "../../framework/conf/settings.ts";
import { ImproperlyConfigured } from "../../framework/exceptions.ts";
import { getWSGIApplication } from "../../framework/handlers/wsgi-handler.ts";
import { formatError } from "../../framework/utils/stack.ts";
import type { WSGIApplication } from "../../framework/wsgi.ts";
import { brokenApplication } from "./broken-application.ts";
import { withDebugTools } from "./debug-tools.ts";

export async function loadProject(
  settingsFile: string,
  onSettings?: (settings: Settings) => void,
): Promise<WSGIApplication> {
  const settings = await loadSettings(settingsFile);
  onSettings?.(settings);
  if (!settings.DEBUG && settings.ALLOWED_HOSTS.length === 0) {
    throw new ImproperlyConfigured(
      `You must set ALLOWED_HOSTS in ${settingsFile} if DEBUG is false.`,
    );
  }
  const application = await getWSGIApplication(settings);
  return settings.DEBUG
    ? withDebugTools(application, { settings, folder: dirname(settingsFile) })
    : application;
}

/** A project that does not load is reported once, and answers every request with the reason. */
export async function loadProjectOrExplain(
  settingsFile: string,
  report: (text: string) => void,
): Promise<WSGIApplication> {
  let showDetails = true;
  try {
    return await loadProject(settingsFile, (settings) => (showDetails = settings.DEBUG));
  } catch (error) {
    report(
      `The project does not load; every request is answered with the reason.\n${formatError(error)}\n`,
    );
    const application = brokenApplication(error, showDetails, settingsFile);
    return showDetails
      ? withDebugTools(application, { settings: undefined, folder: dirname(settingsFile) })
      : application;
  }
}
