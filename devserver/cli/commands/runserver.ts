/** `devserver runserver [addrport]`: serves the project of this folder, and starts anew when its files change. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { ParseArgsOptionsConfig } from "node:util";
import { type CommandContext, CommandError } from "../../../framework/management/command.ts";
import { inheritedFd } from "../../autoreload/supervised.ts";
import { parseAddress } from "../address.ts";
import { parseHttps } from "../https/https-plan.ts";
import { serveAlone, type ServePlan } from "../serve.ts";
import { serveSupervised } from "../serve-supervised.ts";
import { supervise } from "../supervise.ts";

export const summary = "serve the project of this folder while you work on it";
export const usage =
  "runserver [addrport] [--settings FILE] [--noreload] [--no-livereload] [--https] [--threads N] [--processes N]";
export const options: ParseArgsOptionsConfig = {
  settings: { type: "string" },
  noreload: { type: "boolean" },
  "no-livereload": { type: "boolean" },
  https: { type: "boolean" },
  cert: { type: "string" },
  key: { type: "string" },
  threads: { type: "string" },
  processes: { type: "string" },
};
export const help: Readonly<Record<string, string>> = {
  settings: "the settings file (default: settings.ts, or what MINORSWING_SETTINGS says)",
  noreload: "no restart when files change",
  "no-livereload": "pages do not reload by themselves",
  https: "speak HTTPS, with a self-made certificate for localhost",
  cert: "speak HTTPS with this certificate (a PEM file); needs --key",
  key: "the certificate's key (a PEM file)",
  threads: "threads that run the views, so that one which computes delays no other (default: none)",
  processes: "processes that serve, for more requests a second (default: one)",
};
export const maxPositionals = 1;

/** Returns the exit code. */
export async function run(context: CommandContext): Promise<number> {
  const plan: ServePlan = {
    settingsFile: findSettings(context),
    threads: workerCount("threads", context),
    processes: workerCount("processes", context),
    liveReload: context.values["no-livereload"] !== true,
    https: parseHttps(context),
  };
  if (plan.https !== undefined && plan.processes > 0)
    throw new CommandError("--processes speaks plain HTTP only; --https goes with --threads.");
  const fd = inheritedFd(context.env);
  if (fd !== undefined) return await serveSupervised(fd, plan, context);
  const address = parseAddress(context.positionals[0]);
  if (context.values.noreload === true) return await serveAlone(address, plan, context);
  return await supervise(address, plan, context);
}

const MOST_WORKERS = 256;

function workerCount(option: "threads" | "processes", { values }: CommandContext): number {
  const text = values[option];
  if (typeof text !== "string") return 0;
  if (/^\d+$/.test(text) && Number(text) <= MOST_WORKERS) return Number(text);
  throw new CommandError(
    `--${option} takes a number from 0 to ${MOST_WORKERS}; found ${JSON.stringify(text)}.`,
  );
}

function findSettings({ values, env, cwd }: CommandContext): string {
  const given = typeof values.settings === "string" ? values.settings : env.MINORSWING_SETTINGS;
  const file = resolve(cwd, given ?? "settings.ts");
  if (existsSync(file)) return file;
  const hint =
    given === undefined
      ? "Run this in the folder of a project, or name its settings with --settings FILE. A new project: devserver startproject mysite"
      : "It was named with --settings or MINORSWING_SETTINGS.";
  throw new CommandError(`There is no settings file ${file}. ${hint}`);
}
