/**
 * What runs in the workers of a pooled server: a copy of the server, and the requests it is given.
 *
 * Layer 1 (socketserver). The entry module of threads and child processes.
 */
import { importExport, type ModuleExport } from "../workers/module-export.ts";
import { serveTasks, type TaskRunner } from "../workers/worker-side.ts";

export interface WorkerData {
  readonly server: ModuleExport;
  readonly handler: ModuleExport;
  /** The address that is served. */
  readonly address: unknown;
}

interface Copyable {
  becomeCopy(): Promise<TaskRunner>;
}

serveTasks(async (data) => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sent by `PooledServer`
  const { server, handler, address } = data as WorkerData;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the class of the very server that says so
  const ServerClass = (await importExport(server)) as new (...args: unknown[]) => Copyable;
  return await new ServerClass(address, handler).becomeCopy();
});
