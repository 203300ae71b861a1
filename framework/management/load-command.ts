/**
 * Loads a command of a project, and says what its module lacks.
 *
 * Layer 9 (management). Errors: `CommandError` with the file's name.
 */
import { pathToFileURL } from "node:url";
import { describeValue } from "../utils/describe.ts";
import { formatError } from "../utils/stack.ts";
import { type Command, CommandError, type ProjectCommand } from "./command.ts";
import type { CommandFile } from "./find-commands.ts";

/** A project's command with everything that it left out. */
export interface LoadedCommand extends Command {
  readonly requiresSystemChecks: boolean;
}

type Module = Readonly<Record<string, unknown>>;
type Export = readonly [name: string, expected: string, holds: (value: unknown) => boolean];

const REQUIRED: readonly Export[] = [
  ["summary", "one line of text", (value) => typeof value === "string" && value.trim() !== ""],
  ["run", "a function", (value) => typeof value === "function"],
];
const OPTIONAL: readonly Export[] = [
  ["usage", "a text", (value) => typeof value === "string"],
  ["options", 'an object such as { all: { type: "boolean" } }', isOptions],
  ["help", "an object with a text for each option", isTexts],
  ["maxPositionals", "a number from 0 up", (value) => typeof value === "number" && value >= 0],
  ["requiresSystemChecks", "true or false", (value) => typeof value === "boolean"],
];

export async function loadCommand({ name, file }: CommandFile): Promise<LoadedCommand> {
  const module = await importModule(name, file);
  const problems = [...problemsOf(module)];
  if (problems.length > 0) {
    throw new CommandError(`${file} is no command: ${problems.join("; ")}.`);
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked above, export by export
  const command = module as unknown as ProjectCommand;
  const { options = {}, help = {}, maxPositionals = 0, requiresSystemChecks = true } = command;
  return {
    summary: command.summary,
    usage: command.usage ?? (Object.keys(options).length === 0 ? name : `${name} [options]`),
    options,
    help,
    maxPositionals,
    requiresSystemChecks,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- whoever runs a project's command gives it settings
    run: async (context) => exitCodeOf(await command.run(context as never), file),
  };
}

async function importModule(name: string, file: string): Promise<Module> {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a module is before anybody looked into it
    return (await import(pathToFileURL(file).href)) as Module;
  } catch (error) {
    throw new CommandError(`The command ${name} does not load (${file}).\n${formatError(error)}`, {
      cause: error,
    });
  }
}

function* problemsOf(module: Module): Iterable<string> {
  for (const [name, expected, holds] of [...REQUIRED, ...OPTIONAL]) {
    const value = module[name];
    const isMissing = value === undefined;
    if (isMissing && !REQUIRED.some(([required]) => required === name)) continue;
    if (isMissing) yield `it exports no ${name} (${expected})`;
    else if (!holds(value)) yield `its ${name} must be ${expected}, not ${describeValue(value)}`;
  }
  const isEmpty = REQUIRED.every(([name]) => module[name] === undefined);
  if (isEmpty && "default" in module)
    yield "the default export means nothing here, export the names themselves";
}

function exitCodeOf(result: unknown, file: string): number {
  if (result === undefined) return 0;
  if (Number.isInteger(result) && Number(result) >= 0 && Number(result) <= 255)
    return Number(result);
  throw new CommandError(
    `run of ${file} must return an exit code from 0 to 255, or nothing; found ${describeValue(result)}.`,
  );
}

function isOptions(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.values(value).every(
      (option) => isObject(option) && (option.type === "string" || option.type === "boolean"),
    )
  );
}

function isTexts(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((text) => typeof text === "string");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
