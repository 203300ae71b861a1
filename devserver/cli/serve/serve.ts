/**
 * The servers that `runserver` starts, and the process that serves a project on its own (`--noreload`).
 *
 * Layer 10 (cli). Effects: binds, listens, reacts to signals.
 */
import type { CheckReport } from "../../../framework/checks/report.ts";
import { type CommandContext, CommandError } from "../../../framework/management/command.ts";
import { formatError } from "../../../framework/utils/stack.ts";
import type { WSGIApplication } from "../../../framework/wsgi.ts";
import type { ListenTarget, TCPAddress } from "../../socketserver/tcp-server.ts";
import { crashAnswers } from "../../wsgiserver/crash-answers.ts";
import { StreamLogger } from "../../wsgiserver/server-logger.ts";
import type { TlsCredentials } from "../../wsgiserver/tls-gate.ts";
import { WSGIServer } from "../../wsgiserver/wsgi-server.ts";
import { formatUrl } from "./address.ts";
import { formatBanner } from "../terminal/banner.ts";
import { announceChecks } from "../project/check-application.ts";
import { explainBindFailure } from "./bind-failure.ts";
import { loadSecurity } from "../https/load-security.ts";
import type { LiveOptions } from "./live-project.ts";
import { loadProject } from "../project/load-project.ts";
import { nameProject } from "./project-application.ts";
import { hasWorkers, schemeOf, type ServePlan } from "./serve-plan.ts";
import { onStop } from "./signals.ts";

/** Binds and serves until a signal. A project that does not load is an error. Returns the exit code. */
export async function serveAlone(
  address: TCPAddress,
  plan: ServePlan,
  context: CommandContext,
): Promise<number> {
  const logger = new StreamLogger(context.stderr);
  const secure = await loadSecurity(plan.https, context.env);
  const means = { logger, credentials: secure?.credentials };
  let checked: CheckReport | undefined;
  const load = async (): Promise<WSGIApplication> => {
    const project = await loadProject(plan.settingsFile, {
      onChecked: (report) => (checked = report),
    });
    return project.application;
  };
  const server = await makeServer(address, plan, means, load).catch((error: unknown) => {
    throw new CommandError(formatError(error), { cause: error });
  });
  await server.start().catch(async (error: unknown) => {
    // What is no system error comes from a worker that could not load the project.
    if (error instanceof Error && "code" in error)
      throw await explainBindFailure(error, address, context);
    throw new CommandError(formatError(error), { cause: error });
  });
  if (checked !== undefined) announceChecks(checked, context, true);
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
  load: () => Promise<WSGIApplication>,
): Promise<WSGIServer> {
  return hasWorkers(plan)
    ? await makeWorkerServer(target, plan, means)
    : await makeSimpleServer(target, await load(), means);
}

/** What every server is given. */
export interface ServerMeans {
  readonly logger: StreamLogger;
  /** `undefined` for plain HTTP. */
  readonly credentials: TlsCredentials | undefined;
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
  if (processes > 0) {
    const { ForkingWSGIServer } = await import("../../wsgiserver/forking-wsgi-server.ts");
    return new ForkingWSGIServer(target, { ...options, processes });
  }
  if (credentials === undefined) {
    const { ThreadedWSGIServer } = await import("../../wsgiserver/threaded-wsgi-server.ts");
    return new ThreadedWSGIServer(target, options);
  }
  const { SecureThreadedWSGIServer } = await import("../../wsgiserver/secure-wsgi-server.ts");
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
  const { SecureWSGIServer } = await import("../../wsgiserver/secure-wsgi-server.ts");
  return new SecureWSGIServer(target, { logger, credentials }).setApp(answers.application);
}
