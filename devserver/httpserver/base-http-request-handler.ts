/**
 * HTTP over a connection: requests are read one after another, each goes to a method named after its own.
 *
 * Layer 2 (httpserver). Source: CPython http/server.py (`BaseHTTPRequestHandler`).
 * Units: time-outs in milliseconds, sizes in bytes.
 * Differs from Python: HTTP/1.1 by default, chunked bodies are decoded, a bad or stalled body is answered with
 * its status, `doGET` instead of `do_GET`.
 */
import type { Socket } from "node:net";
import { HTTPRequestError } from "./http-error.ts";
import { HTTPHeaders } from "./http-headers.ts";
import type { HeadMemo } from "./head-memo.ts";
import { HeadReader } from "./head-reader.ts";
import { HTTPResponder } from "./http-responder.ts";
import type { ConnectionTaker, HTTPServer } from "./http-server.ts";
import { DEFAULT_LIMITS, type HTTPLimits } from "./limits.ts";
import { RequestBody } from "./request-body.ts";
import type { RequestHead } from "./request-head.ts";
import { RequestLoop } from "./request-loop.ts";
import type { TCPAddress } from "../socketserver/tcp-server.ts";
import { TimeoutError } from "../socketserver/timeout-error.ts";

const NO_HEADERS = new HTTPHeaders();

/** What every handler asks its server. */
interface ServerState {
  readonly isShuttingDown: boolean;
  /** Where connections go on when it shuts down; see `HTTPServer`. */
  readonly moveConnection?: ConnectionTaker | undefined;
  giveAway?(connection: Socket, unread: Buffer): void;
}

/**
 * Write `doGET`, `doPOST`, … in a subclass; each answers with `sendResponse`, `sendHeader`, `endHeaders`
 * and `wfile`. May be overridden: the static members, `parseRequest`, `handleExpect100`, `handleOneRequest`, `sendError`
 * and the other `send…` methods, `versionString`, `dateTimeString`, `logMessage` and the other log methods.
 * Do not override `handle`, `readRequest`, `beginAnswer` and `stop`. docs/server-stack.md has all of them in a table.
 */
export abstract class BaseHTTPRequestHandler<
  Server extends ServerState = HTTPServer,
