/**
 * Runs an application for one request and sends what it answers.
 *
 * Layer 3 (wsgiserver). Source: PEP 3333; CPython wsgiref/handlers.py (`BaseHandler`); Django
 * core/servers/basehttp.py (`ServerHandler`).
 * Differs from them: unknown length is sent chunked on HTTP/1.1; headers leave with the first non-empty
 * chunk (as PEP 3333 says and wsgiref does not); a body shorter or longer than its `Content-Length` is
 * noticed; header values that could split the response are refused in `startResponse`.
 */
import { inspect } from "node:util";
import type {
  Body,
  Chunk,
  Environ,
  FileWrapper as MakeFileWrapper,
  HeaderList,
  Write,
  WSGIApplication,
} from "../../framework/wsgi.ts";
import { HTTPRequestError } from "../httpserver/http-error.ts";
import { phraseOf } from "../httpserver/responses.ts";
import { BrokenPipeError, isBrokenPipeError } from "../socketserver/stream-writer.ts";
import { TimeoutError } from "../socketserver/timeout-error.ts";
import { sendBody, singleChunkLength } from "./body-sender.ts";
import { type ResponseConnection, ResponseWriter } from "./response-writer.ts";
import { fileWrapper, FileWrapper } from "./file-wrapper.ts";
import { formatFields, formatPreamble, isEventStream } from "./response-head.ts";
import { checkHeaders, checkStatus } from "./start-response-checks.ts";

const EMPTY: readonly Chunk[] = [];

/**
 * One instance per request. For the caller: `run`. `WSGIServer.serverHandlerClass` is where a subclass goes.
 * May be overridden: the static members, `setupEnviron`, `cleanupHeaders`, `setContentLength`, `resultIsFile`, `sendfile`,
 * `errorOutput`, `logException`. May be extended (call `super`): `startResponse`, `write`, `sendHeaders`, `sendPreamble`,
 * `finishResponse`, `finishContent`, `handleError`, `close`. Do not override `run`.
 */
export class ServerHandler {
  /** Class attributes are read through this, so that a subclass can override them. */
  declare ["constructor"]: Pick<typeof ServerHandler, keyof typeof ServerHandler>;
  /** `wsgi.file_wrapper`; `undefined` to offer none. */
  static readonly wsgiFileWrapper: MakeFileWrapper | undefined = fileWrapper;
  static readonly errorStatus: string = "500 Internal Server Error";
  static readonly errorHeaders: HeaderList = [["Content-Type", "text/plain"]];
  static readonly errorBody: string = "A server error occurred.  Please contact the administrator.";
  readonly environ: Environ;
  /** The connection that is answered on. */
  readonly requestHandler: ResponseConnection;
  /** What `startResponse` was told; `undefined` before. */
  status: string | undefined;
  headers: HeaderList = [];
  /** What the application returned. */
  result: Body | undefined;
  readonly #writer: ResponseWriter;
  /** Of the first piece of the body, once there is one. */
  #firstLength: number | undefined;
  /** What waits to leave with the first piece. */
  #head = "";

  constructor(requestHandler: ResponseConnection, environ: Environ) {
    this.requestHandler = requestHandler;
    this.environ = environ;
    this.#writer = new ResponseWriter(requestHandler, this);
  }

  /** Body bytes sent, without chunked framing. */
  get bytesSent(): number {
    return this.#writer.bytesSent;
  }

  get headersSent(): boolean {
    return this.#writer.headersSent;
  }

  /**
   * Calls the application, sends its answer, closes its body: once, in every outcome. Returns a promise only when
   * something had to be waited for; it rejects only when the client has gone.
   */
  run(application: WSGIApplication): void | Promise<void> {
    let sending: void | Promise<void>;
    try {
      this.setupEnviron();
      const result = application(this.environ, (status, headers, error) =>
        this.startResponse(status, headers, error),
      );
      sending = result instanceof Promise ? this.#awaitResult(result) : this.#takeResult(result);
    } catch (error) {
      return this.#recover(error);
    }
    return sending === undefined ? this.close() : this.#finishLater(sending);
  }

