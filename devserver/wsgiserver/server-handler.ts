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
  HeaderList,
  Write,
  WSGIApplication,
} from "../../framework/wsgi.ts";
import { HTTPRequestError } from "../httpserver/http-error.ts";
import { phraseOf } from "../httpserver/responses.ts";
import { BrokenPipeError, isBrokenPipeError } from "../socketserver/stream-writer.ts";
import { TimeoutError } from "../socketserver/timeout-error.ts";
import { untilGone } from "./until-gone.ts";
import { type ResponseConnection, ResponseWriter } from "./response-writer.ts";
import { checkHeaders, checkStatus } from "./start-response-checks.ts";

const EMPTY: readonly Chunk[] = [];

/**
 * One instance per request. For the caller: `run`. May be overridden: `logException`, `errorOutput`, `close`.
 */
export class ServerHandler {
  /** Class attributes are read through this, so that a subclass can override them. */
  declare ["constructor"]: Pick<typeof ServerHandler, keyof typeof ServerHandler>;
  static readonly errorStatus: string = "500 Internal Server Error";
  static readonly errorBody: string = "A server error occurred.  Please contact the administrator.";
  readonly environ: Environ;
  readonly #connection: ResponseConnection;
  readonly #writer: ResponseWriter;
  #status: string | undefined;
  #headers: HeaderList = [];
  #result: Body | undefined;