> extends HTTPResponder<Server> {
  /** Class attributes are read through this, so that a subclass can override them. */
  declare ["constructor"]: Pick<typeof BaseHTTPRequestHandler, keyof typeof BaseHTTPRequestHandler>;
  /** What a request line without a version has: HTTP/0.9 is answered with a body alone. */
  static readonly defaultRequestVersion: string = "HTTP/0.9";
  /** What `headers` is made of. */
  static readonly messageClass: new (fields?: readonly string[]) => HTTPHeaders = HTTPHeaders;
  static readonly limits: HTTPLimits = DEFAULT_LIMITS;
  /** A single read or write waits this long. */
  static override readonly timeout: number = 60_000;
  /** An idle connection is closed after this long, without a word. */
  static readonly keepAliveTimeout: number = 60_000;
  /** A request head must be whole this long after its first byte. Past it: 408. */
  static readonly headTimeout: number = 30_000;
  /** Slowest request body, in bytes a second, once the client was waited for as long as `timeout`; 0 for none. Past it: 408. */
  static readonly minBodyRate: number = 500;
  /** Most bytes of an unread request body that are read and dropped to save the connection. */
  static readonly drainLimit: number = 262_144;

  /** The request target; several slashes at its start are one. */
  path = "";
  headers: HTTPHeaders = NO_HEADERS;
  /** The request body. */
  body: RequestBody = new RequestBody(this.rfile, 0);
  #expectsContinue = false;
  readonly #stopListeners: Set<() => void> = new Set<() => void>();
  /** The server shut down before the next request was there whole. */
  #wasWaiting = false;
  readonly #heads: HeadReader;

  constructor(request: Socket, clientAddress: TCPAddress, server: Server) {
    super(request, clientAddress, server);
    this.#heads = new HeadReader(this.rfile, this.constructor);
  }

  /** Settles when the connection is done with. */
  override handle(): Promise<void> {
    return new RequestLoop(this.#heads, this).run();
  }

  /** What is known of the last head on this connection. */
  protected get headMemo(): HeadMemo {
    return this.#heads.memo;
  }

  /** No further request is begun on this connection. */
  get isStopping(): boolean {
    return this.server.isShuttingDown;
  }

  /** Reads one request and answers it. Called when the first bytes of a request are there. */
  handleOneRequest(): void | Promise<void> {
    const read = this.readRequest();
    if (read === true) return this.respond();
    return read === false ? undefined : read.then((ok) => (ok ? this.respond() : undefined));
  }

  /** Answers the request that was read: calls `doGET` for a GET. */
  protected respond(): void | Promise<void> {
    return this.#dispatch();
  }

  async #dispatch(): Promise<void> {
    const method: unknown = Reflect.get(this, `do${this.command}`);
    if (typeof method === "function") {
      try {
        await Reflect.apply(method, this, []);
      } catch (error) {
        return await this.#answerFailure(error);
      }
    } else await this.sendError(501, `Unsupported method ('${this.command}')`);
    await this.wfile.flush();
    await this.finishBody();
  }

  /** A body that is bad or does not come is the client's fault; what else a method throws is the server's. */
  async #answerFailure(error: unknown): Promise<void> {
    const isTimeout = error instanceof TimeoutError;
    if (!isTimeout && !(error instanceof HTTPRequestError)) throw error;
    if (!this.isAnswering && !this.wfile.stalled) {
      await this.#refuse(error);
      return;
    }
    this.closeConnection = true;
    this.logError(isTimeout ? `Request timed out: ${error.message}` : error.message);
  }

  /** Reads the next request's head into this object. False when there is none, or when it was refused (and answered). */
  readRequest(): boolean | Promise<boolean> {
    this.command = "";
    this.requestLine = "";
    try {
      const head = this.#heads.next();
      if (head instanceof Promise) return head.then(this.#accept).catch(this.#refuse);
      const accepted = this.#accept(head);
      return accepted instanceof Promise ? accepted.catch(this.#refuse) : accepted;
    } catch (error) {
      return this.#refuse(error);
    }
  }

  /**
   * Takes over the head that was read: method, path, headers, body. True when the request is to be answered; false when
   * an override has answered it. Errors: `HTTPRequestError` for framing that is refused.
   */
  protected parseRequest(head: RequestHead): boolean | Promise<boolean> {
    const { defaultRequestVersion, messageClass } = this.constructor;
    this.command = head.method;
    this.path = head.target.startsWith("//") ? head.target.replace(/^\/+/, "/") : head.target;
    this.requestVersion = head.version === "HTTP/0.9" ? defaultRequestVersion : head.version;
    this.requestLine = head.requestLine;
    this.headers = new messageClass(head.fields);
    const framing = this.headMemo.frame(head);
    const isHTTP11 = this.protocolVersion === "HTTP/1.1";
    this.closeConnection = !(framing.keepAlive && isHTTP11);
    this.#expectsContinue = framing.expectsContinue && isHTTP11;
    this.isAnswering = false;
    this.body = new RequestBody(
      this.rfile,
      framing.contentLength,
      this.#expectsContinue ? () => this.#sendContinue() : undefined,
      this.constructor.minBodyRate,
    );
    return true;
  }

  /**
   * The client waits for leave to send its body, which is about to be read. The default sends `100 Continue`; an override
   * may throw `HTTPRequestError` (417, 413) instead, which is then the answer.
   */
  handleExpect100(): void | Promise<void> {
    return this.wfile.write(Buffer.from("HTTP/1.1 100 Continue\r\n\r\n", "latin1"));
  }

  /** True while the client waits for a `100 Continue` that nobody has asked for: its body may never come. */
  get isContinuePending(): boolean {
    return this.#expectsContinue && !this.body.started;
  }

  /** Makes sure that the next request starts where this one's body ends. */
  protected finishBody(): void | Promise<void> {
    if (this.closeConnection || this.body.ended) return undefined;
    this.closeConnection = true;
    return this.isContinuePending ? undefined : this.#drainBody();
  }

  /** Lets go of the last request's head: an idle connection may stay for long, and a head be large. */
  rest(): void {
    this.path = "";
    this.requestLine = "";
    this.headers = NO_HEADERS;
  }

  /** Lets go of the connection if it is idle; a request that has begun gets its answer. */
  override stop(): void {
    const { idle, isWaiting } = this.#heads;
    this.#wasWaiting = isWaiting && this.server.moveConnection !== undefined;
    if (idle || this.#wasWaiting) this.rfile.end();
    for (const listener of this.#stopListeners) listener();
  }

  /** Calls `listener` when the server shuts down, at the latest now if it does: for answers that would never end. */
  onStop(listener: () => void): Disposable {
    if (this.isStopping) listener();
    else this.#stopListeners.add(listener);
    return { [Symbol.dispose]: () => void this.#stopListeners.delete(listener) };
  }

  /** A connection that could go on does so wherever the server says. */
  override async finish(): Promise<void> {
    await super.finish();
    if (this.#canMove) this.server.giveAway?.(this.connection, this.rfile.detach());
  }

  get #canMove(): boolean {
    const { server, connection } = this;
    if (!server.isShuttingDown || server.moveConnection === undefined) return false;
    if (connection.destroyed || connection.readableEnded || connection.writableEnded) return false;
    return connection.writableLength === 0 && (this.#wasWaiting || !this.closeConnection);
  }

  async #drainBody(): Promise<void> {
    try {
      this.closeConnection = !(await this.body.drain(this.constructor.drainLimit));
    } catch (error) {
      // The answer is out already; all that a bad or broken body can still cost is the connection.
      this.logError(`request body: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #sendContinue(): void | Promise<void> {
    return this.isAnswering ? undefined : this.handleExpect100();
  }

  readonly #accept = (head: RequestHead | undefined): boolean | Promise<boolean> =>
    head !== undefined && this.parseRequest(head);

  readonly #refuse = async (error: unknown): Promise<boolean> => {
    this.closeConnection = true;
    if (error instanceof TimeoutError) {
      await this.sendError(408);
      return false;
    }
    if (!(error instanceof HTTPRequestError)) throw error;
    if (this.command === "") this.requestLine = error.requestLine;
    await this.sendError(error.status, error.message);
    return false;
  };
}
