/**
 * From a settings file to the application it describes.
 *
 * Layer 10 (cli). Errors: whatever the project throws while it is imported, `ImproperlyConfigured`.
 */
import { loadSettings } from "../../framework/conf/load.ts";
import type { Settings } from "../../framework/conf/settings.ts";
import { ImproperlyConfigured } from "../../framework/exceptions.ts";
import { getWSGIApplication } from "../../framework/handlers/wsgi-handler.ts";
import { formatError } from "../../framework/utils/stack.ts";
import type { WSGIApplication } from "../../framework/wsgi.ts";
import { brokenApplication } from "./broken-application.ts";

export interface LoadedProject {
  readonly application: WSGIApplication;
  /** `undefined` when not even those could be loaded. */
  readonly settings: Settings | undefined;
  /** False when the application only says why the project does not load. */
  readonly ok: boolean;
}

export async function loadProject(
  settingsFile: string,
  onSettings?: (settings: Settings) => void,
): Promise<LoadedProject> {
  const settings = await loadSettings(settingsFile);
  onSettings?.(settings);
  if (!settings.DEBUG && settings.ALLOWED_HOSTS.length === 0) {
    throw new ImproperlyConfigured(
      `You must set ALLOWED_HOSTS in ${settingsFile} if DEBUG is false.`,
    );
  }
  return { application: await getWSGIApplication(settings), settings, ok: true };
}

/** A project that does not load is reported once, and answers every request with the reason. */
export async function loadProjectOrExplain(
  settingsFile: string,
  report: (text: string) => void,
): Promise<LoadedProject> {
  let settings: Settings | undefined;
  try {
    using _exit = forbidExit();
    return await loadProject(settingsFile, (loaded) => (settings = loaded));
  } catch (error) {
    report(
      `The project does not load; every request is answered with the reason.\n${formatError(error)}\n`,
    );
    const application = brokenApplication(error, settings?.DEBUG ?? true);
    return { application, settings, ok: false };
  }
}

/** A module that ends the process while it is imported would leave nobody to say so. */
function forbidExit(): Disposable {
  const { exit } = process;
  process.exit = (code) => {
    throw new Error(`The project called process.exit(${code ?? ""}) while it was imported.`);
  };
  return { [Symbol.dispose]: () => void (process.exit = exit) };
}
