/**
 * One call of an application: what it says and yields, on its way to whatever carries the answer.
 *
 * Layer 8 (adapters). Knows no transport: an `Outlet` is one. Source: PEP 3333; CPython wsgiref/handlers.py.
 * Errors: none come out. What fails is reported to `wsgi.errors` and answered with 500 while that is possible;
 * a client that has gone is no failure.
 */
import { inspect } from "node:util";
import { isPromise, type MaybePromise, whenReady } from "../utils/maybe-promise.ts";
import type { Body, Chunk, Environ, HeaderList, Write, WSGIApplication } from "../wsgi.ts";
import { type Client, ClientDisconnected } from "./client.ts";
import { checkHeaders, checkStatus, makeHead, type ResponseHead } from "./response-head.ts";
import { untilGone } from "./until-gone.ts";

/** Where an answer goes. What is written must be bytes that belong to the body: framing is the outlet's. */
export interface Outlet {
  /** Sends the head with the first piece; both are all there is if `isWhole`. */
  begin(head: ResponseHead, piece: Chunk, isWhole: boolean): void | Promise<void>;
  /** Sends a piece. The promise, where there is one, settles when the client wants the next. */
  write(piece: Chunk): void | Promise<void>;
  /** The answer is complete. With `closeConnection` nothing else is to follow it. */
  finish(closeConnection: boolean): void;
  /** The answer is not complete and never will be; the client must notice. */
  breakOff(error: unknown): void;
}

const EMPTY: Chunk = new Uint8Array();
const ERROR_STATUS = "500 Internal Server Error";
const ERROR_PAGE: Chunk = Buffer.from(
  "A server error occurred.  Please contact the administrator.",
);

export class WSGICall {
  readonly #environ: Environ;
  readonly #client: Client;
  readonly #outlet: Outlet;
  #status: string | undefined;
  #headers: HeaderList = [];
  #result: Body | undefined;
  /** What was sent; `undefined` as long as nothing was. */
  #head: ResponseHead | undefined;
  /** Body bytes sent. */
  #bytesSent = 0;
  #isTooLong = false;
  #isOver = false;

  constructor(environ: Environ, client: Client, outlet: Outlet) {
    this.#environ = environ;
    this.#client = client;
    this.#outlet = outlet;
  }

