/**
 * The `devserver` command: finds the command, parses its arguments, runs it. The commands are listed in core-commands.ts.
 *
 * Layer 10 (cli). Source: Django core/management/__init__.py (`ManagementUtility`).
 * Exit codes: 0; 1 when a command could not do what it was asked; 2 when the command line is wrong.
 */
import { inspect } from "node:util";
import { CommandError, type Surroundings } from "../../framework/management/command.ts";
import { parseArguments } from "../../framework/management/parse-arguments.ts";
import { runCommand } from "../../framework/management/run-command.ts";
import { createStyle, type Style, wantsColours } from "../../framework/management/style.ts";
import { formatError } from "../../framework/utils/stack.ts";
import { CommandIndex, type FoundCommand } from "./command-index.ts";

/** Runs `devserver ...args`. Returns the exit code; never rejects for what a user can cause. */
export async function main(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    return await dispatch(args, surroundings);
  } catch (error) {
    const style = styleFor(args, surroundings.stderr, surroundings);
    surroundings.stderr.write(describe(error, args.includes("--traceback"), style));
    return error instanceof CommandError ? error.exitCode : 1;
  }
}

async function dispatch(
  [name, ...rest]: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  if (name === undefined || name === "help" || isHelp(name)) {
    const { showHelp } = await import("./show-help.ts");
    return await showHelp(rest, surroundings, styleFor(rest, surroundings.stdout, surroundings));
  }
  const index = new CommandIndex(rest, surroundings);
  const found = await index.find(name === "--version" ? "version" : name);
  if (beforeDashes(rest).some(isHelp)) {
    const { formatCommandHelp } = await import("./help.ts");
    surroundings.stdout.write(formatCommandHelp(found.command));
    return 0;
  }
  return await run(found, rest, surroundings);
}

async function run(
  { command, settings }: FoundCommand,
  args: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const parsed = parseArguments(command, args);
  if (settings === undefined) return await runCommand(command, parsed, surroundings);
  const loaded = await settings();
  if (command.requiresSystemChecks && parsed.values["skip-checks"] !== true) {
    const { checkProject } = await import("./project/check-project.ts");
    await checkProject(loaded, surroundings.stderr);
  }
  return await runCommand(command, parsed, surroundings, loaded);
}

function isHelp(word: string): boolean {
  return word === "--help" || word === "-h";
}

/** What follows `--` is an argument, whatever it looks like. */
function beforeDashes(args: readonly string[]): readonly string[] {
  const end = args.indexOf("--");
  return end === -1 ? args : args.slice(0, end);
}

/** Before the options are parsed, and where they cannot be. */
function styleFor(
  args: readonly string[],
  output: Surroundings["stdout"],
  { env }: Surroundings,
): Style {
  const words = beforeDashes(args);
  const choice = words.includes("--no-color")
    ? false
    : words.includes("--force-color") || undefined;
  return createStyle(wantsColours(output, env, choice));
}

/** What a user can cause is one line; anything else is somebody's mistake, and says where. */
function describe(error: unknown, withTraceback: boolean, style: Style): string {
  if (withTraceback) return `${style.error("Error:")} ${inspect(error)}\n`;
  return error instanceof CommandError
    ? `${style.error("Error:")} ${error.message}\n`
    : `${formatError(error)}\n`;
}