  /** Last changes to the environ before the application sees it. The default adds `wsgi.file_wrapper`. */
  setupEnviron(): void {
    const { wsgiFileWrapper } = this.constructor;
    if (wsgiFileWrapper !== undefined) this.environ["wsgi.file_wrapper"] = wsgiFileWrapper;
  }

  /** The `startResponse` of PEP 3333. */
  startResponse(status: string, headers: HeaderList, error?: unknown): Write {
    if (error !== undefined && this.headersSent) throw error;
    if (error === undefined && this.status !== undefined)
      throw new Error("startResponse() was called twice; the second call needs an error");
    checkStatus(status);
    checkHeaders(headers);
    this.status = status;
    this.headers = headers;
    return (data) => this.write(data);
  }

  /** Sends a piece of the body, and before the first non-empty one the headers. */
  write(data: Chunk): void | Promise<void> {
    if (!(data instanceof Uint8Array))
      throw new TypeError(`a response body consists of bytes (Uint8Array); found ${inspect(data)}`);
    if (this.status === undefined) throw new Error("write() before startResponse()");
    if (data.byteLength === 0) return undefined;
    return this.#writer.send(this.headersSent ? "" : this.#takeHead(data.byteLength), data);
  }

  /** Decides how the response is framed, and puts its head together, which leaves with the first piece of the body. */
  sendHeaders(): void {
    const length = this.cleanupHeaders();
    const { headers } = this;
    const plan = this.#writer.start(this.status ?? "", headers, length);
    this.#head = this.clientIsModern() ? this.sendPreamble() + formatFields(headers, plan) : "";
  }

  /** Last changes to `status` and `headers`. Returns the length of the whole body where it is known. */
  cleanupHeaders(): number | undefined {
    return this.setContentLength();
  }

  /** The `Content-Length` to add where the application gave none: that of an empty body, or of an array of one chunk. */
  setContentLength(): number | undefined {
    const first = this.#firstLength;
    return first === 0 || singleChunkLength(this.result) === first ? first : undefined;
  }

  /** The start of the head: status line, `Date`, `Server`. */
  sendPreamble(): string {
    return formatPreamble(this.status ?? "", this.headers, this.requestHandler);
  }

  /** False for HTTP/0.9, which has no head. */
  clientIsModern(): boolean {
    return this.requestHandler.requestVersion !== "HTTP/0.9";
  }

