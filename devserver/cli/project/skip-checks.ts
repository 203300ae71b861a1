/**
 * What `runserver --skip-checks` says. The choice travels in the environment, because the processes and threads that serve
 * check the project themselves.
 *
 * Layer 10 (cli). Loads nothing: the supervisor needs it before anything else.
 */
import type { CommandContext } from "../../../framework/management/command.ts";
import type { Environment } from "./static-choice.ts";

const VARIABLE = "MINORSWING_SKIP_CHECKS";

/** Writes down what the options of `runserver` say. */
export function chooseChecks(values: CommandContext["values"], env: Environment): void {
  if (values["skip-checks"] === true) env[VARIABLE] = "1";
}

export function areChecksSkipped(env: Environment): boolean {
  return env[VARIABLE] === "1";
}
