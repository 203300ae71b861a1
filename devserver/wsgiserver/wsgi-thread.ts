/**
 * What runs in the threads of a threaded WSGI server: the application, one request after another.
 *
 * Layer 3 (wsgiserver). The entry module of threads.
 */
import type { Environ } from "../../framework/wsgi.ts";
import { serveTasks, type TaskLink } from "../workers/worker-side.ts";
import { importApplication } from "./application.ts";
import { RemoteConnection } from "./remote-connection.ts";
import { ServerHandler } from "./server-handler.ts";
import type { RequestResult, RequestTask, ThreadData } from "./thread-messages.ts";

serveTasks(async (data) => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sent by `ThreadedWSGIServer`
  const server = data as ThreadData;
  const application = await importApplication(server.application);

  const run = (payload: unknown, link: TaskLink): RequestResult | Promise<RequestResult> => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sent by `ThreadedRequest`
    const task = payload as RequestTask;
    const connection = new RemoteConnection(task, server, link);
    const running = new ServerHandler(connection, environFor(task, connection)).run(application);
    if (running === undefined) return connection.result();
    connection.wfile.release();
    return running.then(
      () => connection.result(),
      () => ({ ...connection.result(), closeConnection: true, isBroken: true }),
    );
  };
  return { run, stop: () => undefined };
});

function environFor(task: RequestTask, connection: RemoteConnection): Environ {
  const environ = {
    ...task.environ,
    "wsgi.input": connection.input,
    "wsgi.errors": process.stderr,
    "minorswing.client": connection.wfile,
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what could not be cloned is back in
  return environ as unknown as Environ;
}
