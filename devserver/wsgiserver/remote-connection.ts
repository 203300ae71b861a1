/**
 * The connection of a request, as the thread sees it that runs the application: what it writes is sent by
 * the thread that has the socket.
 *
 * Layer 3 (wsgiserver). Units: bytes. What is written while the application runs for the first time is kept
 * until it waits or is done: a response that is ready at once costs one message.
 */
import { formatHttpDate, oncePerSecond } from "../httpserver/dates.ts";
import { HTTPRequestError } from "../httpserver/http-error.ts";
import { coarseNow } from "../socketserver/coarse-clock.ts";
import { BrokenPipeError } from "../socketserver/stream-writer.ts";
import type { TaskLink } from "../workers/worker-side.ts";
import { RemoteInput } from "./remote-input.ts";
import type { ResponseConnection, ResponseSink } from "./response-writer.ts";
import type {
  MessageFromRequest,
  MessageToRequest,
  RequestResult,
  RequestTask,
  ThreadData,
} from "./thread-messages.ts";

/** Bytes that may be on their way before the application has to wait. */
const HIGH_WATER_MARK = 128 * 1024;

const httpDate = oncePerSecond(formatHttpDate);

export class RemoteConnection implements ResponseConnection {
  readonly wfile: RemoteWriter;
  readonly input: RemoteInput;
  readonly command: string;
  readonly requestVersion: string;
  readonly protocolVersion: string;
  closeConnection: boolean;
  readonly #serverVersion: string;
  readonly #expectsContinue: boolean;
  readonly #link: TaskLink;
  #onStop: (() => void) | undefined;
  #log: RequestResult["log"];

  constructor(
    task: RequestTask,
    { serverVersion, protocolVersion }: Pick<ThreadData, "serverVersion" | "protocolVersion">,
    link: TaskLink,
  ) {
    this.protocolVersion = protocolVersion;
    this.command = task.environ.REQUEST_METHOD;
    this.requestVersion = task.environ.SERVER_PROTOCOL;
    this.closeConnection = task.closeConnection;
    this.#expectsContinue = task.expectsContinue;
    this.#serverVersion = serverVersion;
    this.#link = link;
    this.wfile = new RemoteWriter(link);
    this.input = new RemoteInput(() => post(link, { type: "read" }));
    link.onMessage((message) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the other end is `ThreadedRequest`
      this.#onMessage(message as MessageToRequest);
    });
  }

  get isContinuePending(): boolean {
    return this.#expectsContinue && !this.input.started;
  }

  /** The other thread sees it from the first byte. */
  beginAnswer(): void {}

  versionString(): string {
    return this.#serverVersion;
  }

  dateTimeString(): string {
    return httpDate(coarseNow());
  }

  logRequest(status: number, size: number): void {
    this.#log = { status, size };
  }

  /** One listener: a response has one body. */
  onStop(listener: () => void): Disposable {
    this.#onStop = listener;
    post(this.#link, { type: "watchStop" });
    return { [Symbol.dispose]: () => void (this.#onStop = undefined) };
  }

  /** What is left to tell when the request is done with. */
  result(): RequestResult {
    const bytes = this.wfile.takePending();
    return { bytes, closeConnection: this.closeConnection, isBroken: false, log: this.#log };
  }

  #onMessage(message: MessageToRequest): void {
    switch (message.type) {
      case "chunk":
        this.input.push(message.chunk);
        return;
      case "end":
        this.input.end();
        return;
      case "bodyFailed":
        this.input.fail(
          message.status === undefined
            ? new BrokenPipeError(message.message)
            : new HTTPRequestError(message.status, message.message),
        );
        return;
      case "written":
        this.wfile.onWritten(message.size);
        return;
      case "fin":
        this.wfile.onClientFin();
        return;
      case "gone":
        this.wfile.onClientGone();
        return;
      case "stop":
        this.#onStop?.();
    }
  }
}

/** As `wfile`: returns a promise when the client has to be waited for. */
class RemoteWriter implements ResponseSink {
  readonly #link: TaskLink;
  readonly #listeners: Set<(error: Error) => void> = new Set<(error: Error) => void>();
  #pending: Uint8Array[] = [];
  #isHeld = true;
  #underway = 0;
  #watched = false;
  #drained: PromiseWithResolvers<void> | undefined;
  #onFin: (() => void) | undefined;
  closed = false;

  constructor(link: TaskLink) {
    this.#link = link;
  }

  write(data: Uint8Array): void | Promise<void> {
    if (this.closed) throw new BrokenPipeError();
    this.#underway += data.byteLength;
    this.#pending.push(data);
    if (this.#underway > HIGH_WATER_MARK) {
      this.release();
      this.#drained ??= Promise.withResolvers<void>();
      return this.#drained.promise;
    }
    if (!this.#isHeld) this.#send();
    return undefined;
  }

  /** In one message, and so copied: here only the other thread writes to a socket. */
  writeAll(pieces: readonly Uint8Array[]): void | Promise<void> {
    return this.write(Buffer.concat(pieces));
  }

  /** From now on everything is sent as it is written. */
  release(): void {
    if (this.#isHeld && this.#onFin !== undefined) post(this.#link, { type: "watchFin" });
    this.#isHeld = false;
    this.#send();
  }

  /** What was written and not sent. */
  takePending(): Uint8Array | undefined {
    const pending = this.#pending;
    this.#pending = [];
    if (pending.length === 0) return undefined;
    // A copy: a slice would take the whole memory along that it is a slice of.
    return pending.length === 1
      ? new Uint8Array(pending[0] ?? [])
      : new Uint8Array(Buffer.concat(pending));
  }

  onGone(listener: (error: Error) => void): Disposable {
    if (this.closed) listener(new BrokenPipeError());
    else {
      this.#listeners.add(listener);
      if (!this.#watched) post(this.#link, { type: "watch" });
      this.#watched = true;
    }
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  get drained(): boolean {
    return this.#underway === 0;
  }

  onFin(listener: () => void): Disposable {
    this.#onFin = listener;
    if (!this.#isHeld) post(this.#link, { type: "watchFin" });
    return { [Symbol.dispose]: () => (this.#onFin = undefined) };
  }

  onClientFin(): void {
    this.#onFin?.();
  }

  onWritten(size: number): void {
    this.#underway -= size;
    if (this.#underway > HIGH_WATER_MARK) return;
    this.#drained?.resolve();
    this.#drained = undefined;
  }

  onClientGone(): void {
    this.closed = true;
    this.#drained?.reject(new BrokenPipeError());
    this.#drained = undefined;
    for (const listener of this.#listeners) listener(new BrokenPipeError());
  }

  #send(): void {
    const bytes = this.takePending();
    if (bytes !== undefined) post(this.#link, { type: "write", bytes });
  }
}

function post(link: TaskLink, message: MessageFromRequest): void {
  link.post(message);
}
