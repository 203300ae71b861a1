/**
 * What runs in the children of a forking WSGI server: a server on the inherited socket.
 *
 * Layer 3 (wsgiserver). The entry module of child processes.
 */
import type { WSGIApplication } from "../../framework/wsgi.ts";
import type { ModuleExport } from "../workers/module-export.ts";
import { broadcast } from "../workers/broadcast.ts";
import { serveTasks, type TaskLink } from "../workers/worker-side.ts";
import { importApplication } from "./application.ts";
import { crashAnswers } from "./crash-answers.ts";
import { StreamLogger } from "./server-logger.ts";
import { ThreadedWSGIServer } from "./threaded-wsgi-server.ts";
import { WSGIServer } from "./wsgi-server.ts";

export interface ProcessData {
  readonly application: ModuleExport;
  readonly threads: number;
}

/** What a child passes on to its threads. */
export interface ProcessNews {
  readonly topic: string;
  readonly message: unknown;
}

/** 0 to 2 are the terminal's, 3 is the channel to the parent. */
const INHERITED = { fd: 4 };

serveTasks(async (data) => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sent by `ForkingWSGIServer`
  const { application, threads } = data as ProcessData;
  const logger = new StreamLogger(process.stderr);
  const options = { logger, multiprocess: true };
  const server =
    threads > 0
      ? new ThreadedWSGIServer(INHERITED, { ...options, application, threads })
      : new WSGIServer(INHERITED, options).setApp(await guarded(application));
  await server.start();
  const serve = async (_payload: unknown, link: TaskLink): Promise<void> => {
    link.onMessage((news) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sent by `ForkingWSGIServer`
      const { topic, message } = news as ProcessNews;
      broadcast(topic, message);
    });
    await server.serveForever();
    await server.serverClose();
    logger.flush();
  };
  return { run: serve, stop: () => server.shutdown() };
});

async function guarded(name: ModuleExport): Promise<WSGIApplication> {
  const answers = crashAnswers(await importApplication(name));
  process.on("exit", () => answers.answer());
  return answers.application;
}
