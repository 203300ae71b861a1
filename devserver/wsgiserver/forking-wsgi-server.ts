/**
 * A WSGI server of several processes that accept from one socket: the way to more throughput.
 *
 * Layer 3 (wsgiserver). This process binds; the children listen and serve. Each imports the application for
 * itself and may have threads besides.
 * Errors: `start` rejects when a child cannot import the application. A child that ends is replaced; the
 * requests it had are answered 500 where it could still do so.
 */
import { availableParallelism } from "node:os";
import type { ListenTarget } from "../socketserver/tcp-server.ts";
import { startProcessWith } from "../workers/carrier.ts";
import { besideModule, type ModuleExport } from "../workers/module-export.ts";
import { describeCrash, WorkerPool } from "../workers/pool.ts";
import type { ProcessData, ProcessNews } from "./wsgi-process.ts";
import { WSGIServer, type WSGIServerOptions } from "./wsgi-server.ts";

export interface ForkingWSGIServerOptions extends Pick<WSGIServerOptions, "logger"> {
  /** The application, for the children to import. */
  readonly application: ModuleExport;
  /** @default as many as the machine runs at once */
  readonly processes?: number;
  /** Threads of each child; 0 for none. @default 0 */
  readonly threads?: number;
}

export class ForkingWSGIServer extends WSGIServer {
  readonly #options: ForkingWSGIServerOptions;
  #pool: WorkerPool | undefined;
  readonly #lines: Set<(message: unknown) => void> = new Set<(message: unknown) => void>();

  /** `logger` gets what this process has to say; the children log to standard error. */
  constructor(target: ListenTarget, options: ForkingWSGIServerOptions) {
    super(target, { ...options, multiprocess: true });
    this.#options = options;
  }

  /** Starts the children. */
  override async prepare(): Promise<void> {
    if (this.#pool !== undefined) return;
    const { application, processes = availableParallelism(), threads = 0 } = this.#options;
    const entry = besideModule(import.meta.url, "wsgi-process");
    const data: ProcessData = { application, threads };
    const pool = new WorkerPool({
      data,
      size: processes,
      start: (index, events) => startProcessWith(entry, index, events, [this.fileno()]),
      onCrash: (reason) => this.handleProcessCrash(reason),
    });
    this.#pool = pool;
    await pool.start();
  }

  /** The children, started where `prepare` has not done so, listen. */
  override async serverActivate(): Promise<void> {
    await this.prepare();
    const pool = this.#pool;
    if (pool === undefined) return;
    const { processes = availableParallelism() } = this.#options;
    for (let index = 0; index < processes; index += 1) void this.#serve(pool);
  }

  override shutdown(): void {
    super.shutdown();
    this.#pool?.stop();
  }

  override async serverClose(): Promise<void> {
    await super.serverClose();
    await this.#pool?.close(this.constructor.closeTimeout);
  }

  /** A child ended by itself, and another takes its place. The default logs it. */
  handleProcessCrash(reason: Error): void {
    this.logger.error(describeCrash(reason));
  }

  /** As `broadcast` of workers/, in every child. */
  broadcast(topic: string, message: unknown): void {
    const news: ProcessNews = { topic, message };
    for (const send of this.#lines) send(news);
  }

  /** A child has one task: to serve until it is told to stop. */
  async #serve(pool: WorkerPool): Promise<void> {
    while (!this.isShuttingDown) {
      let line: (message: unknown) => void = () => undefined;
      const onGiven = (send: (message: unknown) => void): void => {
        line = send;
        this.#lines.add(send);
      };
      await pool.run({ payload: undefined, onGiven }).catch(() => undefined);
      this.#lines.delete(line);
    }
  }
}
