/**
 * HTTP requests on their way into a WSGI application.
 *
 * Layer 3 (wsgiserver). Source: CPython wsgiref/simple_server.py (`WSGIRequestHandler`); Django
 * core/servers/basehttp.py, whose log lines, levels and texts it has.
 */
import type { Environ, ErrorStream } from "../../framework/wsgi.ts";
import { BaseHTTPRequestHandler } from "../httpserver/base-http-request-handler.ts";
import { escapeForLog } from "../httpserver/log-escape.ts";
import { addHeaders, splitTarget } from "./environ.ts";
import { fileWrapper } from "./file-wrapper.ts";
import type { ResponseConnection } from "./response-writer.ts";
import type { ServerLogger } from "./server-logger.ts";

const WSGI_VERSION = [1, 0] as const;
const HTTPS_HINT = "You're accessing the development server over HTTPS, but it only supports HTTP.";

/** What this handler asks its server; `WSGIServer` is one. */
export interface WSGIGateway {
  readonly isShuttingDown: boolean;
  readonly logger: ServerLogger;
  readonly baseEnviron: Pick<
    Environ,
    "SERVER_NAME" | "SERVER_PORT" | "SCRIPT_NAME" | "wsgi.multithread" | "wsgi.multiprocess"
  >;
  /** Runs the application for one request and sends its answer. Returns a promise only when something has to be waited for. */
  runApplication(connection: ResponseConnection, environ: Environ): void | Promise<void>;
}

/** May be overridden: `getEnviron`, `getStderr`, and what `BaseHTTPRequestHandler` names. */
export class WSGIRequestHandler extends BaseHTTPRequestHandler<WSGIGateway> {
  static override readonly serverVersion: string = "WSGIServer/0.1";

  /** Runs the application. */
  protected override respond(): void | Promise<void> {
    if (this.server.isShuttingDown) this.closeConnection = true;
    const running = this.server.runApplication(this, this.getEnviron());
    return running === undefined ? this.finishBody() : running.then(() => this.finishBody());
  }

  /** The environ of the request that was just read. */
  getEnviron(): Environ {
    const base = this.server.baseEnviron;
    const target = splitTarget(this.path);
    const environ: Environ = {
      REQUEST_METHOD: this.command,
      SCRIPT_NAME: base.SCRIPT_NAME,
      PATH_INFO: target.path,
      QUERY_STRING: target.query,
      SERVER_NAME: base.SERVER_NAME,
      SERVER_PORT: base.SERVER_PORT,
      SERVER_PROTOCOL: this.requestVersion,
      REMOTE_ADDR: this.addressString(),
      "wsgi.version": WSGI_VERSION,
      "wsgi.url_scheme": "http",
      "wsgi.input": this.body,
      "wsgi.input_terminated": true,
      "wsgi.errors": this.getStderr(),
      "wsgi.multithread": base["wsgi.multithread"],
      "wsgi.multiprocess": base["wsgi.multiprocess"],
      "wsgi.run_once": false,
      "wsgi.file_wrapper": fileWrapper,
      "minorswing.client": this.wfile,
    };
    addHeaders(environ, this.headers.fields);
    if (target.host !== undefined) environ.HTTP_HOST = target.host;
    return environ;
  }

  /** Where an application's messages go. */
  getStderr(): ErrorStream {
    return process.stderr;
  }

  override logRequest(code: number | "-" = "-", size: number | "-" = "-"): void {
    const message = `"${escapeForLog(this.requestLine)}" ${code} ${size}`;
    const { logger } = this.server;
    if (typeof code !== "number") logger.info(message);
    else if (code >= 500) logger.error(message, { statusCode: code });
    else if (code >= 400) this.#logClientError(message, code);
    else logger.info(message, { statusCode: code });
  }

  override logMessage(message: string): void {
    this.server.logger.info(escapeForLog(message));
  }

  #logClientError(message: string, code: number): void {
    const { logger } = this.server;
    // The first bytes of a TLS handshake (RFC 8446 section 5.1).
    if (this.requestLine.startsWith("\x16\x03")) logger.error(HTTPS_HINT, { statusCode: 500 });
    else logger.warn(message, { statusCode: code });
  }
}
