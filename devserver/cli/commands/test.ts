/** `devserver test [arguments of vitest]`: runs the project's tests once. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { dirname } from "node:path";
import type { ParseArgsOptionsConfig } from "node:util";
import { type CommandContext, CommandError } from "../../../framework/management/command.ts";
import { loadEnvironment } from "../project/environment.ts";
import { findSettings } from "../project/find-settings.ts";
import { findVitest } from "../project/find-vitest.ts";

export const summary = "run the project's tests with vitest";
export const usage = "test [--settings FILE] [arguments of vitest]";
export const options: ParseArgsOptionsConfig = {};
export const help: Readonly<Record<string, string>> = {};
export const maxPositionals: number = Number.POSITIVE_INFINITY;
export const takesRawArguments = true;

/** Told nothing, vitest watches. Tests are run once unless one of these is asked for. */
const MODES = new Set(["bench", "dev", "init", "list", "related", "run", "watch"]);

/** Returns the exit code of vitest. */
export async function run(context: CommandContext): Promise<number> {
  const { positionals, cwd, env } = context;
  const settingsFile = findSettings(context);
  const vitest = findVitest(dirname(settingsFile));
  if (vitest === undefined) {
    throw new CommandError(
      "vitest is not installed in this project. To install it: npm install --save-dev vitest",
    );
  }
  loadEnvironment(dirname(settingsFile));
  const [first = ""] = positionals;
  const args = MODES.has(first) ? positionals : ["run", ...positionals];
  const child = spawn(process.execPath, [...process.execArgv, vitest, ...args], {
    cwd,
    env: { ...env, MINORSWING_SETTINGS: settingsFile },
    stdio: "inherit",
  });
  // A terminal sends CONTROL-C to both; vitest says goodbye, and its exit code is ours.
  using _signals = passOn(child);
  const [code, signal]: readonly unknown[] = await once(child, "exit");
  return typeof code === "number" ? code : 128 + signalNumber(signal);
}

function passOn(child: { kill(signal: NodeJS.Signals): boolean }): Disposable {
  const wait = (): void => undefined;
  const end = (): void => void child.kill("SIGTERM");
  process.on("SIGINT", wait).on("SIGTERM", end).on("SIGHUP", end);
  return {
    [Symbol.dispose]() {
      process.off("SIGINT", wait).off("SIGTERM", end).off("SIGHUP", end);
    },
  };
}

function signalNumber(signal: unknown): number {
  const found = Object.entries(constants.signals).find(([name]) => name === signal);
  return found?.[1] ?? 0;
}