  constructor(connection: ResponseConnection, environ: Environ) {
    this.#connection = connection;
    this.environ = environ;
    this.#writer = new ResponseWriter(connection, this);
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
      const result = application(this.environ, this.startResponse);
      sending = result instanceof Promise ? this.#awaitResult(result) : this.#takeResult(result);
    } catch (error) {
      return this.#recover(error);
    }
    return sending === undefined ? this.close() : this.#finishLater(sending);
  }

  /** The `startResponse` of PEP 3333. */
  readonly startResponse = (status: string, headers: HeaderList, error?: unknown): Write => {
    if (error !== undefined && this.headersSent) throw error;
    if (error === undefined && this.#status !== undefined)
      throw new Error("startResponse() was called twice; the second call needs an error");
    checkStatus(status);
    checkHeaders(headers);
    this.#status = status;
    this.#headers = headers;
    return this.write;
  };

  /** Sends a piece of the body, and before the first non-empty one the headers. */
  readonly write = (data: Chunk): void | Promise<void> => {
    if (!(data instanceof Uint8Array))
      throw new TypeError(`a response body consists of bytes (Uint8Array); found ${inspect(data)}`);
    if (this.#status === undefined) throw new Error("write() before startResponse()");
    if (data.byteLength === 0) return undefined;
    const head = this.headersSent ? "" : this.#start(data.byteLength);
    return this.#writer.send(head, data);
  };

  /** Sends the whole body, then whatever ends it. */
  finishResponse(): void | Promise<void> {
    const result = this.#result;
    if (result === undefined || result === null) {
      throw new TypeError(`the application returned ${String(result)} instead of a body`);
    }
    // An application may call startResponse only when its first chunk is asked for, also for HEAD.
    if (this.#writer.isHead && this.#status !== undefined) return this.#finishContent();
    if (Symbol.asyncIterator in result) return this.#sendAsync(result);
    const waiting = this.#sendNext(result[Symbol.iterator]());
    return waiting === undefined ? this.#finishContent() : waiting;
  }

  /** Reports the error; answers with 500 while that is still possible, otherwise breaks off. */
  async handleError(error: unknown): Promise<void> {
    this.logException(error);
    if (this.headersSent) return;
    await this.#closeResult();
    this.#status = undefined;
    this.#result = this.errorOutput(error);
    await this.finishResponse();
  }

  /** The answer to a request whose application failed, or whose body was bad. Calls `startResponse`, returns a body. */
  errorOutput(error: unknown): Body {
    const { errorStatus, errorBody } = this.constructor;
    if (error instanceof HTTPRequestError || error instanceof TimeoutError) {
      const phrase = phraseOf(error.status);
      this.startResponse(`${error.status} ${phrase}`, [["Content-Type", "text/plain"]]);
      return [Buffer.from(phrase)];
    }
    this.startResponse(errorStatus, [["Content-Type", "text/plain"]]);
    return [Buffer.from(errorBody)];
  }

  /** Writes the error to `wsgi.errors`. */
  logException(error: unknown): void {
    this.environ["wsgi.errors"].write(`${inspect(error)}\n`);
  }

  /** Logs the request and closes the body. */
  close(): void | Promise<void> {
    if (this.headersSent) {
      this.#connection.logRequest(Number(this.#status?.slice(0, 3)), this.bytesSent);
    }
    return this.#closeResult();
  }

  /** A view may fail with the broken pipe of another connection, its database's say: that is an error like any other. */
  #isClientGone(error: unknown): boolean {
    if (!isBrokenPipeError(error)) return false;
    return error instanceof BrokenPipeError || this.#connection.wfile.closed;
  }

  #takeResult(result: Body): void | Promise<void> {
    this.#result = result;
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
    this.#connection.closeConnection = true;
    try {
      if (this.#isClientGone(error)) throw error;
      await this.handleError(error);
    } finally {
      await this.close();
    }
  }

  async #sendAsync(result: AsyncIterable<Chunk>): Promise<void> {
    const { wfile } = this.#connection;
    for await (const chunk of untilGone(result, wfile)) {
      await this.write(chunk);
      if (this.#writer.takesNoMore) break;
    }
    await this.#finishContent();
  }

  /** Sends chunks until the iterator ends, or until the client has to be waited for. */
  #sendNext(chunks: Iterator<Chunk>): void | Promise<void> {
    try {
      for (let next = chunks.next(); next.done !== true; next = chunks.next()) {
        const waiting = this.write(next.value);
        if (waiting !== undefined) return this.#sendAfter(waiting, chunks);
        if (this.#writer.takesNoMore) {
          chunks.return?.();
          return undefined;
        }
      }
      return undefined;
    } catch (error) {
      // What `for … of` does: a generator that is not read to its end must run its `finally`.
      chunks.return?.();
      throw error;
    }
  }

  async #sendAfter(waiting: Promise<void>, chunks: Iterator<Chunk>): Promise<void> {
    try {
      await waiting;
    } catch (error) {
      chunks.return?.();
      throw error;
    }
    if (this.#writer.takesNoMore) chunks.return?.();
    const more = this.#writer.takesNoMore ? undefined : this.#sendNext(chunks);
    await (more ?? this.#finishContent());
  }

  /** What ends a body: the headers if nothing has sent them yet, the last chunk, a look at the length. */
  #finishContent(): void | Promise<void> {
    if (this.#status === undefined) {
      throw new Error("the application returned without calling startResponse()");
    }
    return this.headersSent ? this.#writer.end() : this.#sendHeadAlone();
  }

  /** An empty body, or the answer to a HEAD request. */
  #sendHeadAlone(): void | Promise<void> {
    const { isHead } = this.#writer;
    const head = this.#start(isHead ? singleChunkLength(this.#result) : 0);
    const waiting = this.#writer.sendHead(head);
    if (isHead) return waiting;
    return waiting === undefined ? this.#writer.end() : waiting.then(() => this.#writer.end());
  }

  /** The head. `firstLength` is the size of the first chunk, where there is one. */
  #start(firstLength: number | undefined): string {
    const isWhole = firstLength === 0 || singleChunkLength(this.#result) === firstLength;
    return this.#writer.start(this.#status ?? "", this.#headers, isWhole ? firstLength : undefined);
  }

  /** A body that fails to close is logged: the answer is out, and stays what it is. */
  #closeResult(): void | Promise<void> {
    const result = this.#result;
    this.#result = EMPTY;
    try {
      const closing = result?.close?.();
      return closing?.catch((error: unknown) => this.logException(error));
    } catch (error) {
      this.logException(error);
      return undefined;
    }
  }
}

/** The length of a body that is an array of one chunk. */
function singleChunkLength(result: Body | undefined): number | undefined {
  return Array.isArray(result) && result.length === 1 ? result[0].byteLength : undefined;
}
