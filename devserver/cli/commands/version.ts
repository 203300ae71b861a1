/** `devserver version`: the version of minorswing. */
import type { ParseArgsOptionsConfig } from "node:util";
import type { CommandContext } from "../../../framework/management/command.ts";
import { VERSION } from "../version.ts";

export const summary = "print the version of minorswing";
export const usage = "version";
export const options: ParseArgsOptionsConfig = {};
export const help: Readonly<Record<string, string>> = {};
export const maxPositionals = 0;

/** Returns the exit code. */
export function run({ stdout }: CommandContext): number {
  stdout.write(`${VERSION}\n`);
  return 0;
}
