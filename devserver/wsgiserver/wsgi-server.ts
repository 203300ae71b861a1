/**
 * An HTTP server that runs a WSGI application.
 *
 * Layer 3 (wsgiserver). Source: CPython wsgiref/simple_server.py (`WSGIServer`); Django core/servers/basehttp.py.
 */
import type { Socket } from "node:net";
import type { Environ, WSGIApplication } from "../../framework/wsgi.ts";
import { HTTPServer } from "../httpserver/http-server.ts";
import { isBrokenPipeError } from "../socketserver/stream-writer.ts";
import type { ListenTarget, TCPAddress } from "../socketserver/tcp-server.ts";
import type { ResponseConnection } from "./response-writer.ts";
import { ServerHandler } from "./server-handler.ts";
import { type ServerLogger, StreamLogger } from "./server-logger.ts";
import { type BaseEnviron, WSGIRequestHandler } from "./wsgi-request-handler.ts";

export interface WSGIServerOptions {
  /** Where access lines and the server's own messages go. @default standard error */
  readonly logger?: ServerLogger;
  /** What handles connections. @default WSGIRequestHandler */
  readonly handlerClass?: typeof WSGIRequestHandler;
  /** Other processes run the same application at the same time. @default false */
  readonly multiprocess?: boolean;
}

/** May be overridden: `serverHandlerClass`, `setupEnviron`, `getApp`, `runApplication`, and what `HTTPServer` and `TCPServer` name. */
export class WSGIServer extends HTTPServer {
  /** Class attributes are read through this, so that a subclass can override them. */
  declare ["constructor"]: Pick<typeof WSGIServer, keyof typeof WSGIServer>;
  /** What runs the application for each request. */
  static readonly serverHandlerClass: typeof ServerHandler = ServerHandler;
  readonly logger: ServerLogger;
  /** Other threads of this process run the same application at the same time. */
  readonly multithread: boolean = false;
  readonly multiprocess: boolean;
  #application: WSGIApplication | undefined;
  #baseEnviron: BaseEnviron | undefined;

  constructor(target: ListenTarget, options: WSGIServerOptions = {}) {
    super(target, options.handlerClass ?? WSGIRequestHandler);
    this.multiprocess = options.multiprocess ?? false;
    this.logger = options.logger ?? new StreamLogger(process.stderr);
  }

  getApp(): WSGIApplication {
    if (this.#application === undefined)
      throw new Error("the server has no application: call setApp() first");
    return this.#application;
  }

  setApp(application: WSGIApplication): this {
    this.#application = application;
    return this;
  }

  /** Does ahead what takes long, so that `serverActivate` has less to do. The default has nothing to do. */
  prepare(): void | Promise<void> {}

  /** Runs the application for one request and sends its answer. Returns a promise only when something has to be waited for. */
  runApplication(connection: ResponseConnection, environ: Environ): void | Promise<void> {
    return new this.constructor.serverHandlerClass(connection, environ).run(this.getApp());
  }

  /** What is the same in the environ of every request: what `setupEnviron` made. */
  get baseEnviron(): BaseEnviron {
    this.#baseEnviron ??= this.setupEnviron();
    return this.#baseEnviron;
  }

  /** Makes `baseEnviron`, once, when the address is known. An override may add keys; they go into every environ. */
  setupEnviron(): BaseEnviron {
    return {
      SERVER_NAME: this.serverName,
      SERVER_PORT: String(this.serverPort),
      SCRIPT_NAME: "",
      "wsgi.multithread": this.multithread,
      "wsgi.multiprocess": this.multiprocess,
    };
  }

  /** A client that has gone is one line, and no traceback. */
  override handleError(request: Socket, clientAddress: TCPAddress, error: unknown): void {
    if (isBrokenPipeError(error))
      this.logger.info(`- Broken pipe from ('${clientAddress[0]}', ${clientAddress[1]})`);
    else super.handleError(request, clientAddress, error);
  }
}
