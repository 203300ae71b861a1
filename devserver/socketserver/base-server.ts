/**
 * Servers: accept requests, hand each to a handler.
 *
 *     BaseServer
 *         ├── StreamServer        (connections)
 *         │       ├── TCPServer
 *         │       └── UnixStreamServer
 *         └── DatagramServer
 *                 ├── UDPServer
 *                 └── UnixDatagramServer
 *
 * `ThreadingMixIn` and `ForkingMixIn` of any of them handle requests in threads and child processes.
 *
 * Layer 1 (socketserver). Source: CPython Lib/socketserver.py.
 * Differs from Python: hooks that do I/O may be asynchronous; requests are handled concurrently on the
 * event loop instead of one after another; a handler's constructor does no work, `run()` does; the error
 * is an argument of `handleError`, since JavaScript has no `sys.exc_info()`.
 */
import { inspect } from "node:util";
import type { Socket } from "node:net";
import type { Task } from "../workers/pool.ts";
import type { TaskLink } from "../workers/worker-side.ts";

/** What a server starts for each request. `run` settles when the request is done with. */
export interface RequestHandler {
  run(): Promise<void>;
  /** The server is shutting down: finish what is begun, start nothing new. */
  stop(): void;
  /** The server waits no longer. */
  abort?(): void;
}

export type RequestHandlerClass<Request, Address, Server> = new (
  request: Request,
  clientAddress: Address,
  server: Server,
) => RequestHandler;

/** Where a request is handled that is not handled here. */
export type WorkerPlace = "thread" | "process";

interface WaitingRequest<Request, Address> {
  readonly request: Request;
  readonly clientAddress: Address;
}

/**
 * The base of all servers.
 *
 * For the caller: `start`, `serveForever`, `handleRequest`, `shutdown`, `serverClose`, `await using`.
 * May be overridden: `serverBind`, `serverActivate`, `verifyRequest`, `processRequest`, `finishRequest`,
 * `shutdownRequest`, `closeRequest`, `handleError`, `handleTimeout`, `serviceActions`.
 * For derived classes: call `acceptRequest` for each request that arrives.
 * The constructor may be extended; do no I/O in it.
 */
export abstract class BaseServer<Request, Address> implements AsyncDisposable {
  /** Class attributes are read through this, so that a subclass can override them. */
  declare ["constructor"]: Pick<typeof BaseServer, keyof typeof BaseServer>;
  /** How long `serverClose` waits for handlers that are at work, in milliseconds. */
  static readonly closeTimeout: number = 30_000;
  /** How long `handleRequest` waits, in milliseconds; 0 for ever. `serveForever` does not look at it. */
  static readonly timeout: number = 0;
  readonly #handlers: Map<RequestHandler, Promise<void>> = new Map<RequestHandler, Promise<void>>();
  #stopped: PromiseWithResolvers<void> = Promise.withResolvers<void>();
  readonly #waiting: WaitingRequest<Request, Address>[] = [];
  #onRequest: ((next: WaitingRequest<Request, Address> | undefined) => void) | undefined;
  readonly #handlerClass: RequestHandlerClass<Request, Address, never>;
  #serving = false;
  #handlesAll = false;
  #shuttingDown = false;

  /** The address to serve; from `serverBind` on the one that is really served. */
  serverAddress: Address;

  /** `handlerClass` may ask for the very server class that it is given to. */
  constructor(address: Address, handlerClass: RequestHandlerClass<Request, Address, never>) {
    this.serverAddress = address;
    this.#handlerClass = handlerClass;
  }

  /** Builds the handler of one request; `finishRequest` runs it. */
  protected createHandler(request: Request, clientAddress: Address): RequestHandler {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it was chosen for this class; a constructor cannot name the type of `this`
    const handlerClass = this.#handlerClass as RequestHandlerClass<Request, Address, this>;
    return new handlerClass(request, clientAddress, this);
  }

  /** Takes the address. Rejects when it cannot be had. */
  serverBind(): void | Promise<void> {}

  /** Starts to accept. */
  serverActivate(): void | Promise<void> {}

  /** Stops to accept; requests that are being handled go on. */
  protected stopAccepting(): void {}

  /** Binds, activates, and handles requests from now on. On failure everything is given back before the error reaches the caller. */
  async start(): Promise<this> {
    try {
      await this.serverBind();
      await this.serverActivate();
      this.beginServing();
      return this;
    } catch (error) {
      await this.serverClose();
      throw error;
    }
  }

