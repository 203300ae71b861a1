/**
 * The `devserver` command: finds the command, parses its arguments, runs it.
 *
 * Layer 10 (cli). Source: Django core/management/__init__.py (`ManagementUtility`).
 */
import { parseArgs } from "node:util";
import {
  type Command,
  CommandError,
  type CommandContext,
} from "../../framework/management/command.ts";
import { nearest } from "../../framework/utils/nearest.ts";
import * as clearsessions from "./commands/clearsessions.ts";
import * as collectstatic from "./commands/collectstatic.ts";
import * as findstatic from "./commands/findstatic.ts";
import * as check from "./commands/check.ts";
import * as http from "./commands/http.ts";
import * as routes from "./commands/routes.ts";
import * as runserver from "./commands/runserver.ts";
import * as startproject from "./commands/startproject.ts";
import * as version from "./commands/version.ts";
import { formatCommandHelp, formatHelp } from "./help.ts";

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ["clearsessions", clearsessions],
  ["collectstatic", collectstatic],
  ["findstatic", findstatic],
  ["check", check],
  ["http", http],
  ["routes", routes],
  ["runserver", runserver],
  ["startproject", startproject],
  ["version", version],
]);

/** What a process gives its commands. */
export type Surroundings = Pick<CommandContext, "cwd" | "env" | "stdout" | "stderr" | "ask">;

/** Runs `devserver ...args`. Returns the exit code; never rejects for what a user can cause. */
export async function main(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    return await dispatch(args, surroundings);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    surroundings.stderr.write(`Error: ${error.message}\n`);
    return error.exitCode;
  }
}

async function dispatch(
  [name, ...rest]: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const wantsHelp = rest.includes("--help") || rest.includes("-h");
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    const command = rest[0] === undefined ? undefined : findCommand(rest[0]);
    surroundings.stdout.write(
      command === undefined ? formatHelp(COMMANDS) : formatCommandHelp(command),
    );
    return 0;
  }
  const command = findCommand(name === "--version" ? "version" : name);
  if (wantsHelp) {
    surroundings.stdout.write(formatCommandHelp(command));
    return 0;
  }
  return await command.run({ ...surroundings, ...parse(command, rest) });
}

function findCommand(name: string): Command {
  const command = COMMANDS.get(name);
  if (command !== undefined) return command;
  const meant = nearest(name, [...COMMANDS.keys()]);
  throw new CommandError(
    `Unknown command: '${name}'.${meant === undefined ? "" : ` Did you mean ${meant}?`} Type 'devserver help' for usage.`,
  );
}

function parse(
  command: Command,
  args: readonly string[],
): Pick<CommandContext, "values" | "positionals"> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: command.options,
      allowPositionals: true,
    });
    if (positionals.length > command.maxPositionals) {
      throw new CommandError(
        `Unexpected argument: '${positionals[command.maxPositionals]}'. Usage: devserver ${command.usage}`,
      );
    }
    return { values, positionals };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new CommandError(
      `${error.message.split(". ", 1)[0]}. Usage: devserver ${command.usage}`,
      { cause: error },
    );
  }
}
