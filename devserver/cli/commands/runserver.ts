/** `devserver runserver [addrport]`: serves the project of this folder, and starts anew when its files change. */
import { dirname, relative } from "node:path";
import type { BoundSocket } from "node:net";
import type { ParseArgsOptionsConfig } from "node:util";
import { type CommandContext, UsageError } from "../../../framework/management/command.ts";
import { inheritedFd } from "../../autoreload/supervised.ts";
import { Supervisor } from "../../autoreload/supervisor.ts";
import { watchFolder } from "../../autoreload/watcher.ts";
import { bindSocket, type TCPAddress } from "../../socketserver/tcp-server.ts";
import { explainBindError, parseAddress } from "../address.ts";
import { formatBanner } from "../banner.ts";
import { findSettings } from "../find-settings.ts";
import { NOT_FIRST_START, serveAlone, type ServePlan, serveSupervised } from "../serve.ts";
import { onStop } from "../signals.ts";

export const summary = "serve the project of this folder while you work on it";
export const usage = "runserver [addrport] [--noreload] [--threads N] [--processes N]";
export const options: ParseArgsOptionsConfig = {
  noreload: { type: "boolean" },
  threads: { type: "string" },
  processes: { type: "string" },
};
export const help: Readonly<Record<string, string>> = {
  noreload: "no restart when files change",
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
  };
  const fd = inheritedFd(context.env);
  if (fd !== undefined) return await serveSupervised(fd, plan, context);
  const address = parseAddress(context.positionals[0]);
  if (context.values.noreload === true) return await serveAlone(address, plan, context);
  return await supervise(address, plan.settingsFile, context);
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

/** Binds first, so that a port that cannot be had is said before anything else starts. */
async function supervise(
  address: TCPAddress,
  settingsFile: string,
  context: CommandContext,
): Promise<number> {
  const bound = await bindSocket(address).catch((error: unknown) => {
    throw explainBindError(error, address);
  });
  const supervisor = new Supervisor({
    command: [process.execPath, ...process.execArgv, ...process.argv.slice(1)],
    listenFd: bound.fd(),
    cwd: process.cwd(),
    onReady: (changed, milliseconds) =>
      reportReady(changed, milliseconds, { bound, address, settingsFile, context }),
    onCrash: (code, signal, delay) =>
      context.stderr.write(
        `The server process ended (${signal ?? `exit code ${code}`}); starting it again in ${delay} ms.\n`,
      ),
  });
  using _stop = onStop(context.env, () => supervisor.stop());
  const watcher = await watchFolder(dirname(settingsFile), (changed) => supervisor.reload(changed));
  const exitCode = await supervisor.run();
  await watcher.close();
  bound.close();
  return exitCode;
}

interface Serving {
  readonly bound: BoundSocket;
  readonly address: TCPAddress;
  readonly settingsFile: string;
  readonly context: CommandContext;
}

let bannerShown = false;

function reportReady(changed: readonly string[], milliseconds: number, serving: Serving): void {
  const { bound, address, settingsFile, context } = serving;
  if (!bannerShown) {
    bannerShown = true;
    // Inherited by every child from now on.
    process.env[NOT_FIRST_START] = "1";
    context.stdout.write(
      formatBanner([address[0], bound.address().port], settingsFile, context.cwd),
    );
    return;
  }
  const [first, ...others] = changed.map((path) => relative(context.cwd, path));
  const what =
    first === undefined
      ? "started again"
      : `${first}${others.length === 0 ? "" : ` and ${others.length} more`} changed, reloaded`;
  context.stdout.write(`${what} in ${Math.round(milliseconds)} ms\n`);
}
