/**
 * HTTP requests on their way into a WSGI application.
 *
 * Layer 3 (wsgiserver). Source: CPython wsgiref/simple_server.py (`WSGIRequestHandler`); Django
 * core/servers/basehttp.py, whose log lines, levels and texts it has.
 */
import type { Environ, ErrorStream, InputStream } from "../../framework/wsgi.ts";
import { BaseHTTPRequestHandler } from "../httpserver/base-http-request-handler.ts";
import type { ConnectionTaker } from "../httpserver/http-server.ts";
import { escapeBytesForLog } from "../httpserver/log-escape.ts";
import { addHeaders, splitTarget } from "./environ.ts";
import type { ResponseConnection } from "./response-writer.ts";
import type { ServerLogger } from "./server-logger.ts";

const WSGI_VERSION = [1, 0] as const;
/** Getting at `process.stderr` costs more than one would think, and most requests have nothing to say. */
const STDERR: ErrorStream = { write: (text) => void process.stderr.write(text) };
const HTTPS_HINT = "You're accessing the development server over HTTPS, but it only supports HTTP.";

/** What is the same in the environ of every request; whatever else a server knows goes along. */
export interface BaseEnviron {
  readonly SERVER_NAME: string;
  readonly SERVER_PORT: string;
  readonly SCRIPT_NAME: string;
  readonly "wsgi.multithread": boolean;
  readonly "wsgi.multiprocess": boolean;
  readonly [extension: string]: unknown;
}

/** What this handler asks its server; `WSGIServer` is one. */
export interface WSGIGateway {
  readonly isShuttingDown: boolean;
  /** Where connections go on when the server shuts down. */
  readonly moveConnection?: ConnectionTaker | undefined;
  readonly logger: ServerLogger;
  readonly baseEnviron: BaseEnviron;
  /** Runs the application for one request and sends its answer. Returns a promise only when something has to be waited for. */
  runApplication(connection: ResponseConnection, environ: Environ): void | Promise<void>;
}

/**
 * May be overridden: `getEnviron`, `getScheme`, `getStdin`, `getStderr`, and what
 * `BaseHTTPRequestHandler` names.
 */
export class WSGIRequestHandler extends BaseHTTPRequestHandler<WSGIGateway> {
  declare ["constructor"]: Pick<typeof WSGIRequestHandler, keyof typeof WSGIRequestHandler>;
  static override readonly serverVersion: string = "WSGIServer/0.1";
  /** What the server's environ has beyond the usual, for the life of the connection. */
  #extensions: readonly (readonly [key: string, value: unknown])[] | undefined;

  /** Runs the application. */
  protected override respond(): void | Promise<void> {
    const { isShuttingDown, moveConnection } = this.server;
    if (isShuttingDown && moveConnection === undefined) this.closeConnection = true;
    const running = this.server.runApplication(this, this.getEnviron());
    return running === undefined ? this.finishBody() : running.then(() => this.finishBody());
  }

  /** The environ of the request that was just read. */
  getEnviron(): Environ {
    const target = splitTarget(this.path);
    const environ = { ...this.#environTemplate() };
    environ.REQUEST_METHOD = this.command;
    environ.PATH_INFO = target.path;
    environ.QUERY_STRING = target.query;
    environ.SERVER_PROTOCOL = this.requestVersion;
    environ["wsgi.url_scheme"] = this.getScheme();
    environ["wsgi.input"] = this.getStdin();
    environ["wsgi.errors"] = this.getStderr();
    if (target.host !== undefined) environ.HTTP_HOST = target.host;
    return environ;
  }

  /** An environ with everything that requests with the same header fields share. */
  #environTemplate(): Environ {
    const { fields } = this.headers;
    const { headMemo } = this;
    if (headMemo.holds(fields) && headMemo.derived !== undefined) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the only thing that is ever put there, see below
      return headMemo.derived as Environ;
    }
    const template = this.#makeEnviron(fields);
    if (headMemo.holds(fields)) headMemo.derived = template;
    return template;
  }

  #makeEnviron(fields: readonly string[]): Environ {
    const base = this.server.baseEnviron;
    const environ: Environ = {
      REQUEST_METHOD: "",
      SCRIPT_NAME: base.SCRIPT_NAME,
      PATH_INFO: "",
      QUERY_STRING: "",
      SERVER_NAME: base.SERVER_NAME,
      SERVER_PORT: base.SERVER_PORT,
      SERVER_PROTOCOL: "",
      SERVER_SOFTWARE: this.constructor.serverVersion,
      REMOTE_ADDR: this.addressString(),
      "wsgi.version": WSGI_VERSION,
      "wsgi.url_scheme": "http",
      "wsgi.input": this.body,
      "wsgi.input_terminated": true,
      "wsgi.errors": STDERR,
      "wsgi.multithread": base["wsgi.multithread"],
      "wsgi.multiprocess": base["wsgi.multiprocess"],
      "wsgi.run_once": false,
      "minorswing.client": this.wfile,
    };
    addHeaders(environ, fields);
    this.#extensions ??= extensionsOf(base);
    for (const [key, value] of this.#extensions) environ[key] = value;
    return environ;
  }

  /** `wsgi.url_scheme`. An override for a server that speaks TLS, or stands behind one that does. */
  getScheme(): "http" | "https" {
    return "http";
  }

  /** `wsgi.input`: the request body. */
  getStdin(): InputStream {
    return this.body;
  }

  /** Where an application's messages go. */
  getStderr(): ErrorStream {
    return STDERR;
  }

  override logRequest(code: number | "-" = "-", size: number | "-" = "-"): void {
    const message = accessMessage(this.requestLine, code, size);
    const { logger } = this.server;
    if (typeof code !== "number") logger.info(message);
    else if (code >= 500) logger.error(message, { statusCode: code });
    else if (code >= 400) this.#logClientError(message, code);
    else logger.info(message, { statusCode: code });
  }

  override logMessage(message: string): void {
    this.server.logger.info(escapeBytesForLog(message));
  }

  #logClientError(message: string, code: number): void {
    const { logger } = this.server;
    // The first bytes of a TLS handshake (RFC 8446 section 5.1).
    if (this.requestLine.startsWith("\x16\x03")) logger.error(HTTPS_HINT, { statusCode: 500 });
    else logger.warn(message, { statusCode: code });
  }
}

/** The last one: under load many in a row are the same. */
const last: { line: string; code: number | "-"; size: number | "-"; message: string } = {
  line: "",
  code: "-",
  size: "-",
  message: '"" - -',
};

function accessMessage(line: string, code: number | "-", size: number | "-"): string {
  if (code !== last.code || size !== last.size || line !== last.line) {
    Object.assign(last, {
      line,
      code,
      size,
      message: `"${escapeBytesForLog(line)}" ${code} ${size}`,
    });
  }
  return last.message;
}

const USUAL_KEYS = new Set([
  "SERVER_NAME",
  "SERVER_PORT",
  "SCRIPT_NAME",
  "wsgi.multithread",
  "wsgi.multiprocess",
]);

function extensionsOf(base: BaseEnviron): (readonly [key: string, value: unknown])[] {
  return Object.entries(base).filter(([key]) => !USUAL_KEYS.has(key));
}
