/**
 * One request whose application runs in another thread: its body goes there, its response comes back.
 *
 * Layer 3 (wsgiserver). The thread formats the response; here its bytes are sent.
 * Errors: `run` rejects when the thread ends; the caller can still answer while `bytesSent` is 0.
 */
import { HTTPRequestError } from "../httpserver/http-error.ts";
import { BrokenPipeError } from "../socketserver/stream-writer.ts";
import { TimeoutError } from "../socketserver/timeout-error.ts";
import type { WorkerPool } from "../workers/pool.ts";
import type { Environ } from "../../framework/wsgi.ts";
import type { ResponseConnection } from "./response-writer.ts";
import type {
  MessageFromRequest,
  MessageToRequest,
  PlainEnviron,
  RequestResult,
  RequestTask,
} from "./thread-messages.ts";

export class ThreadedRequest {
  bytesSent = 0;
  readonly #connection: ResponseConnection;
  readonly #input: AsyncIterable<Uint8Array>;
  #body: AsyncIterator<Uint8Array> | undefined;
  readonly #plain: PlainEnviron;
  #send: (message: MessageToRequest) => void = () => undefined;
  #watching: Disposable | undefined;
  #watchingFin: Disposable | undefined;
  #watchingStop: Disposable | undefined;
  /** Pieces are sent one after another, whatever the client takes at once. */
  #writing: Promise<void> | undefined;

  constructor(connection: ResponseConnection, environ: Environ) {
    const {
      "wsgi.input": input,
      "wsgi.errors": _errors,
      "wsgi.file_wrapper": _fileWrapper,
      "minorswing.client": _client,
      ...plain
    } = environ;
    this.#connection = connection;
    this.#input = input;
    this.#plain = plain;
  }

  /** Settles when the response is sent. */
  async run(pool: WorkerPool): Promise<void> {
    const connection = this.#connection;
    const task: RequestTask = {
      environ: this.#plain,
      closeConnection: connection.closeConnection,
      expectsContinue: connection.isContinuePending,
    };
    try {
      const result = await pool.run({
        payload: task,
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the other end is `RemoteConnection`
        onMessage: (message) => this.#onMessage(message as MessageFromRequest),
        onGiven: (send) => (this.#send = send),
      });
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
      await this.#finish(result as RequestResult);
    } finally {
      this.#watching?.[Symbol.dispose]();
      this.#watchingFin?.[Symbol.dispose]();
      this.#watchingStop?.[Symbol.dispose]();
    }
  }

  async #finish({ bytes, closeConnection, isBroken, log }: RequestResult): Promise<void> {
    await this.#writing;
    this.#connection.closeConnection = closeConnection;
    if (bytes !== undefined) await this.#sendBytes(bytes);
    else if (this.#connection.wfile.closed && (isBroken || log !== undefined))
      throw new BrokenPipeError();
    if (log !== undefined) this.#connection.logRequest(log.status, log.size);
  }

  #onMessage(message: MessageFromRequest): void {
    switch (message.type) {
      case "read":
        void this.#sendBody();
        return;
      case "write":
        this.#writing = this.#write(this.#writing, message.bytes);
        return;
      case "watch":
        this.#watching ??= this.#connection.wfile.onGone(() => this.#send({ type: "gone" }));
        return;
      case "watchFin":
        this.#watchingFin ??= this.#connection.wfile.onFin(() => this.#send({ type: "fin" }));
        return;
      case "watchStop":
        this.#watchingStop ??= this.#connection.onStop?.(() => this.#send({ type: "stop" }));
    }
  }

  async #sendBody(): Promise<void> {
    try {
      this.#body ??= this.#input[Symbol.asyncIterator]();
      const next = await this.#body.next();
      if (next.done === true) this.#send({ type: "end" });
      // A copy: a slice would take the whole memory along that it is a slice of.
      else this.#send({ type: "chunk", chunk: new Uint8Array(next.value) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const hasStatus = error instanceof HTTPRequestError || error instanceof TimeoutError;
      this.#send({ type: "bodyFailed", message, status: hasStatus ? error.status : undefined });
    }
  }

  /** Never rejects: the thread is told that the client has gone, and ends the request. */
  async #write(before: Promise<void> | undefined, bytes: Uint8Array): Promise<void> {
    await before;
    try {
      await this.#sendBytes(bytes);
      this.#send({ type: "written", size: bytes.byteLength });
    } catch {
      this.#send({ type: "gone" });
    }
  }

  #sendBytes(bytes: Uint8Array): void | Promise<void> {
    const { wfile } = this.#connection;
    if (wfile.closed) throw new BrokenPipeError();
    if (this.bytesSent === 0) this.#connection.beginAnswer();
    this.bytesSent += bytes.byteLength;
    return wfile.write(bytes);
  }
}
