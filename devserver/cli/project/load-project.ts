/**
 * From a settings file to the application it describes.
 *
 * Layer 10 (cli). Errors: whatever the project throws while it is imported, `ImproperlyConfigured`,
 * `SystemCheckError`.
 */
import { dirname } from "node:path";
import type { CheckReport } from "../../../framework/checks/report.ts";
import type { Application, Settings } from "../../../framework/conf/settings.ts";
import { ImproperlyConfigured } from "../../../framework/exceptions.ts";
import { buildApplication, toWSGIApplication } from "../../../framework/handlers/wsgi-handler.ts";
import { type CommandContext, CommandError } from "../../../framework/management/command.ts";
import { formatError } from "../../../framework/utils/stack.ts";
import type { WSGIApplication } from "../../../framework/wsgi.ts";
import { brokenApplication } from "../debug/broken-application.ts";
import { withServedStatic } from "./static-serving.ts";
import { checkApplication } from "./check-application.ts";
import { withDebugTools } from "../debug/debug-tools.ts";
import { loadSettings, settingsOf } from "./load-settings.ts";

/** Who wants to know what on the way. */
export interface LoadEvents {
  onSettings?(settings: Settings): void;
  /** The system checks have run, and found nothing that forbids serving. */
  onChecked?(report: CheckReport): void;
}

export interface LoadedProject {
  readonly application: WSGIApplication;
  /** `undefined` when not even those could be loaded. */
  readonly settings: Settings | undefined;
  /** False when the application only says why the project does not load. */
  readonly ok: boolean;
}

export async function loadProject(
  settingsFile: string,
  events: LoadEvents = {},
): Promise<LoadedProject> {
  const settings = await loadSettings(settingsFile);
  events.onSettings?.(settings);
  if (!settings.DEBUG && settings.ALLOWED_HOSTS.length === 0) {
    throw new ImproperlyConfigured(
      `You must set ALLOWED_HOSTS in ${settingsFile} if DEBUG is false.`,
    );
  }
  const app = await buildApplication(withServedStatic(settings, process.env));
  const application = toWSGIApplication(app);
  events.onChecked?.(await checkApplication(app));
  const served = settings.DEBUG
    ? Object.assign(withDebugTools(application, { settings, folder: dirname(settingsFile) }), {
        app,
      })
    : application;
  return { application: served, settings, ok: true };
}

/** For commands that look at a project without serving it. What goes wrong is a `CommandError`. */
export async function loadApplication(
  context: Pick<CommandContext, "cwd" | "env" | "settings" | "values">,
): Promise<Application> {
  try {
    return await buildApplication(await settingsOf(context));
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(formatError(error), { cause: error });
  }
}

/** A project that does not load is reported once, and answers every request with the reason. */
export async function loadProjectOrExplain(
  settingsFile: string,
  report: (text: string) => void,
  onChecked?: LoadEvents["onChecked"],
): Promise<LoadedProject> {
  let settings: Settings | undefined;
  try {
    using _exit = forbidExit();
    return await loadProject(settingsFile, {
      onSettings: (loaded) => (settings = loaded),
      ...(onChecked && { onChecked }),
    });
  } catch (error) {
    report(
      `The project does not load; every request is answered with the reason.\n${formatError(error)}\n`,
    );
    const showDetails = settings?.DEBUG ?? true;
    const broken = brokenApplication(error, showDetails, settingsFile);
    const application = showDetails
      ? withDebugTools(broken, { settings: undefined, folder: dirname(settingsFile) })
      : broken;
    return { application, settings, ok: false };
  }
}

/** A module that ends the process while it is imported would leave nobody to say so. */
function forbidExit(): Disposable {
  const exit = process.exit.bind(process);
  process.exit = (code) => {
    throw new Error(`The project called process.exit(${code ?? ""}) while it was imported.`);
  };
  return { [Symbol.dispose]: () => void (process.exit = exit) };
}