  /** Sends the whole body, then whatever ends it. */
  finishResponse(): void | Promise<void> {
    const { result } = this;
    if (result === undefined || result === null) {
      throw new TypeError(`the application returned ${String(result)} instead of a body`);
    }
    // An application may call startResponse only when its first chunk is asked for, also for HEAD.
    if (this.#writer.isHead && this.status !== undefined) return this.finishContent();
    const sent = this.resultIsFile() && this.sendfile();
    if (sent instanceof Promise)
      return sent.then((done) => (done ? this.finishContent() : this.#sendResult(result)));
    return sent ? this.finishContent() : this.#sendResult(result);
  }

  /** Whether the application returned what `wsgi.file_wrapper` made. */
  resultIsFile(): boolean {
    return this.result instanceof FileWrapper;
  }

  /**
   * Sends `result`, a file, in a better way than piece by piece, and says whether it has. The default has none: Node
   * has no `sendfile`. What an override sends goes through `write`.
   */
  sendfile(): boolean | Promise<boolean> {
    return false;
  }

  /** What ends a body: the headers if nothing has sent them yet, the last chunk, a look at the length. */
  finishContent(): void | Promise<void> {
    if (this.status === undefined) {
      throw new Error("the application returned without calling startResponse()");
    }
    return this.headersSent ? this.#writer.end() : this.#sendHeadAlone();
  }

  /** Reports the error; answers with 500 while that is still possible, otherwise breaks off. */
  async handleError(error: unknown): Promise<void> {
    this.logException(error);
    if (this.headersSent) return;
    await this.#closeResult();
    this.status = undefined;
    this.result = this.errorOutput(error);
    await this.finishResponse();
  }

  /** The answer to a request whose application failed, or whose body was bad. Calls `startResponse`, returns a body. */
  errorOutput(error: unknown): Body {
    const { errorStatus, errorHeaders, errorBody } = this.constructor;
    if (error instanceof HTTPRequestError || error instanceof TimeoutError) {
      const phrase = phraseOf(error.status);
      this.startResponse(`${error.status} ${phrase}`, errorHeaders);
      return [Buffer.from(phrase)];
    }
    this.startResponse(errorStatus, errorHeaders);
    return [Buffer.from(errorBody)];
  }

  /** Writes the error to `wsgi.errors`. */
  logException(error: unknown): void {
    this.environ["wsgi.errors"].write(`${inspect(error)}\n`);
  }

  /** Logs the request and closes the body. */
  close(): void | Promise<void> {
    if (this.headersSent && this.environ["minorswing.unlogged"] !== true) {
      this.requestHandler.logRequest(Number(this.status?.slice(0, 3)), this.bytesSent);
    }
    return this.#closeResult();
  }

  /** A view may fail with the broken pipe of another connection, its database's say: that is an error like any other. */
  #isClientGone(error: unknown): boolean {
    if (!isBrokenPipeError(error)) return false;
    return error instanceof BrokenPipeError || this.requestHandler.wfile.closed;
  }

  #takeResult(result: Body): void | Promise<void> {
    this.result = result;
    return this.finishResponse();
  }

  async #awaitResult(result: Promise<Body>): Promise<void> {
    await this.#takeResult(await result);
  }

  async #finishLater(sending: Promise<void>): Promise<void> {
    try {
      await sending;
    } catch (error) {
      await this.#recover(error);
      return;
    }
    await this.close();
  }

  async #recover(error: unknown): Promise<void> {
    this.requestHandler.closeConnection = true;
    try {
      if (!this.#isClientGone(error)) await this.handleError(error);
      // That nobody listens any more to what is not logged is no news either.
      else if (this.environ["minorswing.unlogged"] !== true) throw error;
    } finally {
      await this.close();
    }
  }

  #sendResult(result: Body): void | Promise<void> {
    const { requestHandler } = this;
    // Other answers end by themselves; one of these would hold up a server that wants to stop for as long as it may.
    const stopper =
      !Array.isArray(result) && isEventStream(this.headers) ? requestHandler : undefined;
    const waiting = sendBody(result, this, this.#writer, requestHandler.wfile, stopper);
    return waiting === undefined ? this.finishContent() : this.#finishAfter(waiting);
  }

  async #finishAfter(waiting: Promise<void>): Promise<void> {
    await waiting;
    await this.finishContent();
  }

  /** An empty body, or the answer to a HEAD request. */
  #sendHeadAlone(): void | Promise<void> {
    const { isHead } = this.#writer;
    const head = this.#takeHead(isHead ? singleChunkLength(this.result) : 0);
    const waiting = this.#writer.sendHead(head);
    if (isHead) return waiting;
    return waiting === undefined ? this.#writer.end() : waiting.then(() => this.#writer.end());
  }

  /** The head, to be sent. `firstLength` is the size of the first chunk, where there is one. */
  #takeHead(firstLength: number | undefined): string {
    this.#firstLength = firstLength;
    this.sendHeaders();
    const head = this.#head;
    this.#head = "";
    return head;
  }

  /** A body that fails to close is logged: the answer is out, and stays what it is. */
  #closeResult(): void | Promise<void> {
    const result = this.result;
    this.result = EMPTY;
    try {
      const closing = result?.close?.();
      return closing?.catch((error: unknown) => this.logException(error));
    } catch (error) {
      this.logException(error);
      return undefined;
    }
  }
}
