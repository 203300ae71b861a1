/**
 * From a settings file to the application it describes.
 *
 * Layer 10 (cli). Errors: whatever the project throws while it is imported, `ImproperlyConfigured`,
 * `SystemCheckError`.
 */
import type { CheckReport } from "../../framework/checks/report.ts";
import type { Application, Settings } from "../../framework/conf/settings.ts";
import { ImproperlyConfigured } from "../../framework/exceptions.ts";
import { buildApplication, toWSGIApplication } from "../../framework/handlers/wsgi-handler.ts";
import { type CommandContext, CommandError } from "../../framework/management/command.ts";
import { formatError } from "../../framework/utils/stack.ts";
import type { WSGIApplication } from "../../framework/wsgi.ts";
import { brokenApplication } from "./broken-application.ts";
import { checkApplication } from "./check-application.ts";
import { loadSettings, settingsOf } from "./load-settings.ts";

/** Who wants to know what on the way. */
export interface LoadEvents {
  onSettings?(settings: Settings): void;
  /** The system checks have run, and found nothing that forbids serving. */
  onChecked?(report: CheckReport): void;
}

export async function loadProject(
  settingsFile: string,
  events: LoadEvents = {},
): Promise<WSGIApplication> {
  const settings = await loadSettings(settingsFile);
  events.onSettings?.(settings);
  if (!settings.DEBUG && settings.ALLOWED_HOSTS.length === 0) {
    throw new ImproperlyConfigured(
      `You must set ALLOWED_HOSTS in ${settingsFile} if DEBUG is false.`,
    );
  }
  const app = await buildApplication(settings);
  const application = toWSGIApplication(app);
  events.onChecked?.(await checkApplication(app));
  return application;
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
): Promise<WSGIApplication> {
  let showDetails = true;
  try {
    return await loadProject(settingsFile, {
      onSettings: (settings) => (showDetails = settings.DEBUG),
      ...(onChecked && { onChecked }),
    });
  } catch (error) {
    report(
      `The project does not load; every request is answered with the reason.\n${formatError(error)}\n`,
    );
    return brokenApplication(error, showDetails);
  }
}
