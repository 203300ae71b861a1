/** `devserver shell`: JavaScript and TypeScript with the project at hand. */
import { text } from "node:stream/consumers";
import type { ParseArgsOptionsConfig } from "node:util";
import type { CommandContext } from "../../../framework/management/command.ts";
import { loadApplication } from "../project/load-project.ts";
import { runCode } from "../shell/run-code.ts";
import { type ShellNames, shellNames } from "../shell/shell-names.ts";

export const summary = "try things out with the project at hand, or run code that is piped in";
export const usage = "shell [--command CODE] [--no-history]";
export const options: ParseArgsOptionsConfig = {
  command: { type: "string", short: "c" },
  "no-history": { type: "boolean" },
};
export const help: Readonly<Record<string, string>> = {
  command: "run this code, and nothing else",
  "no-history": "neither read nor write the history of earlier shells",
};
export const maxPositionals = 0;

/** Returns the exit code. Source: Django core/management/commands/shell.py. */
export async function run(context: CommandContext): Promise<number> {
  const { values, cwd, openStdin } = context;
  // This also makes its patterns those of `reverse`.
  const names = shellNames(await loadApplication(context));
  const stdin = openStdin?.();
  if (typeof values.command === "string") await runCode(values.command, names, cwd);
  else if (stdin === undefined || stdin.isTTY === true) await startShell(names, context);
  else await runCode(await text(stdin), names, cwd);
  return 0;
}

/** Only who types needs what reads lines and completes words. */
async function startShell(names: ShellNames, context: CommandContext): Promise<void> {
  const { startRepl } = await import("../shell/start-repl.ts");
  await startRepl(names, context);
}
