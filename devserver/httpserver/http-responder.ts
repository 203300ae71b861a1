/**
 * The answering half of an HTTP request handler: status lines, headers, error pages, log lines.
 *
 * Layer 2 (httpserver). Source: CPython http/server.py (`BaseHTTPRequestHandler`, of which this is a part).
 * Differs from Python: log methods take a finished text, no `printf` arguments; a header that could split the
 * response is refused; errors found in the request line have a status line.
 */
import { formatHttpDate, formatLogDate, oncePerSecond } from "./dates.ts";
import { DEFAULT_ERROR_CONTENT_TYPE, DEFAULT_ERROR_MESSAGE, errorPage } from "./error-page.ts";
import { escapeForLog } from "./log-escape.ts";
import { explanationOf, phraseOf, RESPONSES, type Responses } from "./responses.ts";
import { coarseNow } from "../socketserver/coarse-clock.ts";
import { StreamRequestHandler } from "../socketserver/request-handlers.ts";
import type { TCPAddress } from "../socketserver/tcp-server.ts";

const httpDate = oncePerSecond(formatHttpDate);
const logDate = oncePerSecond(formatLogDate);

/** What a server speaks. HTTP/1.0 closes the connection after each answer, and never sends chunks. */
export type ProtocolVersion = "HTTP/1.0" | "HTTP/1.1";

/** The class to extend is `BaseHTTPRequestHandler`, which says what may be overridden. */
export abstract class HTTPResponder<Server> extends StreamRequestHandler<TCPAddress, Server> {
  /** Class attributes are read through this, so that a subclass can override them. */
  declare ["constructor"]: Pick<typeof HTTPResponder, keyof typeof HTTPResponder>;
  /** Begins the `Server` header. */
  static readonly serverVersion: string = "BaseHTTP/0.1";
  /** Ends the `Server` header. */
  static readonly sysVersion: string = `Node/${process.versions.node}`;
  static readonly protocolVersion: ProtocolVersion = "HTTP/1.1";
  /** The page of `sendError`; `%(code)d`, `%(message)s` and `%(explain)s` are filled in, escaped for HTML. */
  static readonly errorMessageFormat: string = DEFAULT_ERROR_MESSAGE;
  static readonly errorContentType: string = DEFAULT_ERROR_CONTENT_TYPE;
  /** Phrase and sentence of each status. */
  static readonly responses: Responses = RESPONSES;

  /** The method, any token. Empty while no request is being handled. */
  command = "";
  requestVersion = "HTTP/0.9";
  /** The request line as sent. */
  requestLine = "";
  /** No further request is read from this connection. */
  closeConnection = true;
  /** Whether a final answer to the current request has begun. */
  protected isAnswering = false;
  #headerBuffer: string[] = [];
  #address: string | undefined;
  #version: string | undefined;

  /** A final answer is on its way: `100 Continue` must not follow it (RFC 9110 section 10.1.1). */
  beginAnswer(): void {
    this.isAnswering = true;
  }

  /** What the server speaks. */
  get protocolVersion(): ProtocolVersion {
    return this.constructor.protocolVersion;
  }

  /** Answers with an error page and closes the connection. `message` and `explain` default to what `responses` says. */
  async sendError(code: number, message?: string, explain?: string): Promise<void> {
    const { responses, errorMessageFormat, errorContentType } = this.constructor;
    const phrase = message ?? phraseOf(code, responses);
    this.logError(`code ${code}, message ${phrase}`);
    this.sendResponse(code, phrase);
    this.sendHeader("Connection", "close");
    if (code < 200 || code === 204 || code === 205 || code === 304) return await this.endHeaders();
    const details = { code, message: phrase, explain: explain ?? explanationOf(code, responses) };
    const page = errorPage(details, errorMessageFormat);
    this.sendHeader("Content-Type", errorContentType);
    this.sendHeader("Content-Length", String(page.byteLength));
    await this.endHeaders();
    if (this.command !== "HEAD") await this.wfile.write(page);
  }

  /** Starts a response: status line, `Server`, `Date`; and logs the request. */
  sendResponse(code: number, message?: string): void {
    this.logRequest(code);
    this.sendResponseOnly(code, message);
    this.sendHeader("Server", this.versionString());
    this.sendHeader("Date", this.dateTimeString());
  }

  /** Starts a response with its status line only. */
  sendResponseOnly(code: number, message?: string): void {
    if (code >= 200) this.beginAnswer();
    const phrase = message ?? phraseOf(code, this.constructor.responses);
    this.#headerBuffer.push(
      `${this.protocolVersion} ${code} ${phrase.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, "?")}\r\n`,
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

  /** Ends the headers and sends them. */
  async endHeaders(): Promise<void> {
    this.#headerBuffer.push("\r\n");
    await this.flushHeaders();
  }

  /** Sends what `sendResponse` and `sendHeader` have collected, in one write; to an HTTP/0.9 client nothing. */
  flushHeaders(): void | Promise<void> {
    const head = this.#headerBuffer.join("");
    this.#headerBuffer = [];
    if (this.requestVersion === "HTTP/0.9" && this.command !== "") return undefined;
    return head === "" ? undefined : this.wfile.write(Buffer.from(head, "latin1"));
  }

  /** Logs a request that is answered. */
  logRequest(code: number | "-" = "-", size: number | "-" = "-"): void {
    this.logMessage(`"${this.requestLine}" ${code} ${size}`);
  }

  /** Logs what went wrong. */
  logError(message: string): void {
    this.logMessage(message);
  }

  /** Writes a line to standard error; controls are escaped, so that no client can write lines of its own. */
  logMessage(message: string): void {
    process.stderr.write(
      `${this.addressString()} - - [${this.logDateTimeString()}] ${escapeForLog(message)}\n`,
    );
  }

  /** The `Server` header. */
  versionString(): string {
    if (this.#version === undefined) {
      const { serverVersion, sysVersion } = this.constructor;
      this.#version = `${serverVersion} ${sysVersion}`;
    }
    return this.#version;
  }

  /** A time (now, unless given in milliseconds) as HTTP writes it. */
  dateTimeString(milliseconds?: number): string {
    return milliseconds === undefined ? httpDate(coarseNow()) : formatHttpDate(milliseconds);
  }

  /** Now, in local time, for log lines. */
  logDateTimeString(): string {
    return logDate(coarseNow());
  }

  /** The client's address; IPv4 ones as such, also on a dual-stack socket. */
  addressString(): string {
    this.#address ??= this.clientAddress[0].replace(/^::ffff:(?=[0-9.]+$)/, "");
    return this.#address;
  }
}
