/**
 * HTTP over a connection: requests are read one after another, each goes to a method named after its own.
 *
 * Layer 2 (httpserver). Source: CPython http/server.py (`BaseHTTPRequestHandler`).
 * Units: time-outs in milliseconds, sizes in bytes.
 * Differs from Python: HTTP/1.1 by default, chunked bodies are decoded, errors found in the request line
 * have a status line, `doGET` instead of `do_GET`.
 */
import type { Socket } from "node:net";
import { HTTPRequestError } from "./http-error.ts";
import { HTTPHeaders } from "./http-headers.ts";
import { formatHttpDate, formatLogDate, oncePerSecond } from "./dates.ts";
import { errorPage } from "./error-page.ts";
import { frameRequest } from "./framing.ts";
import { HeadReader } from "./head-reader.ts";
import type { HTTPServer } from "./http-server.ts";
import { DEFAULT_LIMITS, type HTTPLimits } from "./limits.ts";
import { escapeForLog } from "./log-escape.ts";
import { RequestBody } from "./request-body.ts";
import type { RequestHead } from "./request-head.ts";
import { RequestLoop } from "./request-loop.ts";
import { phraseOf } from "./responses.ts";
import { StreamRequestHandler } from "../socketserver/request-handlers.ts";
import type { TCPAddress } from "../socketserver/tcp-server.ts";
import { TimeoutError } from "../socketserver/timeout-error.ts";

const httpDate = oncePerSecond(formatHttpDate);
const logDate = oncePerSecond(formatLogDate);

/** What every handler asks its server. */
interface ServerState {
  readonly isShuttingDown: boolean;
}

/**
 * Write `doGET`, `doPOST`, … in a subclass; each answers with `sendResponse`, `sendHeader`, `endHeaders`
 * and `wfile`. May be overridden: `logMessage` and the other log methods, `versionString`, `sendError`,
 * `handleExpect100`, `handleOneRequest`. Do not override `handle` and `readRequest`.
 */
export abstract class BaseHTTPRequestHandler<
  Server extends ServerState = HTTPServer,
