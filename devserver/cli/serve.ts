/**
 * The servers that `runserver` starts, and the process that serves a project on its own (`--noreload`).
 *
 * Layer 10 (cli). Effects: binds, listens, reacts to signals.
 */
import { type CommandContext, CommandError } from "../../framework/management/command.ts";
import { formatError } from "../../framework/utils/stack.ts";
import type { WSGIApplication } from "../../framework/wsgi.ts";
import type { ListenTarget, TCPAddress } from "../socketserver/tcp-server.ts";
import { crashAnswers } from "../wsgiserver/crash-answers.ts";
import { ForkingWSGIServer } from "../wsgiserver/forking-wsgi-server.ts";
import { StreamLogger } from "../wsgiserver/server-logger.ts";
import { ThreadedWSGIServer } from "../wsgiserver/threaded-wsgi-server.ts";
import type { TlsCredentials } from "../wsgiserver/tls-gate.ts";
import { WSGIServer } from "../wsgiserver/wsgi-server.ts";
import { formatUrl, type Scheme } from "./address.ts";
import { formatBanner } from "./banner.ts";
import { explainBindFailure } from "./bind-failure.ts";
import type { LoadedCredentials } from "./https/credentials.ts";
import type { HttpsPlan } from "./https/https-plan.ts";
import type { LiveOptions } from "./live-project.ts";
import { loadProject } from "./load-project.ts";
import { nameProject } from "./project-application.ts";
import { onStop } from "./signals.ts";

/** How a project is served. */
export interface ServePlan {
  readonly settingsFile: string;
  /** Threads that run the application, in each process; 0 for none. */
  readonly threads: number;
  /** Processes that accept from one socket; 0 for this one alone. */
  readonly processes: number;
  /** Pages reload by themselves, if the settings agree. */
  readonly liveReload: boolean;
  /** `undefined` for plain HTTP. */
  readonly https: HttpsPlan | undefined;
}

/** Binds and serves until a signal. A project that does not load is an error. Returns the exit code. */
export async function serveAlone(
  address: TCPAddress,
  plan: ServePlan,
  context: CommandContext,
): Promise<number> {
  const logger = new StreamLogger(context.stderr);
  const secure = await loadSecurity(plan, context.env);
  const server = await makeServer(address, plan, {
    logger,
    credentials: secure?.credentials,
  }).catch((error: unknown) => {
    throw new CommandError(formatError(error), { cause: error });
  });
  await server.start().catch(async (error: unknown) => {
    // What is no system error comes from a worker that could not load the project.
    if (error instanceof Error && "code" in error)
      throw await explainBindFailure(error, address, context);
    throw new CommandError(formatError(error), { cause: error });
  });
  const [, port] = server.serverAddress;
  const url = formatUrl([address[0], port], schemeOf(plan));
  context.stdout.write(formatBanner(url, plan.settingsFile, context.cwd, { hint: secure?.hint }));
  using _stop = onStop(context.env, () => server.shutdown());
  await server.serveForever();
  await server.serverClose();
  logger.flush();
  return 0;
}

async function makeServer(
  target: ListenTarget,
  plan: ServePlan,
  means: ServerMeans,
): Promise<WSGIServer> {
  if (hasWorkers(plan)) return await makeWorkerServer(target, plan, means);
  return await makeSimpleServer(target, (await loadProject(plan.settingsFile)).application, means);
}

/** What every server is given. */
export interface ServerMeans {
  readonly logger: StreamLogger;
  /** `undefined` for plain HTTP. */
  readonly credentials: TlsCredentials | undefined;
}

/** What an HTTPS server needs; `undefined` for plain HTTP, which does without the time that TLS takes to load. */
export async function loadSecurity(
  { https }: ServePlan,
  env: CommandContext["env"],
): Promise<LoadedCredentials | undefined> {
  if (https === undefined) return undefined;
  const { loadCredentials } = await import("./https/credentials.ts");
  return await loadCredentials(https, env);
}

export function schemeOf({ https }: ServePlan): Scheme {
  return https === undefined ? "http" : "https";
}

/** Whether the project runs in threads or in other processes. */
export function hasWorkers({ threads, processes }: ServePlan): boolean {
  return threads > 0 || processes > 0;
}

/** A server whose workers load the project themselves; with `live` as a supervisor wants it. */
export async function makeWorkerServer(
  target: ListenTarget,
  { settingsFile, threads, processes }: ServePlan,
  { logger, credentials }: ServerMeans,
  live?: LiveOptions,
): Promise<WSGIServer> {
  const application = nameProject(settingsFile, live);
  const options = { application, threads, logger };
  if (processes > 0) return new ForkingWSGIServer(target, { ...options, processes });
  if (credentials === undefined) return new ThreadedWSGIServer(target, options);
  const { SecureThreadedWSGIServer } = await import("../wsgiserver/secure-wsgi-server.ts");
  return new SecureThreadedWSGIServer(target, { ...options, credentials });
}

/** A server that runs the application in this process. If it ends, whoever waits gets a 500. */
export async function makeSimpleServer(
  target: ListenTarget,
  application: WSGIApplication,
  { logger, credentials }: ServerMeans,
): Promise<WSGIServer> {
  const answers = crashAnswers(application);
  process.on("exit", () => answers.answer());
  if (credentials === undefined)
    return new WSGIServer(target, { logger }).setApp(answers.application);
  const { SecureWSGIServer } = await import("../wsgiserver/secure-wsgi-server.ts");
  const server = new SecureWSGIServer(target, { logger, credentials });
  return server.setApp(answers.application);
}
