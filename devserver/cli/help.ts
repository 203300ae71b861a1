/**
 * Help texts.
 *
 * Layer 10 (cli). Pure.
 */
import type { Command } from "../../framework/management/command.ts";
import { VERSION } from "./version.ts";

/** The list of commands. */
export function formatHelp(commands: ReadonlyMap<string, Command>): string {
  const width = Math.max(...[...commands.keys()].map((name) => name.length));
  const lines = [...commands].map(
    ([name, command]) => `  ${name.padEnd(width)}  ${command.summary}`,
  );
  return `minorswing ${VERSION}\n\nUsage: devserver COMMAND\n\n${lines.join("\n")}\n\nType 'devserver help COMMAND' for help on one of them.\n`;
}

/** The help of one command. */
export function formatCommandHelp(command: Command): string {
  const options = Object.entries(command.help).map(
    ([name, text]) => `  --${name.padEnd(10)}  ${text}`,
  );
  const list = options.length === 0 ? "" : `\n${options.join("\n")}\n`;
  return `Usage: devserver ${command.usage}\n\n${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)}.\n${list}`;
}