> extends StreamRequestHandler<TCPAddress, Server> {
  /** Class attributes are read through this, so that a subclass can override them. */
  declare ["constructor"]: Pick<typeof BaseHTTPRequestHandler, keyof typeof BaseHTTPRequestHandler>;
  static readonly serverVersion: string = "BaseHTTP/0.1";
  static readonly sysVersion: string = `Node/${process.versions.node}`;
  static readonly limits: HTTPLimits = DEFAULT_LIMITS;
  /** A single read or write waits this long. */
  static override readonly timeout: number = 60_000;
  /** An idle connection is closed after this long, without a word. */
  static readonly keepAliveTimeout: number = 60_000;
  /** A request head must be whole this long after its first byte. Past it: 408. */
  static readonly headTimeout: number = 30_000;
  /** Most bytes of an unread request body that are read and dropped to save the connection. */
  static readonly drainLimit: number = 262_144;

  /** The method, any token. Empty while no request is being handled. */
  command = "";
  /** The request target; several slashes at its start are one. */
  path = "";
  requestVersion = "HTTP/0.9";
  /** The request line as sent. */
  requestLine = "";
  headers: HTTPHeaders = new HTTPHeaders();
  /** The request body. */
  body: RequestBody = new RequestBody(this.rfile, 0);
  /** No further request is read from this connection. */
  closeConnection = true;
  #address: string | undefined;
  #expectsContinue = false;
  #isAnswering = false;
  #headerBuffer: string[] = [];
  readonly #heads: HeadReader;

  constructor(request: Socket, clientAddress: TCPAddress, server: Server) {
    super(request, clientAddress, server);
    this.#heads = new HeadReader(this.rfile, this.constructor);
  }

  /** Settles when the connection is done with. */
  override handle(): Promise<void> {
    return new RequestLoop(this.#heads, this).run();
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
    if (typeof method === "function") await Reflect.apply(method, this, []);
    else await this.sendError(501, `Unsupported method ('${this.command}')`);
    await this.wfile.flush();
    await this.finishBody();
  }

  /** Reads the next request's head into this object. False when there is none, or when it was refused (and answered). */
  readRequest(): boolean | Promise<boolean> {
    this.command = "";
    this.requestLine = "";
    try {
      const head = this.#heads.next();
      if (head instanceof Promise) return head.then(this.#accept).catch(this.#refuse);
      return this.#accept(head);
    } catch (error) {
      return this.#refuse(error);
    }
  }

  /** Sends `100 Continue` when the body is about to be read. */
  handleExpect100(): void | Promise<void> {
    return this.wfile.write(Buffer.from("HTTP/1.1 100 Continue\r\n\r\n", "latin1"));
  }

  /** True while the client waits for a `100 Continue` that nobody has asked for: its body may never come. */
  get isContinuePending(): boolean {
    return this.#expectsContinue && !this.body.started;
  }

  /** A final answer is on its way: `100 Continue` must not follow it (RFC 9110 section 10.1.1). */
  beginAnswer(): void {
    this.#isAnswering = true;
  }

  /** Makes sure that the next request starts where this one's body ends. */
  protected finishBody(): void | Promise<void> {
    if (this.closeConnection || this.body.ended) return undefined;
    this.closeConnection = true;
    return this.isContinuePending ? undefined : this.#drainBody();
  }

  /** Answers with an error page and closes the connection. */
  async sendError(code: number, message: string = phraseOf(code)): Promise<void> {
    const page = errorPage(code, message);
    this.logError(`code ${code}, message ${message}`);
    this.sendResponse(code, message);
    this.sendHeader("Connection", "close");
    this.sendHeader("Content-Type", "text/html; charset=utf-8");
    this.sendHeader("Content-Length", String(page.byteLength));
    await this.endHeaders();
    if (this.command !== "HEAD") await this.wfile.write(page);
  }

  /** Starts a response: status line, `Server`, `Date`; and logs the request. */
  sendResponse(code: number, message: string = phraseOf(code)): void {
    this.logRequest(code);
    this.sendResponseOnly(code, message);
    this.sendHeader("Server", this.versionString());
    this.sendHeader("Date", this.dateTimeString());
  }

  /** Starts a response with its status line only. */
  sendResponseOnly(code: number, message: string = phraseOf(code)): void {
    if (code >= 200) this.beginAnswer();
    this.#headerBuffer.push(
      `HTTP/1.1 ${code} ${message.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, "?")}\r\n`,
    );
  }

  /** Adds a header. `Connection` also decides about the connection. Errors: `TypeError` for what could split the response. */
  sendHeader(name: string, value: string): void {
    if (/[^\t\x20-\x7e\x80-\xff]/.test(name + value))
      throw new TypeError(`the header ${JSON.stringify(`${name}: ${value}`)} cannot be sent`);
    this.#headerBuffer.push(`${name}: ${value}\r\n`);
    if (name.toLowerCase() === "connection")
      this.closeConnection = value.toLowerCase() !== "keep-alive";
  }

  /** Sends the headers. */
  async endHeaders(): Promise<void> {
    const head = `${this.#headerBuffer.join("")}\r\n`;
    this.#headerBuffer = [];
    if (this.requestVersion !== "HTTP/0.9" || this.command === "")
      await this.wfile.write(Buffer.from(head, "latin1"));
  }

  logRequest(code: number | "-" = "-", size: number | "-" = "-"): void {
    this.logMessage(`"${this.requestLine}" ${code} ${size}`);
  }

  logError(message: string): void {
    this.logMessage(message);
  }

  /** Writes a line to standard error; controls are escaped, so that no client can write lines of its own. */
  logMessage(message: string): void {
    process.stderr.write(
      `${this.addressString()} - - [${this.logDateTimeString()}] ${escapeForLog(message)}\n`,
    );
  }

  versionString(): string {
    const { serverVersion, sysVersion } = this.constructor;
    return `${serverVersion} ${sysVersion}`;
  }

  /** A time (now, unless given in milliseconds) as HTTP writes it. */
  dateTimeString(milliseconds?: number): string {
    return milliseconds === undefined ? httpDate(Date.now()) : formatHttpDate(milliseconds);
  }

  logDateTimeString(): string {
    return logDate(Date.now());
  }

  /** The client's address; IPv4 ones as such, also on a dual-stack socket. */
  addressString(): string {
    this.#address ??= this.clientAddress[0].replace(/^::ffff:(?=[0-9.]+$)/, "");
    return this.#address;
  }

  /** Closes the connection if it is idle; a request that has begun gets its answer. */
  override stop(): void {
    if (this.#heads.idle) this.rfile.end();
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
    return this.#isAnswering ? undefined : this.handleExpect100();
  }

  readonly #accept = (head: RequestHead | undefined): boolean => {
    if (head === undefined) return false;
    this.command = head.method;
    this.path = head.target.startsWith("//") ? head.target.replace(/^\/+/, "/") : head.target;
    this.requestVersion = head.version;
    this.requestLine = head.requestLine;
    this.headers = new HTTPHeaders(head.fields);
    const framing = frameRequest(head);
    this.closeConnection = !framing.keepAlive;
    this.#expectsContinue = framing.expectsContinue;
    this.#isAnswering = false;
    this.body = new RequestBody(
      this.rfile,
      framing.contentLength,
      framing.expectsContinue ? () => this.#sendContinue() : undefined,
    );
    return true;
  };

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
