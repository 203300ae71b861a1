/**
 * The process that serves a project as the child of a supervisor: stands by, loads, serves, retires.
 *
 * Layer 10 (cli). Effects: listens on the inherited socket, obeys the supervisor, ends with it.
 */
import { join } from "node:path";
import { installedApps } from "../../../framework/conf/apps.ts";
import { loadSettings } from "../project/load-settings.ts";
import type { Settings } from "../../../framework/conf/settings.ts";
import type { CommandContext } from "../../../framework/management/command.ts";
import { stopCollectingLocals } from "../../../framework/views/debug/locals.ts";
import type { LoadReport } from "../../autoreload/messages.ts";
import { SupervisedChild } from "../../autoreload/supervised.ts";
import type {
  SecureThreadedWSGIServer,
  SecureWSGIServer,
} from "../../wsgiserver/secure-wsgi-server.ts";
import { StreamLogger } from "../../wsgiserver/server-logger.ts";
import type { WSGIServer } from "../../wsgiserver/wsgi-server.ts";
import { loadSecurity } from "../https/load-security.ts";
import { AssetAnnouncer, liveApplication, newGeneration } from "./live-project.ts";
import { loadProjectOrExplain } from "../project/load-project.ts";
import { ModuleRecorder } from "../project/module-recorder.ts";
import { announceChecks } from "../project/check-application.ts";
import { NOT_FIRST_START } from "../terminal/first-start.ts";
import { makeSimpleServer, makeWorkerServer, type ServerMeans } from "./serve.ts";
import { hasWorkers, type ServePlan } from "./serve-plan.ts";
import { onTerminalUse } from "../terminal/terminal-use.ts";

/** Serves until the supervisor says otherwise. A project that does not load answers with the reason. Returns the exit code. */
export async function serveSupervised(
  fd: number,
  plan: ServePlan,
  context: CommandContext,
): Promise<number> {
  const child = new SupervisedChild();
  const isOver = child.end.promise.then(() => undefined);
  const logger = new StreamLogger(context.stderr);
  const secure = await loadSecurity(plan.https, context.env);
  const { stdout, stderr } = context;
  const means = { logger, credentials: secure?.credentials, stdout, stderr };
  const server = await Promise.race([isOver, prepare(child, fd, plan, means)]);
  await Promise.race([isOver, child.accept.promise]);
  // Whoever serves nobody yet has nothing to finish.
  if (server === undefined || child.hasToEnd) return 0;
  onTerminalUse(() => child.tell({ type: "terminal" }));
  await server.start();
  child.onConnection = ({ socket, unread }) => server.adoptConnection(socket, unread);
  child.tell({ type: "accepting", waited: await connectionsThatWaited(server) });
  await retire(child, server, await child.end.promise);
  logger.flush();
  return 0;
}

async function prepare(
  child: SupervisedChild,
  fd: number,
  plan: ServePlan,
  means: Means,
): Promise<WSGIServer> {
  const preparation = await child.boot.promise;
  // The order to load may be right behind.
  await new Promise((resolve) => setImmediate(resolve));
  if (!child.isAwaited) {
    const { warmUp } = await import("./warm-up.ts");
    await warmUp(preparation, () => child.isAwaited);
  }
  await child.load.promise;
  const { server, report } = hasWorkers(plan)
    ? await prepareWorkers(fd, plan, means)
    : await prepareAlone(child, fd, plan, means);
  const announcer = new AssetAnnouncer(server, report.statics);
  child.onAssets = (change) => announcer.announce(change);
  await server.prepare();
  child.tell({ type: "loaded", report });
  return server;
}

/** What servers are given, and where this process writes. */
type Means = ServerMeans & Pick<CommandContext, "stderr" | "stdout">;

interface Prepared {
  readonly server: WSGIServer;
  readonly report: LoadReport;
}

async function prepareAlone(
  child: SupervisedChild,
  fd: number,
  { settingsFile, liveReload }: ServePlan,
  means: Means,
): Promise<Prepared> {
  const recorder = new ModuleRecorder();
  recorder.start();
  const project = await loadProjectOrExplain(
    settingsFile,
    (text) => means.stderr.write(text),
    (report) => announceChecks(report, means, process.env[NOT_FIRST_START] === undefined),
  );
  const application = liveApplication(project, newGeneration(liveReload));
  const modules = [...recorder.modules];
  recorder.onModule = (path) => child.tell({ type: "module", path });
  const { DEBUG = false, DEBUG_LOCALS = false } = project.settings ?? {};
  const locals = DEBUG && DEBUG_LOCALS;
  // They were prepared for the project as it was before.
  if (!locals) await stopCollectingLocals();
  const next = { dependencies: [...recorder.dependencies], locals };
  return {
    server: await makeSimpleServer({ fd }, application, means),
    report: { ok: project.ok, modules, next, ...assetFolders(project.settings) },
  };
}

/** What the workers import is not seen here; their errors are shown by them. */
async function prepareWorkers(fd: number, plan: ServePlan, means: ServerMeans): Promise<Prepared> {
  const settings = await loadSettings(plan.settingsFile).catch(() => undefined);
  return {
    server: await makeWorkerServer({ fd }, plan, means, newGeneration(plan.liveReload)),
    report: {
      ok: settings !== undefined,
      modules: undefined,
      next: { dependencies: [], locals: false },
      ...assetFolders(settings),
    },
  };
}

/** The folders of files that are read at each use. */
function assetFolders(settings: Settings | undefined): Pick<LoadReport, "statics" | "templates"> {
  if (settings === undefined) return { templates: [], statics: [] };
  const apps = installedApps(settings).map(({ path }) => path);
  return {
    templates: [...settings.TEMPLATES.DIRS, ...apps.map((path) => join(path, "templates"))],
    statics: [
      ...settings.STATICFILES_DIRS.map((entry) => (typeof entry === "string" ? entry : entry[1])),
      ...apps.map((path) => join(path, "static")),
    ],
  };
}

/** Connections that the kernel had kept for this server: they are there at its first look. */
async function connectionsThatWaited(server: WSGIServer): Promise<number> {
  for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return server.acceptedConnections;
}

/** Finishes what was begun. With `passOn` idle connections go to the next child, otherwise they are closed. */
async function retire(child: SupervisedChild, server: WSGIServer, passOn: boolean): Promise<void> {
  if (passOn) passConnectionsOn(child, server);
  server.shutdown();
  if (passOn) child.tell({ type: "retired" });
  await server.serverClose();
  await child.passedOn();
}

/** TLS connections stay, all but those that have sent nothing yet. */
function passConnectionsOn(child: SupervisedChild, server: WSGIServer): void {
  if (isSecure(server))
    server.gate.moveUntouched = (socket) => child.passOn(socket, Buffer.alloc(0));
  else server.moveConnection = (socket, unread) => child.passOn(socket, unread);
}

/** Told by what it has: to load those classes takes time, and few need them. */
function isSecure(server: WSGIServer): server is SecureThreadedWSGIServer | SecureWSGIServer {
  return "gate" in server;
}
