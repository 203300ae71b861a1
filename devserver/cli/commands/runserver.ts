/** `devserver runserver [addrport]`: serves the project of this folder, and starts anew when its files change. */
import type { ParseArgsOptionsConfig } from "node:util";
import { type CommandContext, UsageError } from "../../../framework/management/command.ts";
import { colourChoice } from "../../../framework/management/common-options.ts";
import { inheritedFd } from "../../autoreload/supervised.ts";
import { parseAddress } from "../serve/address.ts";
import { findSettings } from "../project/find-settings.ts";
import { parseHttps } from "../https/https-plan.ts";
import type { ServePlan } from "../serve/serve-plan.ts";
import { chooseChecks } from "../project/skip-checks.ts";
import { chooseStaticServing } from "../project/static-choice.ts";

export const summary = "serve the project of this folder while you work on it";
export const usage =
  "runserver [addrport] [--noreload] [--no-livereload] [--https] [--nostatic] [--insecure] [--threads N] [--processes N]";
export const options: ParseArgsOptionsConfig = {
  noreload: { type: "boolean" },
  "no-livereload": { type: "boolean" },
  https: { type: "boolean" },
  cert: { type: "string" },
  key: { type: "string" },
  nostatic: { type: "boolean" },
  insecure: { type: "boolean" },
  threads: { type: "string" },
  processes: { type: "string" },
};
export const help: Readonly<Record<string, string>> = {
  noreload: "no restart when files change",
  "no-livereload": "pages do not reload by themselves",
  https: "speak HTTPS, with a self-made certificate for localhost",
  cert: "speak HTTPS with this certificate (a PEM file); needs --key",
  key: "the certificate's key (a PEM file)",
  nostatic: "do not serve STATIC_URL",
  insecure: "serve STATIC_URL also when DEBUG is false",
  threads: "threads that run the views, so that one which computes delays no other (default: none)",
  processes: "processes that serve, for more requests a second (default: one)",
};
export const maxPositionals = 1;

/** Returns the exit code. */
export async function run(context: CommandContext): Promise<number> {
  chooseStaticServing(context.values, process.env);
  chooseChecks(context.values, process.env);
  const plan: ServePlan = {
    settingsFile: findSettings(context),
    threads: workerCount("threads", context),
    processes: workerCount("processes", context),
    liveReload: context.values["no-livereload"] !== true,
    https: parseHttps(context),
  };
  if (plan.https !== undefined && plan.processes > 0)
    throw new UsageError("--processes speaks plain HTTP only; --https goes with --threads.");
  passOnColours(colourChoice(context.values));
  const fd = inheritedFd(context.env);
  if (fd !== undefined) {
    const { serveSupervised } = await import("../serve/serve-supervised.ts");
    return await serveSupervised(fd, plan, context);
  }
  const address = parseAddress(context.positionals[0]);
  if (context.values.noreload === true) {
    const { serveAlone } = await import("../serve/serve.ts");
    return await serveAlone(address, plan, context);
  }
  const { supervise } = await import("../serve/supervise.ts");
  return await supervise(address, plan, context);
}

/** Request lines are also written by children, threads and processes: those look at the environment. */
function passOnColours(choice: boolean | undefined): void {
  if (choice === undefined) return;
  const { env } = process;
  delete env[choice ? "NO_COLOR" : "FORCE_COLOR"];
  env[choice ? "FORCE_COLOR" : "NO_COLOR"] = "1";
}

const MOST_WORKERS = 256;

function workerCount(option: "threads" | "processes", { values }: CommandContext): number {
  const text = values[option];
  if (typeof text !== "string") return 0;
  if (/^\d+$/.test(text) && Number(text) <= MOST_WORKERS) return Number(text);
  throw new UsageError(
    `--${option} takes a number from 0 to ${MOST_WORKERS}; found ${JSON.stringify(text)}.`,
  );
}
