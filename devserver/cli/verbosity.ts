/**
 * `--verbosity N`: how much a command says. 0 only what is wrong, 1 what everybody wants to know, 2 and 3 details.
 *
 * Layer 10 (cli). Pure. Source: Django core/management/base.py.
 */
import type { ParseArgsOptionsConfig } from "node:util";
import { type CommandContext, CommandError } from "../../framework/management/command.ts";

export const verbosityOption: ParseArgsOptionsConfig = {
  verbosity: { type: "string", short: "v" },
};

export function verbosityOf({ values }: Pick<CommandContext, "values">): number {
  const { verbosity = "1" } = values;
  if (typeof verbosity === "string" && /^[0-3]$/.test(verbosity)) return Number(verbosity);
  throw new CommandError(`--verbosity takes 0, 1, 2 or 3; found ${JSON.stringify(verbosity)}.`);
}
