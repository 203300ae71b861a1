/**
 * The options that every command has.
 *
 * Layer 9 (management). Pure. Source: Django core/management/base.py (`create_parser`).
 */
import type { ParseArgsOptionsConfig } from "node:util";
import { type OptionValue, UsageError } from "./command.ts";

type Values = Readonly<Record<string, OptionValue>>;

export const COMMON_OPTIONS: ParseArgsOptionsConfig = {
  settings: { type: "string" },
  verbosity: { type: "string", short: "v" },
  traceback: { type: "boolean" },
  "no-color": { type: "boolean" },
  "force-color": { type: "boolean" },
  "skip-checks": { type: "boolean" },
  help: { type: "boolean", short: "h" },
};

export const COMMON_HELP: Readonly<Record<string, string>> = {
  settings: "the settings file (default: settings.ts, or what MINORSWING_SETTINGS says)",
  verbosity: "0 says only what is wrong, 2 and 3 say more (default: 1)",
  traceback: "show where an error comes from",
  "no-color": "no colours, also on a terminal (so does NO_COLOR)",
  "force-color": "colours, also when nobody looks (so does FORCE_COLOR)",
  "skip-checks": "no system checks before runserver or a command of the project",
  help: "explain the command",
};

/** How much to say, from 0 to 3. */
export function verbosityOf({ verbosity = "1" }: Values): number {
  if (typeof verbosity === "string" && /^[0-3]$/.test(verbosity)) return Number(verbosity);
  throw new UsageError(`--verbosity takes 0, 1, 2 or 3; found ${JSON.stringify(verbosity)}.`);
}

/** Whether the options ask for colours; `undefined` when they say nothing. */
export function colourChoice(values: Values): boolean | undefined {
  const no = values["no-color"] === true;
  const force = values["force-color"] === true;
  if (no && force)
    throw new UsageError("The --no-color and --force-color options can't be used together.");
  return no || force ? force : undefined;
}
