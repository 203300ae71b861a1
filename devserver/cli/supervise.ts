/**
 * The process that the user started: binds, watches, keeps a child that serves, says what happens.
 *
 * Layer 10 (cli). It never imports the project.
 */
import type { BoundSocket } from "node:net";
import { dirname, relative } from "node:path";
import type { CommandContext } from "../../framework/management/command.ts";
import { Supervisor } from "../autoreload/supervisor.ts";
import { bindSocket, type TCPAddress } from "../socketserver/tcp-server.ts";
import { explainBindError } from "./address.ts";
import { formatBanner } from "./banner.ts";
import { NOT_FIRST_START } from "./first-start.ts";
import { onStop } from "./signals.ts";

/** Binds first, so that a port that cannot be had is said before anything else starts. */
export async function supervise(
  address: TCPAddress,
  settingsFile: string,
  context: CommandContext,
): Promise<number> {
  const bound = await bindSocket(address).catch((error: unknown) => {
    throw explainBindError(error, address);
  });
  const watching = Promise.withResolvers<void>();
  const supervisor = new Supervisor({
    command: [process.execPath, ...process.execArgv, ...process.argv.slice(1)],
    listenFd: bound.fd(),
    cwd: process.cwd(),
    // Whoever saves after this line was printed sees the change.
    onReady: (changed, milliseconds) =>
      void watching.promise.then(() =>
        reportReady(changed, milliseconds, { bound, address, settingsFile, context }),
      ),
    onCrash: (code, signal, delay) =>
      context.stderr.write(
        `The server process ended (${signal ?? `exit code ${code}`}); starting it again in ${delay} ms.\n`,
      ),
  });
  using _stop = onStop(context.env, () => supervisor.stop());
  // What watches files is loaded and started while the child starts, too.
  const ended = supervisor.run();
  const { watchFolder } = await import("../autoreload/watcher.ts");
  const watcher = await watchFolder(dirname(settingsFile), (changed) => supervisor.reload(changed));
  watching.resolve();
  const exitCode = await ended;
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
