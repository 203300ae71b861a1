/**
 * All commands there are for a project: the core's, those of its apps, and its own.
 *
 * Layer 10 (cli). A command of the project takes the place of any other of its name, one of an app that of the core. Since
 * only the settings name the apps, an app cannot replace the commands that load no settings.
 * Errors: `UsageError` for a name that is none; `CommandError` for a command, or settings, that do not load.
 * Source: Django core/management/__init__.py (`get_commands`, `fetch_command`).
 */
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { installedApps } from "../../framework/conf/apps.ts";
import type { Settings } from "../../framework/conf/settings.ts";
import {
  type Command,
  CommandError,
  type Surroundings,
  UsageError,
} from "../../framework/management/command.ts";
import { coreCommands } from "../../framework/management/core-commands.ts";
import {
  appCommandFiles,
  commandFiles,
  type CommandFile,
} from "../../framework/management/find-commands.ts";
import { loadCommand, type LoadedCommand } from "../../framework/management/load-command.ts";
import { errorMessage } from "../../framework/utils/describe.ts";
import { nearest } from "../../framework/utils/nearest.ts";
import { formatError } from "../../framework/utils/stack.ts";
import { findSettings } from "./find-settings.ts";
import { loadSettings } from "./load-settings.ts";
import "./core-commands.ts";

/** A command of the core, or one of the project with its settings. */
export type FoundCommand =
  | { readonly command: Command; readonly settings?: never }
  | { readonly command: LoadedCommand; readonly settings: Settings };

/** A command of the core by its name, one of the project by its file. */
export type ListedCommand = string | CommandFile;

export class CommandIndex {
  readonly #settingsFile: string | undefined;
  readonly #own: ReadonlyMap<string, CommandFile>;
  #settings: Promise<Settings> | undefined;

  /** `args`: what follows the name of the command; `--settings` is looked for. */
  constructor(args: readonly string[], surroundings: Surroundings) {
    this.#settingsFile = settingsFile(args, surroundings);
    this.#own =
      this.#settingsFile === undefined ? new Map() : commandFiles(dirname(this.#settingsFile));
  }

  /** The command called `name`, loaded. */
  async find(name: string): Promise<FoundCommand> {
    const core = coreCommands.get(name);
    const mayBeReplaced = core === undefined || core.readsSettings;
    const own =
      this.#own.get(name) ??
      (mayBeReplaced ? (await this.#settingsCommands()).commands.get(name) : undefined);
    if (own !== undefined) return await this.#load(own);
    if (core === undefined) throw await this.#unknown(name);
    return { command: await core.load() };
  }

  /** Every command by its name, in the order of the alphabet; and why those of the apps are missing, if they are. */
  async list(): Promise<{
    readonly commands: ReadonlyMap<string, ListedCommand>;
    readonly problem: string | undefined;
  }> {
    const { commands, problem } = await this.#settingsCommands();
    const replacing = [...commands].filter(
      ([name]) => coreCommands.get(name)?.readsSettings !== false,
    );
    const all = new Map<string, ListedCommand>([
      ...[...coreCommands.keys()].map((name) => [name, name] as const),
      ...replacing,
      ...this.#own,
    ]);
    return { commands: new Map([...all].toSorted(([a], [b]) => (a < b ? -1 : 1))), problem };
  }

  async #load(file: CommandFile): Promise<FoundCommand> {
    const command = await loadCommand(file);
    try {
      return { command, settings: await this.#loadSettings() };
    } catch (error) {
      if (error instanceof CommandError) throw error;
      throw new CommandError(formatError(error), { cause: error });
    }
  }

  /** What is known only with the settings. Settings that do not load are no error here: most commands do not need them. */
  async #settingsCommands(): Promise<{
    readonly commands: ReadonlyMap<string, CommandFile>;
    readonly problem: string | undefined;
  }> {
    if (this.#settingsFile === undefined) return { commands: new Map(), problem: undefined };
    try {
      const settings = await this.#loadSettings();
      const own = settings.BASE_DIR === null ? [] : commandFiles(settings.BASE_DIR);
      const commands = new Map([...appCommandFiles(installedApps(settings)), ...own]);
      return { commands, problem: undefined };
    } catch (error) {
      return { commands: new Map(), problem: errorMessage(error) };
    }
  }

  #loadSettings(): Promise<Settings> {
    // A command of the project was found beside this file.
    this.#settings ??= loadSettings(this.#settingsFile ?? "settings.ts");
    return this.#settings;
  }

  async #unknown(name: string): Promise<UsageError> {
    const { commands, problem } = await this.list();
    const meant = nearest(name, [...commands.keys()]);
    const parts = [
      `Unknown command: '${name}'.`,
      meant === undefined ? "" : ` Did you mean ${meant}?`,
      " Type 'devserver help' for usage.",
      problem === undefined
        ? ""
        : ` (Only some commands are known, as the settings do not load: ${problem})`,
    ];
    return new UsageError(parts.join(""));
  }
}

/** `undefined` where there is none: then there is no project. */
function settingsFile(args: readonly string[], { cwd, env }: Surroundings): string | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: { settings: { type: "string" } },
    strict: false,
    allowPositionals: true,
  });
  try {
    return findSettings({ values, cwd, env });
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}
