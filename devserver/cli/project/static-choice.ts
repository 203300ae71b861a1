/**
 * What `--nostatic` and `--insecure` say. The choice travels in the environment, because threads and processes that serve
 * load the project themselves.
 *
 * Layer 10 (cli). Loads nothing: the supervisor needs it before anything else.
 */
import type { CommandContext } from "../../../framework/management/command.ts";

export const VARIABLE = "MINORSWING_STATIC_FILES";

export type Environment = Record<string, string | undefined>;

/** Writes down what the options of `runserver` say. */
export function chooseStaticServing(
  { nostatic, insecure }: CommandContext["values"],
  env: Environment,
): void {
  if (nostatic === true) env[VARIABLE] = "never";
  else if (insecure === true) env[VARIABLE] = "always";
}
