/**
 * WSGI servers for tests: an application in, log lines and reported errors out.
 */
import type { Body, ErrorStream, WSGIApplication } from "../../framework/wsgi.ts";
import type { LogDetails, ServerLogger } from "../../devserver/wsgiserver/server-logger.ts";
import { WSGIRequestHandler } from "../../devserver/wsgiserver/wsgi-request-handler.ts";
import { WSGIServer } from "../../devserver/wsgiserver/wsgi-server.ts";
import { exchange } from "./raw-client.ts";
import { type ParsedResponse, parseResponse } from "./http-responses.ts";
import { head } from "./request-heads.ts";
import { LOOPBACK } from "./stream-servers.ts";

/** Collects lines as `level message`. */
export class RecordingLogger implements ServerLogger {
  readonly lines: string[] = [];
  readonly details: (LogDetails | undefined)[] = [];

  info(message: string, details?: LogDetails): void {
    this.#record("info", message, details);
  }

  warn(message: string, details?: LogDetails): void {
    this.#record("warn", message, details);
  }

  error(message: string, details?: LogDetails): void {
    this.#record("error", message, details);
  }

  #record(level: string, message: string, details: LogDetails | undefined): void {
    this.lines.push(`${level} ${message}`);
    this.details.push(details);
  }
}

/** A server whose log lines and `wsgi.errors` are recorded. */
export class RecordingWSGIServer extends WSGIServer {
  static override readonly closeTimeout: number = 5000;
  override readonly logger: RecordingLogger;
  /** What was written to `wsgi.errors`. */
  readonly reported: string[];

  constructor() {
    const logger = new RecordingLogger();
    const reported: string[] = [];
    class Handler extends WSGIRequestHandler {
      override getStderr(): ErrorStream {
        return { write: (text) => void reported.push(text) };
      }
    }
    super(LOOPBACK, { logger, handlerClass: Handler });
    this.logger = logger;
    this.reported = reported;
  }

  get port(): number {
    return this.serverPort;
  }

  /** One request on a connection of its own; everything that comes back. */
  async ask(request: string): Promise<string> {
    return await exchange(this.port, request);
  }

  /** As `ask`, for a request with `Connection: close`; the one response. */
  async fetch(method: string = "GET", ...lines: readonly string[]): Promise<ParsedResponse> {
    const request = head(`${method} / HTTP/1.1`, "Host: x", "Connection: close", ...lines);
    return parseResponse(await this.ask(request), method);
  }
}

/** Starts a server of `application` on port 0 of the loopback. */
export async function serveWSGI(application: WSGIApplication): Promise<RecordingWSGIServer> {
  return await new RecordingWSGIServer().setApp(application).start();
}

/** An application that answers 200 with these headers and this body. */
export function answering(
  body: Body,
  headers: readonly (readonly [string, string])[] = [],
  status: string = "200 OK",
): WSGIApplication {
  return (_environ, startResponse) => {
    startResponse(status, headers);
    return body;
  };
}

export const bytes = (text: string): Buffer => Buffer.from(text, "latin1");

/** A body of these chunks, of unknown length; counts how often it is closed. */
export class CountedBody implements Iterable<Buffer> {
  closed = 0;
  readonly #chunks: () => Iterable<Buffer>;

  constructor(chunks: () => Iterable<Buffer>) {
    this.#chunks = chunks;
  }

  [Symbol.iterator](): Iterator<Buffer> {
    return this.#chunks()[Symbol.iterator]();
  }

  close(): void {
    this.closed += 1;
  }
}
