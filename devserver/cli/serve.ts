/**
 * The process that serves a project: on its own (`--noreload`) or as the child of a supervisor.
 *
 * Layer 10 (cli). Effects: binds, listens, reacts to signals.
 */
import { loadSettings } from "../../framework/conf/load.ts";
import type { Settings } from "../../framework/conf/settings.ts";
import { ImproperlyConfigured } from "../../framework/exceptions.ts";
import { getWSGIApplication } from "../../framework/handlers/wsgi-handler.ts";
import { type CommandContext, CommandError } from "../../framework/management/command.ts";
import { formatError } from "../../framework/utils/stack.ts";
import type { WSGIApplication } from "../../framework/wsgi.ts";
import { obeySupervisor, reportReady } from "../autoreload/supervised.ts";
import type { TCPAddress } from "../socketserver/tcp-server.ts";
import { StreamLogger } from "../wsgiserver/server-logger.ts";
import { WSGIServer } from "../wsgiserver/wsgi-server.ts";
import { explainBindError } from "./address.ts";
import { formatBanner } from "./banner.ts";
import { brokenApplication } from "./broken-application.ts";
import { onStop } from "./signals.ts";

/** Binds and serves until a signal. A project that does not load is an error. Returns the exit code. */
export async function serveAlone(
  address: TCPAddress,
  settingsFile: string,
  context: CommandContext,
): Promise<number> {
  const application = await loadApplication(settingsFile).catch((error: unknown) => {
    throw new CommandError(formatError(error), { cause: error });
  });
  const logger = new StreamLogger(context.stderr);
  const server = new WSGIServer(address, { logger }).setApp(application);
  await server.start().catch((error: unknown) => {
    throw explainBindError(error, address);
  });
  const [, port] = server.serverAddress;
  context.stdout.write(formatBanner([address[0], port], settingsFile, context.cwd));
  using _stop = onStop(context.env, () => server.shutdown());
  await server.serveForever();
  await server.serverClose();
  logger.flush();
  return 0;
}

/** Serves on an inherited socket until the supervisor says otherwise. A project that does not load answers with the reason. */
export async function serveSupervised(
  fd: number,
  settingsFile: string,
  context: CommandContext,
): Promise<number> {
  const finished = Promise.withResolvers<number>();
  obeySupervisor(finished.resolve);
  const logger = new StreamLogger(context.stderr);
  const server = new WSGIServer({ fd }, { logger }).setApp(
    await loadOrExplain(settingsFile, context),
  );
  await server.start();
  reportReady();
  const exitCode = await finished.promise;
  await server.serverClose();
  logger.flush();
  return exitCode;
}

async function loadApplication(
  settingsFile: string,
  onSettings?: (settings: Settings) => void,
): Promise<WSGIApplication> {
  const settings = await loadSettings(settingsFile);
  onSettings?.(settings);
  if (!settings.DEBUG && settings.ALLOWED_HOSTS.length === 0) {
    throw new ImproperlyConfigured(
      `You must set ALLOWED_HOSTS in ${settingsFile} if DEBUG is false.`,
    );
  }
  return await getWSGIApplication(settings);
}

async function loadOrExplain(
  settingsFile: string,
  context: CommandContext,
): Promise<WSGIApplication> {
  let showDetails = true;
  try {
    return await loadApplication(settingsFile, (settings) => (showDetails = settings.DEBUG));
  } catch (error) {
    context.stderr.write(
      `The project does not load; every request is answered with the reason.\n${formatError(error)}\n`,
    );
    return brokenApplication(error, showDetails);
  }
}
