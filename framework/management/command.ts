/**
 * What a command is: a module with `summary`, `options` and `run`. Its file's name is its name.
 *
 * Layer 9 (management). Source: Django core/management/base.py (`BaseCommand`, `CommandError`).
 * Output is a parameter, so that a test needs no process; the return value is the exit code.
 */
import type { parseArgs, ParseArgsOptionsConfig } from "node:util";
import type { Settings } from "../conf/settings.ts";
import type { Style } from "./style.ts";

/** Where a command writes. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

/** Where a command reads. */
export type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined };

/** What the options say, by their long names: `string`, `boolean`, or arrays of these for `multiple`. */
export type OptionValues<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ readonly options: Options }>
>["values"];

/** What a process gives its commands. */
export interface Surroundings {
  /** The folder that relative paths start from. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What is typed or piped in. A function, since opening it costs milliseconds that hardly any command needs. */
  readonly openStdin?: () => Input;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Puts a question to whoever sits at the terminal; not there when nobody does. */
  readonly ask?: (question: string) => Promise<string>;
}

/** What a command is run with. `CommandContext<typeof options>` knows the types of the options. */
export interface CommandContext<
  Options extends ParseArgsOptionsConfig = ParseArgsOptionsConfig,
> extends Surroundings {
  /** Options by their long name. */
  readonly values: Readonly<OptionValues<Options>>;
  /** Everything that is no option. */
  readonly positionals: readonly string[];
  /** 0 says only what is wrong, 1 what everybody wants to know, 2 and 3 details. */
  readonly verbosity: number;
  /** Colours for what is written to `stdout`; no colours where nobody would see them. */
  readonly style: Style;
  /** Given by `callCommand`, and to the commands of a project; others load what they need. */
  readonly settings?: Settings;
}

/** What a project's own command is run with. */
export interface ProjectCommandContext<
  Options extends ParseArgsOptionsConfig = ParseArgsOptionsConfig,
> extends CommandContext<Options> {
  readonly settings: Settings;
}

export type OptionValue = string | boolean | readonly (string | boolean)[] | undefined;

export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** What follows `devserver`: `runserver [addrport] [--noreload]`. */
  readonly usage: string;
  /** As `parseArgs` of `node:util` takes them. */
  readonly options: ParseArgsOptionsConfig;
  /** What each option does, by its name. */
  readonly help: Readonly<Record<string, string>>;
  /** Most arguments besides options. */
  readonly maxPositionals: number;
  /** Everything behind the name is another program's: it arrives as `positionals`, unread. */
  readonly takesRawArguments?: boolean;
  /** Returns the exit code. */
  run(context: CommandContext): number | Promise<number>;
}

/** What a module in `management/commands/` exports. What it leaves out has the value in brackets. */
export interface ProjectCommand {
  readonly summary: string;
  /** [`<name> [options]`] */
  readonly usage?: string;
  /** [none] */
  readonly options?: ParseArgsOptionsConfig;
  /** [nothing] */
  readonly help?: Readonly<Record<string, string>>;
  /** [0] */
  readonly maxPositionals?: number;
  /** Build the site and check it first; `reverse` works only then. [true] */
  readonly requiresSystemChecks?: boolean;
  /** Returns the exit code; nothing is 0. */
  run(
    context: ProjectCommandContext,
  ): number | undefined | void | Promise<number | undefined | void>;
}

/** A command cannot do what it was asked. Shown as one line, without a stack; the process exits with `exitCode`. */
export class CommandError extends Error {
  override readonly name: string = "CommandError";
  readonly exitCode: number;

  constructor(message: string, options: ErrorOptions & { readonly exitCode?: number } = {}) {
    super(message, options);
    this.exitCode = options.exitCode ?? 1;
  }
}

/** The command line itself is wrong: the process exits with 2. */
export class UsageError extends CommandError {
  override readonly name: string = "UsageError";

  constructor(message: string, options: ErrorOptions = {}) {
    super(message, { ...options, exitCode: 2 });
  }
}
