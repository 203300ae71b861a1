/** `devserver version`: the version of minorswing. */
import type { ParseArgsOptionsConfig } from "node:util";
import type { CommandContext } from "../../../framework/management/command.ts";
import { VERSION } from "../version.ts";

export const summary = "print the version of minorswing";
export const usage = "version [--json]";
export const options: ParseArgsOptionsConfig = { json: { type: "boolean" } };
export const help: Readonly<Record<string, string>> = {
  json: "print JSON, with what else a bug report needs: Node, system, processor",
};
export const maxPositionals = 0;

/** Returns the exit code. */
export function run({ values, stdout }: CommandContext): number {
  const { versions, platform, arch } = process;
  const facts = { minorswing: VERSION, node: versions.node, platform, arch };
  stdout.write(values.json === true ? `${JSON.stringify(facts, undefined, 2)}\n` : `${VERSION}\n`);
  return 0;
}
