/**
 * `devserver help [COMMAND] [--commands]`, `devserver`, `devserver COMMAND --help`.
 *
 * Layer 10 (cli). A project that does not load, or a command of it, never keeps anybody from the help of the others.
 * Source: Django core/management/__init__.py (`ManagementUtility.main_help_text`).
 */
import { parseArgs } from "node:util";
import { type Surroundings, UsageError } from "../../framework/management/command.ts";
import { coreCommands } from "../../framework/management/core-commands.ts";
import { loadCommand } from "../../framework/management/load-command.ts";
import type { Style } from "../../framework/management/style.ts";
import { CommandIndex, type ListedCommand } from "./command-index.ts";
import { type CommandLine, formatCommandHelp, formatHelp } from "./help.ts";

/** `args`: what follows `help`. Returns the exit code. */
export async function showHelp(
  args: readonly string[],
  surroundings: Surroundings,
  style: Style,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { commands: { type: "boolean" }, settings: { type: "string" } },
    strict: false,
    allowPositionals: true,
  });
  const [name, superfluous] = positionals;
  if (superfluous !== undefined)
    throw new UsageError(`Unexpected argument: '${superfluous}'. Usage: devserver help [command]`);
  const index = new CommandIndex(args, surroundings);
  const text =
    name === undefined
      ? await listCommands(index, values.commands === true, style)
      : formatCommandHelp((await index.find(name)).command);
  surroundings.stdout.write(text);
  return 0;
}

async function listCommands(
  index: CommandIndex,
  namesOnly: boolean,
  style: Style,
): Promise<string> {
  const { commands, problem } = await index.list();
  if (namesOnly) return `${[...commands.keys()].join("\n")}\n`;
  const lines = await Promise.all([...commands].map((entry) => describe(entry, style)));
  const note =
    problem === undefined
      ? undefined
      : `Note that the commands of apps are not listed, as the settings do not load: ${problem}`;
  return formatHelp(lines.toSorted(bySource), style, note);
}

async function describe(
  [name, listed]: readonly [string, ListedCommand],
  style: Style,
): Promise<CommandLine> {
  if (typeof listed === "string")
    return {
      name,
      source: "minorswing",
      summary: (await coreCommands.get(name)?.load())?.summary ?? "",
    };
  const source = listed.app ?? "project";
  try {
    return { name, source, summary: (await loadCommand(listed)).summary };
  } catch {
    return {
      name,
      source,
      summary: style.error(`does not load; 'devserver help ${name}' says why`),
    };
  }
}

/** The framework's own first, the project's next, then those of the apps; within them as they come. */
function bySource(a: CommandLine, b: CommandLine): number {
  const rank = ({ source }: CommandLine): string =>
    source === "minorswing" ? "0" : source === "project" ? "1" : `2${source}`;
  return rank(a) === rank(b) ? 0 : rank(a) < rank(b) ? -1 : 1;
}
