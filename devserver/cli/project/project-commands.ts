/**
 * The commands that a project brings: which there are, and how one is loaded. Apart from command-index.ts, because all this
 * loads the settings, which most starts of `devserver` (the supervisor's) must not and need not.
 *
 * Layer 10 (cli). Errors: `CommandError` for a command, or settings, that do not load.
 */
import { installedApps } from "../../../framework/conf/apps.ts";
import type { Settings } from "../../../framework/conf/settings.ts";
import { CommandError } from "../../../framework/management/command.ts";
import {
  appCommandFiles,
  commandFiles,
  type CommandFile,
} from "../../../framework/management/find-commands.ts";
import { loadCommand, type LoadedCommand } from "../../../framework/management/load-command.ts";
import { errorMessage } from "../../../framework/utils/describe.ts";
import { formatError } from "../../../framework/utils/stack.ts";
import { loadSettings } from "./load-settings.ts";

export interface ProjectCommands {
  readonly commands: ReadonlyMap<string, CommandFile>;
  /** Why the settings do not load, and so what the apps bring is not known. */
  readonly problem: string | undefined;
}

/** What is known only with the settings. Settings that do not load are no error: most commands do not need them. */
export async function settingsCommands(settingsFile: string): Promise<ProjectCommands> {
  try {
    const settings = await loadSettings(settingsFile);
    const own = settings.BASE_DIR === null ? [] : commandFiles(settings.BASE_DIR);
    const commands = new Map([...appCommandFiles(installedApps(settings)), ...own]);
    return { commands, problem: undefined };
  } catch (error) {
    return { commands: new Map(), problem: errorMessage(error) };
  }
}

/** A command of the project, and the settings that it is run with. */
export async function loadProjectCommand(
  file: CommandFile,
  settingsFile: string,
): Promise<{ readonly command: LoadedCommand; readonly settings: () => Promise<Settings> }> {
  return { command: await loadCommand(file), settings: () => settingsOrError(settingsFile) };
}

async function settingsOrError(settingsFile: string): Promise<Settings> {
  try {
    return await loadSettings(settingsFile);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(formatError(error), { cause: error });
  }
}
