/**
 * A WSGI server whose application runs in threads: this one parses and writes, a thread computes.
 *
 * Layer 3 (wsgiserver). Source: Django core/servers/basehttp.py (`ThreadedWSGIServer`).
 * Differs from Django: the unit is the request, not the connection, so a view that keeps its CPU busy delays
 * nobody while another thread is free, not even on connections that are open already. The price is
 * throughput: a request travels between threads twice.
 * Errors: `start` rejects when a thread cannot import the application. A thread that ends is replaced,
 * and its requests are answered 500.
 */
import type { Environ, WSGIApplication } from "../../framework/wsgi.ts";
import type { ListenTarget } from "../socketserver/tcp-server.ts";
import { startThread } from "../workers/carrier.ts";
import { besideModule, type ModuleExport } from "../workers/module-export.ts";
import { describeCrash, WorkerPool } from "../workers/pool.ts";
import type { ResponseConnection } from "./response-writer.ts";
import { ServerHandler } from "./server-handler.ts";
import type { ThreadData } from "./thread-messages.ts";
import { ThreadedRequest } from "./threaded-request.ts";
import { WSGIRequestHandler } from "./wsgi-request-handler.ts";
import { WSGIServer, type WSGIServerOptions } from "./wsgi-server.ts";

export interface ThreadedWSGIServerOptions extends WSGIServerOptions {
  /** The application, for the threads to import. */
  readonly application: ModuleExport;
  /** @default 4 */
  readonly threads?: number;
}

export class ThreadedWSGIServer extends WSGIServer {
  override readonly multithread: boolean = true;
  readonly #pool: WorkerPool;
  #started: Promise<void> | undefined;

  constructor(target: ListenTarget, options: ThreadedWSGIServerOptions) {
    const { handlerClass = WSGIRequestHandler, threads = 4, application } = options;
    super(target, options);
    const { serverVersion, sysVersion, protocolVersion } = handlerClass;
    const data: ThreadData = {
      application,
      serverVersion: `${serverVersion} ${sysVersion}`,
      protocolVersion,
    };
    const entry = besideModule(import.meta.url, "wsgi-thread");
    this.#pool = new WorkerPool({
      data,
      size: threads,
      start: (index, events) => startThread(entry, index, events),
      onCrash: (reason) => this.handleThreadCrash(reason),
    });
  }

  /** The application runs in the threads. */
  override getApp(): WSGIApplication {
    throw new Error("the application of this server runs in its threads");
  }

  override async runApplication(connection: ResponseConnection, environ: Environ): Promise<void> {
    const request = new ThreadedRequest(connection, environ);
    try {
      await request.run(this.#pool);
    } catch (error) {
      connection.closeConnection = true;
      if (request.bytesSent > 0) throw error;
      await new ServerHandler(connection, environ).run(failing(error));
    }
  }

  /** Starts the threads. */
  override async prepare(): Promise<void> {
    this.#started ??= this.#pool.start();
    await this.#started;
  }

  /** Starts the threads where `prepare` has not, then accepts. */
  override async serverActivate(): Promise<void> {
    await this.prepare();
    await super.serverActivate();
  }

  override async serverClose(): Promise<void> {
    await super.serverClose();
    await this.#pool.close(0);
  }

  /** A thread ended by itself, and another takes its place. The default logs it. */
  handleThreadCrash(reason: Error): void {
    this.logger.error(describeCrash(reason));
  }
}

function failing(error: unknown): WSGIApplication {
  return () => {
    throw error;
  };
}
