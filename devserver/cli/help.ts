/**
 * Help texts.
 *
 * Layer 10 (cli). Pure.
 */
import type { Command } from "../../framework/management/command.ts";
import { COMMON_HELP, COMMON_OPTIONS } from "../../framework/management/common-options.ts";
import { optionsOf } from "../../framework/management/parse-arguments.ts";
import type { Style } from "../../framework/management/style.ts";
import { VERSION } from "./version.ts";

/** What the list says of a command. */
export interface CommandLine {
  readonly name: string;
  /** Who brings it: `minorswing`, `project`, or the name of an app. */
  readonly source: string;
  readonly summary: string;
}

/** The list of commands, by who brings them. `note`: why some are missing. */
export function formatHelp(
  commands: readonly CommandLine[],
  style: Style,
  note: string | undefined,
): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const groups = Map.groupBy(commands, ({ source }) => source);
  const lists = [...groups].map(([source, lines]) => {
    const rows = lines.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`);
    return `${style.heading(`[${source}]`)}\n${rows.join("")}`;
  });
  return (
    `minorswing ${VERSION}\n\nUsage: devserver COMMAND\n\n${lists.join("\n")}\n` +
    `Type 'devserver help COMMAND' for help on one of them.\n` +
    (note === undefined ? "" : `\n${style.error(note)}\n`)
  );
}

/** The help of one command: its usage, what it does, its options, and those that all commands have. */
export function formatCommandHelp(command: Command): string {
  const { usage, summary, help, takesRawArguments = false } = command;
  const own = Object.keys(command.options);
  const common = takesRawArguments ? ["settings"] : Object.keys(COMMON_OPTIONS);
  const lines = (names: readonly string[]): string[][] =>
    names.map((name) => [nameOption(name, command), help[name] ?? COMMON_HELP[name] ?? ""]);
  const lists = [lines(own), lines(common.filter((name) => !own.includes(name)))];
  const width = Math.max(...lists.flat().map(([name = ""]) => name.length));
  const text = lists
    .map((list) => list.map(([name = "", what]) => `  ${name.padEnd(width)}  ${what}\n`).join(""))
    .filter((list) => list !== "")
    .join("\n");
  return `Usage: devserver ${usage}\n\n${summary.charAt(0).toUpperCase()}${summary.slice(1)}.\n\n${text}`;
}

/** `-v, --verbosity`. */
function nameOption(name: string, command: Command): string {
  const short = optionsOf(command)[name]?.short;
  return short === undefined ? `    --${name}` : `-${short}, --${name}`;
}