  /**
   * Handles every request until `shutdown` is called; settles then. Calls `serviceActions` every `pollInterval`
   * milliseconds meanwhile, and rejects with what that throws.
   */
  async serveForever({
    pollInterval = 500,
  }: { readonly pollInterval?: number } = {}): Promise<void> {
    if (this.#serving) throw new Error("serveForever() is running already");
    this.#serving = true;
    this.beginServing();
    const failed = Promise.withResolvers<void>();
    const timer = setInterval(() => {
      try {
        this.serviceActions();
      } catch (error) {
        failed.reject(error);
      }
    }, pollInterval);
    try {
      await Promise.race([this.#stopped.promise, failed.promise]);
    } finally {
      clearInterval(timer);
      this.#serving = false;
      this.shutdown();
    }
  }

  /** From now on requests are handled as they come, those that wait already first. */
  protected beginServing(): void {
    this.#handlesAll = true;
    for (const { request, clientAddress } of this.#waiting.splice(0)) {
      void this.#handle(request, clientAddress);
    }
  }

  /**
   * Handles one request, the next that comes; settles when it is done with. Instead of `serveForever`: call
   * `serverBind` and `serverActivate` before. Calls `handleTimeout` when none comes within `timeout`.
   */
  async handleRequest(): Promise<void> {
    if (this.#handlesAll)
      throw new Error("handleRequest() is no use while every request is handled");
    const next = this.#waiting.shift() ?? (await this.#nextRequest());
    if (next === undefined) this.handleTimeout();
    else await this.#handle(next.request, next.clientAddress);
  }

  /** No request came in time. The default does nothing. */
  handleTimeout(): void {}

  /** Called every `pollInterval` while `serveForever` runs. The default does nothing. */
  serviceActions(): void {}

  /** Stops accepting and lets `serveForever` settle. Idle connections are closed, busy ones finish. May be called twice. */
  shutdown(): void {
    if (this.#shuttingDown) return;
    this.#shuttingDown = true;
    this.stopAccepting();
    for (const handler of this.#handlers.keys()) handler.stop();
    for (const { request } of this.#waiting.splice(0)) void this.shutdownRequest(request);
    this.#onRequest?.(undefined);
    this.#stopped.resolve();
  }

  get isShuttingDown(): boolean {
    return this.#shuttingDown;
  }

  /** Shuts down, then waits for the handlers at work, at most `closeTimeout`. */
  async serverClose(): Promise<void> {
    this.shutdown();
    const working = Promise.allSettled(this.#handlers.values());
    const { closeTimeout } = this.constructor;
    const { promise: tooLate, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, closeTimeout);
    await Promise.race([working, tooLate]);
    clearTimeout(timer);
    for (const handler of this.#handlers.keys()) handler.abort?.();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.serverClose();
  }

  /** Whether the request is to be handled at all. The default takes everyone. */
  verifyRequest(_request: Request, _clientAddress: Address): boolean | Promise<boolean> {
    return true;
  }

  /** Handles one request and shuts it down. The hook for mix-ins that handle it elsewhere. */
  async processRequest(request: Request, clientAddress: Address): Promise<void> {
    await this.finishRequest(request, clientAddress);
    await this.shutdownRequest(request);
  }

  /** Runs a new handler on the request. */
  async finishRequest(request: Request, clientAddress: Address): Promise<void> {
    const handler = this.createHandler(request, clientAddress);
    const work = handler.run();
    this.#handlers.set(handler, work);
    if (this.#shuttingDown) handler.stop();
    try {
      await work;
    } finally {
      this.#handlers.delete(handler);
    }
  }

  /** Tells the client that nothing more will come, then closes. */
  shutdownRequest(request: Request): void | Promise<void> {
    this.closeRequest(request);
  }

  /** Frees what the request holds. */
  closeRequest(_request: Request): void {}

  /** Reports an error of a handler; the server goes on. The default writes it to standard error. */
  handleError(_request: Request, clientAddress: Address, error: unknown): void {
    const line = "-".repeat(40);
    process.stderr.write(
      `${line}\nException occurred during processing of request from ${inspect(clientAddress)}\n${inspect(error)}\n${line}\n`,
    );
  }

  /** For mix-ins: the request as a task for a worker. What it is here is gone afterwards. */
  packRequest(_request: Request, _place: WorkerPlace): Task {
    throw new TypeError("this server cannot hand its requests to workers");
  }

  /** For mix-ins, in the worker: the request that `packRequest` has sent. */
  unpackRequest(_payload: unknown, _link: TaskLink, _socket: Socket | undefined): Request {
    throw new TypeError("this server cannot take requests from another thread or process");
  }

  /** For derived classes: a request has come. It waits until somebody serves. */
  protected async acceptRequest(request: Request, clientAddress: Address): Promise<void> {
    if (this.#handlesAll) {
      await this.#handle(request, clientAddress);
      return;
    }
    if (this.#shuttingDown) {
      await this.shutdownRequest(request);
      return;
    }
    const onRequest = this.#onRequest;
    // Whoever waits takes one; what comes in the same breath waits for the next.
    this.#onRequest = undefined;
    if (onRequest === undefined) this.#waiting.push({ request, clientAddress });
    else onRequest({ request, clientAddress });
  }

  /** `undefined` when none comes within `timeout`, or when the server shuts down. */
  async #nextRequest(): Promise<WaitingRequest<Request, Address> | undefined> {
    const { promise, resolve } = Promise.withResolvers<
      WaitingRequest<Request, Address> | undefined
    >();
    const { timeout } = this.constructor;
    const timer = timeout > 0 ? setTimeout(() => resolve(undefined), timeout) : undefined;
    this.#onRequest = resolve;
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#onRequest = undefined;
    }
  }

  /** The way of a request through the hooks. Rejects only when `handleError` throws. */
  async #handle(request: Request, clientAddress: Address): Promise<void> {
    try {
      if (await this.verifyRequest(request, clientAddress)) {
        await this.processRequest(request, clientAddress);
        return;
      }
    } catch (error) {
      this.handleError(request, clientAddress, error);
    }
    try {
      await this.shutdownRequest(request);
    } catch (error) {
      this.handleError(request, clientAddress, error);
    }
  }
}
