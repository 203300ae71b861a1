/**
 * What a command is: a module with `summary`, `usage`, `options` and `run`.
 *
 * Layer 9 (management). Source: Django core/management/base.py (`BaseCommand`, `CommandError`).
 * Output is a parameter, so that a test needs no process; the return value is the exit code.
 */
import type { ParseArgsOptionsConfig } from "node:util";

/** Where a command writes. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

/** What a command is run with. */
export interface CommandContext {
  /** Options by their long name. */
  readonly values: Readonly<Record<string, OptionValue>>;
  /** Everything that is no option. */
  readonly positionals: readonly string[];
  /** The folder that relative paths start from. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Puts a question to whoever sits at the terminal; not there when nobody does. */
  readonly ask?: (question: string) => Promise<string>;
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
  /** Returns the exit code. */
  run(context: CommandContext): number | Promise<number>;
}

/** A command cannot do what it was asked. Shown as one line, without a stack; the process exits with `exitCode`. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly exitCode: number;

  constructor(message: string, options: ErrorOptions & { readonly exitCode?: number } = {}) {
    super(message, options);
    this.exitCode = options.exitCode ?? 1;
  }
}
