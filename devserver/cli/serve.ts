/**
 * The process that serves a project: on its own (`--noreload`) or as the child of a supervisor.
 *
 * Layer 10 (cli). Effects: binds, listens, reacts to signals.
 */
import type { CheckReport } from "../../framework/checks/report.ts";
import { type CommandContext, CommandError } from "../../framework/management/command.ts";
import { formatError } from "../../framework/utils/stack.ts";
import type { WSGIApplication } from "../../framework/wsgi.ts";
import { obeySupervisor, reportReady } from "../autoreload/supervised.ts";
import type { ListenTarget, TCPAddress } from "../socketserver/tcp-server.ts";
import { crashAnswers } from "../wsgiserver/crash-answers.ts";
import { StreamLogger } from "../wsgiserver/server-logger.ts";
import { WSGIServer } from "../wsgiserver/wsgi-server.ts";
import { explainBindError } from "./address.ts";
import { formatBanner } from "./banner.ts";
import { announceChecks } from "./check-application.ts";
import { NOT_FIRST_START } from "./first-start.ts";
import { loadProject, loadProjectOrExplain } from "./load-project.ts";
import { nameProject } from "./project-application.ts";
import { onStop } from "./signals.ts";

/** How a project is served. */
export interface ServePlan {
  readonly settingsFile: string;
  /** Threads that run the application, in each process; 0 for none. */
  readonly threads: number;
  /** Processes that accept from one socket; 0 for this one alone. */
  readonly processes: number;
}

/** Binds and serves until a signal. A project that does not load is an error. Returns the exit code. */
export async function serveAlone(
  address: TCPAddress,
  plan: ServePlan,
  context: CommandContext,
): Promise<number> {
  const logger = new StreamLogger(context.stderr);
  let checked: CheckReport | undefined;
  const load = (file: string): Promise<WSGIApplication> =>
    loadProject(file, { onChecked: (report) => (checked = report) });
  const server = await makeServer(address, plan, logger, load).catch((error: unknown) => {
    throw new CommandError(formatError(error), { cause: error });
  });
  await server.start().catch((error: unknown) => {
    // What is no system error comes from a worker that could not load the project.
    if (error instanceof Error && "code" in error) throw explainBindError(error, address);
    throw new CommandError(formatError(error), { cause: error });
  });
  if (checked !== undefined) announceChecks(checked, context, true);
  const [, port] = server.serverAddress;
  context.stdout.write(formatBanner([address[0], port], plan.settingsFile, context.cwd));
  using _stop = onStop(context.env, () => server.shutdown());
  await server.serveForever();
  await server.serverClose();
  logger.flush();
  return 0;
}

/** Serves on an inherited socket until the supervisor says otherwise. A project that does not load answers with the reason. */
export async function serveSupervised(
  fd: number,
  plan: ServePlan,
  context: CommandContext,
): Promise<number> {
  const finished = Promise.withResolvers<number>();
  obeySupervisor(finished.resolve);
  const logger = new StreamLogger(context.stderr);
  const load = (file: string): Promise<WSGIApplication> =>
    loadProjectOrExplain(
      file,
      (text) => context.stderr.write(text),
      (report) => announceChecks(report, context, context.env[NOT_FIRST_START] === undefined),
    );
  const server = await makeServer({ fd }, plan, logger, load, true);
  await server.start();
  reportReady();
  const exitCode = await finished.promise;
  await server.serverClose();
  logger.flush();
  return exitCode;
}

/** `load` is for this process; workers load for themselves. */
async function makeServer(
  target: ListenTarget,
  { settingsFile, threads, processes }: ServePlan,
  logger: StreamLogger,
  load: (settingsFile: string) => Promise<WSGIApplication>,
  explain: boolean = false,
): Promise<WSGIServer> {
  const application = nameProject(settingsFile, explain);
  if (processes > 0) {
    const { ForkingWSGIServer } = await import("../wsgiserver/forking-wsgi-server.ts");
    return new ForkingWSGIServer(target, { application, processes, threads, logger });
  }
  if (threads > 0) {
    const { ThreadedWSGIServer } = await import("../wsgiserver/threaded-wsgi-server.ts");
    return new ThreadedWSGIServer(target, { application, threads, logger });
  }
  const answers = crashAnswers(await load(settingsFile));
  process.on("exit", () => answers.answer());
  return new WSGIServer(target, { logger }).setApp(answers.application);
}
