/**
 * From the words behind a command's name to its options and arguments.
 *
 * Layer 9 (management). Pure. Errors: `UsageError`, in one line with the usage.
 */
import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { nearest } from "../utils/nearest.ts";
import { type Command, type CommandContext, UsageError } from "./command.ts";
import { COMMON_OPTIONS } from "./common-options.ts";

export type Arguments = Pick<CommandContext, "positionals" | "values">;

export function parseArguments(command: Command, args: readonly string[]): Arguments {
  if (command.takesRawArguments === true) return splitRawArguments(args);
  const options = optionsOf(command);
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const superfluous = positionals[command.maxPositionals];
    if (superfluous === undefined) return { values, positionals };
    throw wrongUsage(`Unexpected argument: '${superfluous}'.`, command);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw wrongUsage(explain(error, Object.keys(options)), command, error);
  }
}

/** Its own options, and those of every command. A letter of its own counts. */
export function optionsOf({ options }: Pick<Command, "options">): ParseArgsOptionsConfig {
  const letters = new Set(Object.values(options).map(({ short }) => short));
  const common = Object.entries(COMMON_OPTIONS).map(([name, { short, ...option }]) => [
    name,
    short === undefined || letters.has(short) ? option : { ...option, short },
  ]);
  return { ...Object.fromEntries(common), ...options };
}

function wrongUsage(message: string, { usage }: Command, cause?: unknown): UsageError {
  return new UsageError(`${message} Usage: devserver ${usage}`, { cause });
}

/** Node's message without its advice on how to escape, and the option that was probably meant. */
function explain({ message }: TypeError, names: readonly string[]): string {
  const sentence = `${message.split(/\.\s/, 1)[0]?.trimEnd() ?? message}.`.replace(/\.\.$/, ".");
  const found = /^Unknown option '--([^']+)'/.exec(message)?.[1];
  const meant = found === undefined ? undefined : nearest(found, names);
  return meant === undefined ? sentence : `${sentence} Did you mean --${meant}?`;
}

/** Only `--settings FILE` is ours. What follows `--` is not, either. */
function splitRawArguments(args: readonly string[]): Arguments {
  const end = args.indexOf("--");
  const ours = end === -1 ? args : args.slice(0, end);
  const index = ours.findIndex((word) => word === "--settings" || word.startsWith("--settings="));
  const word = ours[index];
  if (word === undefined) return { values: {}, positionals: args };
  const hasValue = word.includes("=");
  const settings = hasValue ? word.slice(word.indexOf("=") + 1) : ours[index + 1];
  if (settings === undefined) throw new UsageError("--settings takes a file.");
  return { values: { settings }, positionals: args.toSpliced(index, hasValue ? 1 : 2) };
}
