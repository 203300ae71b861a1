/**
 * The bytes of one response: its head, its framed body, what ends it.
 *
 * Layer 3 (wsgiserver). Source: RFC 9112 sections 6 and 7. Nothing here knows applications.
 */
import type { Chunk, ClientConnection, HeaderList } from "../../framework/wsgi.ts";
import { joinChunked, joinHead, LARGE_PIECE, LAST_CHUNK, splitChunked } from "./body-framing.ts";
import { FinProbe, type ProbedSink } from "./fin-probe.ts";
import { frameResponse, type ResponseFraming, type ResponsePlan } from "./response-head.ts";

/** How long a body may send piece after piece before others have their turn, in milliseconds. */
const TURN = 2;

/** Where the bytes of a response go; `wfile` is one. */
export interface ResponseSink extends ClientConnection, ProbedSink {
  /** True when nothing can be written any more. */
  readonly closed: boolean;
  /** Returns a promise only when the client has to be waited for. */
  write(data: Uint8Array): void | Promise<void>;
  /** As `write`, for pieces that belong together. */
  writeAll(pieces: readonly Uint8Array[]): void | Promise<void>;
}

/** What a response needs of the connection it is sent on. */
export interface ResponseConnection {
  readonly wfile: ResponseSink;
  readonly command: string;
  readonly requestVersion: string;
  /** What the server speaks. */
  readonly protocolVersion: string;
  readonly isContinuePending: boolean;
  closeConnection: boolean;
  beginAnswer(): void;
  versionString(): string;
  dateTimeString(): string;
  logRequest(code: number, size: number): void;
  /** Calls `listener` when the server shuts down. */
  onStop?(listener: () => void): Disposable;
}

/** Hears of a body that is not as long as its `Content-Length` says. */
export interface ProblemReporter {
  logException(problem: unknown): void;
}

/** Every method that writes returns a promise only when the client has to be waited for. */
export class ResponseWriter {
  /** Body bytes sent, without chunked framing. */
  bytesSent = 0;
  headersSent = false;
  readonly #connection: ResponseConnection;
  readonly #reporter: ProblemReporter;
  #framing: ResponseFraming = { kind: "none" };
  #isTooLong = false;
  #finProbe: FinProbe | undefined;
  /** When pieces began to go out without a wait. */
  #turnStart: number | undefined;

  constructor(connection: ResponseConnection, reporter: ProblemReporter) {
    this.#connection = connection;
    this.#reporter = reporter;
  }

  get isHead(): boolean {
    return this.#connection.command === "HEAD";
  }

  /** Whatever else an application yields cannot be sent; it may yield for ever. */
  get takesNoMore(): boolean {
    return this.#isTooLong || (this.headersSent && this.#framing.kind === "none");
  }

  /**
   * Decides about framing and connection. What is sent next begins with the head that follows from it.
   * `knownLength` is the length of the whole body where somebody knows it.
   */
  start(status: string, headers: HeaderList, knownLength: number | undefined): ResponsePlan {
    const connection = this.#connection;
    const plan = frameResponse({
      status,
      headers,
      requestVersion: spokenVersion(connection),
      isHead: this.isHead,
      knownLength,
      closeConnection: connection.closeConnection || connection.isContinuePending,
    });
    this.headersSent = true;
    connection.beginAnswer();
    this.#framing = plan.framing;
    connection.closeConnection = plan.closeConnection;
    if (plan.framing.kind === "chunked") this.#finProbe = new FinProbe(connection.wfile);
    return plan;
  }

  /**
   * Sends a head (empty when it is out already) and a piece of the body. A body of many pieces waits now and then
   * though the client does not need it: other connections want to be served too.
   */
  send(head: string, data: Chunk): void | Promise<void> {
    const waiting = this.#sendPiece(head, data);
    if (head !== "") return waiting;
    if (waiting === undefined) return this.#giveTurn();
    this.#turnStart = undefined;
    return waiting;
  }

  #giveTurn(): void | Promise<void> {
    const now = performance.now();
    this.#turnStart ??= now;
    if (now - this.#turnStart < TURN) return undefined;
    this.#turnStart = undefined;
    return new Promise((resolve) => setImmediate(resolve));
  }

  #sendPiece(head: string, data: Chunk): void | Promise<void> {
    const { wfile } = this.#connection;
    const body = this.#fit(data);
    this.bytesSent += body.byteLength;
    if (this.#framing.kind === "none") return wfile.write(Buffer.from(head, "latin1"));
    const isLarge = body.byteLength >= LARGE_PIECE;
    if (this.#framing.kind === "chunked") {
      return isLarge
        ? wfile.writeAll(splitChunked(head, body))
        : wfile.write(joinChunked(head, body));
    }
    if (head === "") return wfile.write(body);
    return isLarge
      ? wfile.writeAll([Buffer.from(head, "latin1"), body])
      : wfile.write(joinHead(head, body));
  }

  /** Sends a head without any body. */
  sendHead(head: string): void | Promise<void> {
    return this.#connection.wfile.write(Buffer.from(head, "latin1"));
  }

  /** Sends what ends the body, and looks whether it was as long as announced. */
  end(): void | Promise<void> {
    const framing = this.#framing;
    this.#finProbe?.[Symbol.dispose]();
    if (framing.kind === "chunked") return this.#connection.wfile.write(LAST_CHUNK);
    if (framing.kind !== "length" || this.bytesSent === framing.length) return undefined;
    this.#connection.closeConnection = true;
    this.#reporter.logException(
      new Error(`the body has ${this.bytesSent} bytes, its Content-Length says ${framing.length}`),
    );
    return undefined;
  }

  /** Never more bytes than the Content-Length says: the client would take them for the next response. */
  #fit(data: Chunk): Chunk {
    const framing = this.#framing;
    if (framing.kind === "none") return data.subarray(0, 0);
    if (framing.kind !== "length") return data;
    const room = framing.length - this.bytesSent;
    if (data.byteLength <= room) return data;
    if (this.#isTooLong) return data.subarray(0, room);
    this.#isTooLong = true;
    this.#connection.closeConnection = true;
    this.#reporter.logException(
      new Error(
        `the body is longer than its Content-Length of ${framing.length} bytes; the rest was dropped`,
      ),
    );
    return data.subarray(0, room);
  }
}

/** The lower of what the client and the server speak. */
function spokenVersion({ requestVersion, protocolVersion }: ResponseConnection): string {
  return requestVersion === "HTTP/1.1" ? protocolVersion : requestVersion;
}
