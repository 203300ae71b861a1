/**
 * `callCommand(name, args, options)`: a command from within a program or a test, without a process.
 *
 * Layer 9 (management). Errors: `CommandError` for a name that is none, and what the command throws; `UsageError` for
 * wrong arguments; `TypeError` for unknown options. Source: Django core/management/__init__.py (`call_command`).
 * Differs from Django: what the command has written is returned.
 */
import { installedApps } from "../conf/apps.ts";
import type { Settings } from "../conf/settings.ts";
import { buildApplication } from "../handlers/wsgi-handler.ts";
import { withResolver } from "../urls/current-site.ts";
import { nearest } from "../utils/nearest.ts";
import {
  type Command,
  CommandError,
  type OptionValue,
  type Output,
  type Surroundings,
} from "./command.ts";
import { coreCommands } from "./core-commands.ts";
import { appCommandFiles, commandFiles } from "./find-commands.ts";
import { loadCommand, type LoadedCommand } from "./load-command.ts";
import { type Arguments, optionsOf, parseArguments } from "./parse-arguments.ts";
import { runCommand } from "./run-command.ts";

export interface CallOptions extends Partial<Surroundings> {
  readonly settings: Settings;
  /** Options by their long names, besides those in `args`: `{ "dry-run": true }`. */
  readonly values?: Readonly<Record<string, OptionValue>>;
}

export interface CallResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `args` are as on the command line. What is written goes to `stdout` and `stderr` of the options, too. */
export async function callCommand(
  name: string,
  args: readonly string[],
  { settings, values = {}, ...given }: CallOptions,
): Promise<CallResult> {
  const command = await findCommand(name, settings, given.cwd ?? process.cwd());
  const parsed = withValues(name, command, parseArguments(command, args), values);
  const stdout = new Recorder(given.stdout);
  const stderr = new Recorder(given.stderr);
  const surroundings = { cwd: process.cwd(), env: process.env, ...given, stdout, stderr };
  const run = (): Promise<number> => runCommand(command, parsed, surroundings, settings);
  const exitCode = await ("requiresSystemChecks" in command && command.requiresSystemChecks
    ? withResolver((await buildApplication(settings)).resolver, run)
    : run());
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}

async function findCommand(
  name: string,
  settings: Settings,
  cwd: string,
): Promise<Command | LoadedCommand> {
  const own = new Map([
    ...appCommandFiles(installedApps(settings)),
    ...commandFiles(settings.BASE_DIR ?? cwd),
  ]);
  const file = own.get(name);
  if (file !== undefined) return await loadCommand(file);
  const core = coreCommands.get(name);
  if (core !== undefined) return await core.load();
  const meant = nearest(name, [...own.keys(), ...coreCommands.keys()]);
  throw new CommandError(
    `Unknown command: '${name}'.${meant === undefined ? "" : ` Did you mean ${meant}?`}` +
      (coreCommands.size === 0
        ? ' Those of minorswing itself are known after import "minorswing/devserver/cli".'
        : ""),
  );
}

function withValues(
  name: string,
  command: Command,
  { values, positionals }: Arguments,
  more: Readonly<Record<string, OptionValue>>,
): Arguments {
  const known = Object.keys(optionsOf(command));
  const unknown = Object.keys(more).filter((option) => !known.includes(option));
  if (unknown.length > 0) {
    throw new TypeError(
      `Unknown option(s) for ${name} command: ${unknown.join(", ")}. Valid options are: ${known.toSorted().join(", ")}.`,
    );
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the names are known, the types are the caller's
  return { values: { ...values, ...more } as Arguments["values"], positionals };
}

/** Keeps what is written, and passes it on. */
class Recorder implements Output {
  text = "";
  readonly #next: Output | undefined;

  constructor(next: Output | undefined) {
    this.#next = next;
  }

  get isTTY(): boolean {
    return this.#next?.isTTY === true;
  }

  write(text: string): void {
    this.text += text;
    this.#next?.write(text);
  }
}
