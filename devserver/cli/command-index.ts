/**
 * All commands there are for a project: the core's, those of its apps, and its own.
 *
 * Layer 10 (cli). A command of the project takes the place of any other of its name, one of an app that of the core. Since
 * only the settings name the apps, an app cannot replace the commands that load no settings.
 * Errors: `UsageError` for a name that is none; `CommandError` for a command that does not load.
 * Source: Django core/management/__init__.py (`get_commands`, `fetch_command`).
 */
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import type { Settings } from "../../framework/conf/settings.ts";
import {
  type Command,
  CommandError,
  type Surroundings,
  UsageError,
} from "../../framework/management/command.ts";
import { coreCommands } from "../../framework/management/core-commands.ts";
import { commandFiles, type CommandFile } from "../../framework/management/find-commands.ts";
import type { LoadedCommand } from "../../framework/management/load-command.ts";
import { nearest } from "../../framework/utils/nearest.ts";
import { findSettings } from "./project/find-settings.ts";
import type { ProjectCommands } from "./project/project-commands.ts";
import "./core-commands.ts";

/** A command of the core, or one of the project with what loads its settings. */
export type FoundCommand =
  | { readonly command: Command; readonly settings?: never }
  | { readonly command: LoadedCommand; readonly settings: () => Promise<Settings> };

/** A command of the core by its name, one of the project by its file. */
export type ListedCommand = string | CommandFile;

const NO_COMMANDS: ProjectCommands = { commands: new Map(), problem: undefined };

export class CommandIndex {
  readonly #settingsFile: string | undefined;
  readonly #own: ReadonlyMap<string, CommandFile>;

  /** `args`: what follows the name of the command; `--settings` is looked for. */
  constructor(args: readonly string[], surroundings: Surroundings) {
    const file = settingsFile(args, surroundings);
    this.#settingsFile = file;
    this.#own = file === undefined ? new Map() : commandFiles(dirname(file));
  }

  /** The command called `name`, loaded. */
  async find(name: string): Promise<FoundCommand> {
    const core = coreCommands.get(name);
    const own = this.#own.get(name) ?? (await this.#replacement(name));
    if (own !== undefined) {
      const { loadProjectCommand } = await import("./project/project-commands.ts");
      return await loadProjectCommand(own, this.#settingsFile ?? "");
    }
    if (core === undefined) throw await this.#unknown(name);
    return { command: await core.load() };
  }

  /** Every command by its name, in the order of the alphabet; and why those of the apps are missing, if they are. */
  async list(): Promise<{
    readonly commands: ReadonlyMap<string, ListedCommand>;
    readonly problem: string | undefined;
  }> {
    const { commands, problem } = await this.#settingsCommands();
    const all = new Map<string, ListedCommand>([
      ...[...coreCommands.keys()].map((name) => [name, name] as const),
      ...[...commands].filter(([name]) => mayBeReplaced(name)),
      ...this.#own,
    ]);
    return { commands: new Map([...all].toSorted(([a], [b]) => (a < b ? -1 : 1))), problem };
  }

  async #replacement(name: string): Promise<CommandFile | undefined> {
    return mayBeReplaced(name) ? (await this.#settingsCommands()).commands.get(name) : undefined;
  }

  async #settingsCommands(): Promise<ProjectCommands> {
    if (this.#settingsFile === undefined) return NO_COMMANDS;
    const { settingsCommands } = await import("./project/project-commands.ts");
    return await settingsCommands(this.#settingsFile);
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

/** By an app: only where the settings, which name the apps, are loaded anyway. */
function mayBeReplaced(name: string): boolean {
  return coreCommands.get(name)?.readsSettings !== false;
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