  /**
   * Calls the application, sends its answer, closes its body: once, in every outcome. Returns a promise only when
   * something had to be waited for; it never rejects.
   */
  run(application: WSGIApplication): void | Promise<void> {
    let sending: void | Promise<void>;
    try {
      const result = application(this.#environ, this.#startResponse);
      sending = isPromise(result) ? this.#awaitResult(result) : this.#takeResult(result);
    } catch (error) {
      return this.#recover(error);
    }
    return sending === undefined ? this.#closeResult() : this.#finishLater(sending);
  }

  /** The `startResponse` of PEP 3333. */
  readonly #startResponse = (status: string, headers: HeaderList, error?: unknown): Write => {
    if (error !== undefined && this.#head !== undefined) throw error;
    if (error === undefined && this.#status !== undefined)
      throw new Error("startResponse() was called twice; the second call needs an error");
    checkStatus(status);
    checkHeaders(headers);
    this.#status = status;
    this.#headers = headers;
    return this.#write;
  };

  /** Sends a piece of the body, and before the first non-empty one the headers. */
  readonly #write = (data: Chunk): void | Promise<void> => {
    if (!(data instanceof Uint8Array))
      throw new TypeError(`a response body consists of bytes (Uint8Array); found ${inspect(data)}`);
    if (this.#status === undefined) throw new Error("write() before startResponse()");
    if (this.#isOver) throw new Error("write() after the answer was out");
    if (data.byteLength === 0) return undefined;
    if (this.#head === undefined) return this.#begin(data);
    const piece = this.#fit(this.#head, data);
    return piece.byteLength === 0 ? undefined : this.#outlet.write(piece);
  };

  /** Whatever else an application yields cannot be sent; it may yield for ever. */
  get #takesNoMore(): boolean {
    return this.#isTooLong || this.#head?.hasBody === false;
  }

  get #isHead(): boolean {
    return this.#environ.REQUEST_METHOD === "HEAD";
  }

  #takeResult(result: Body): void | Promise<void> {
    this.#result = result;
    return this.#sendResult(result);
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
    await this.#closeResult();
  }

  #sendResult(result: Body): void | Promise<void> {
    if (result === undefined || result === null)
      throw new TypeError(`the application returned ${String(result)} instead of a body`);
    // An application may call startResponse only when its first chunk is asked for, also for HEAD.
    if (this.#isHead && this.#status !== undefined) return this.#finishContent();
    if (Symbol.asyncIterator in result) return this.#sendAsync(result);
    const waiting = this.#sendNext(result[Symbol.iterator]());
    return waiting === undefined ? this.#finishContent() : waiting;
  }

  async #sendAsync(result: AsyncIterable<Chunk>): Promise<void> {
    for await (const chunk of untilGone(result, this.#client)) {
      await this.#write(chunk);
      if (this.#takesNoMore) break;
    }
    await this.#finishContent();
  }

  /** Sends chunks until the iterator ends, or until the client has to be waited for. */
  #sendNext(chunks: Iterator<Chunk>): void | Promise<void> {
    try {
      for (let next = chunks.next(); next.done !== true; next = chunks.next()) {
        const waiting = this.#write(next.value);
        if (waiting !== undefined) return this.#sendAfter(waiting, chunks);
        if (this.#takesNoMore) {
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
    if (this.#takesNoMore) chunks.return?.();
    const more = this.#takesNoMore ? undefined : this.#sendNext(chunks);
    await (more ?? this.#finishContent());
  }

  /** What ends a body: the head if nothing has sent it yet, a look at the length. */
  #finishContent(): void | Promise<void> {
    if (this.#status === undefined)
      throw new Error("the application returned without calling startResponse()");
    const head = this.#head;
    if (head === undefined) return this.#beginAlone();
    if (head.hasBody && head.length !== undefined && this.#bytesSent < head.length)
      this.#reportShort(head.length);
    else this.#outlet.finish(this.#isTooLong);
    return undefined;
  }

  /** The head with the first chunk, which is cut where it is longer than the response may be. */
  #begin(data: Chunk): void | Promise<void> {
    const isOnly = singleChunkLength(this.#result) === data.byteLength;
    const head = this.#makeHead(isOnly ? data.byteLength : undefined);
    const piece = this.#fit(head, data);
    return this.#outlet.begin(head, piece, !head.hasBody || head.length === piece.byteLength);
  }

  /** An empty body, or the answer to a HEAD request. */
  #beginAlone(): void | Promise<void> {
    const head = this.#makeHead(this.#isHead ? singleChunkLength(this.#result) : 0);
    const isWhole = !head.hasBody || head.length === 0;
    return whenReady(this.#outlet.begin(head, EMPTY, isWhole), () => this.#finishContent());
  }

  #makeHead(knownLength: number | undefined): ResponseHead {
    this.#head = makeHead(this.#status ?? "", this.#headers, this.#isHead, knownLength);
    return this.#head;
  }

  /** Never more bytes than the Content-Length says: the client would take them for the next response. */
  #fit(head: ResponseHead, data: Chunk): Chunk {
    if (!head.hasBody) return EMPTY;
    const room = (head.length ?? Number.POSITIVE_INFINITY) - this.#bytesSent;
    const piece = data.byteLength <= room ? data : data.subarray(0, room);
    this.#bytesSent += piece.byteLength;
    if (piece !== data && !this.#isTooLong) {
      this.#isTooLong = true;
      this.#log(
        new Error(
          `the body is longer than its Content-Length of ${head.length} bytes; the rest was dropped`,
        ),
      );
    }
    return piece;
  }

  #reportShort(length: number): void {
    const error = new Error(
      `the body has ${this.#bytesSent} bytes, its Content-Length says ${length}`,
    );
    this.#log(error);
    this.#outlet.breakOff(error);
  }

  /** Reports the error; answers with 500 while that is still possible, otherwise breaks off. */
  #recover(error: unknown): MaybePromise<void> {
    const isClients = error instanceof ClientDisconnected && this.#client.isGone;
    if (!isClients) this.#log(error);
    if (!isClients && this.#head === undefined)
      return whenReady(this.#closeResult(), () => this.#answerError());
    this.#outlet.breakOff(error);
    return this.#closeResult();
  }

  #answerError(): void {
    const headers = [["Content-Type", "text/plain"]] as const;
    const head = makeHead(ERROR_STATUS, headers, this.#isHead, ERROR_PAGE.byteLength);
    this.#head = head;
    try {
      void this.#outlet.begin(head, this.#fit(head, ERROR_PAGE), true);
    } catch (error) {
      this.#outlet.breakOff(error);
    }
  }

  #log(error: unknown): void {
    this.#environ["wsgi.errors"].write(`${inspect(error)}\n`);
  }

  /** A body that fails to close is logged: the answer is out, and stays what it is. */
  #closeResult(): void | Promise<void> {
    const result = this.#result;
    this.#isOver = true;
    this.#result = undefined;
    try {
      const closing = result?.close?.();
      if (!isPromise(closing)) return undefined;
      return Promise.resolve(closing).catch((error: unknown) => this.#log(error));
    } catch (error) {
      this.#log(error);
      return undefined;
    }
  }
}

/** The length of a body that is an array of one chunk. */
function singleChunkLength(result: Body | undefined): number | undefined {
  if (!Array.isArray(result) || result.length !== 1) return undefined;
  const [chunk] = result;
  return chunk instanceof Uint8Array ? chunk.byteLength : undefined;
}
