/**
 * Request handlers: what is done with one request.
 *
 *     BaseRequestHandler
 *         └── StreamRequestHandler   (a connection as `rfile` and `wfile`)
 *
 * Layer 1 (socketserver). Source: CPython Lib/socketserver.py.
 * Differs from Python: the constructor only stores its arguments; `run()` calls setup, handle, finish.
 */
import type { Socket } from "node:net";
import type { RequestHandler } from "./base-server.ts";
import { StreamReader } from "./stream-reader.ts";
import { StreamWriter } from "./stream-writer.ts";

/**
 * Override `handle`; extend `setup` and `finish`. Do not override `run`.
 * `finish` runs after `handle` in every case, but not when `setup` fails.
 */
export abstract class BaseRequestHandler<Request, Address, Server> implements RequestHandler {
  readonly request: Request;
  readonly clientAddress: Address;
  readonly server: Server;

  constructor(request: Request, clientAddress: Address, server: Server) {
    this.request = request;
    this.clientAddress = clientAddress;
    this.server = server;
  }

  async run(): Promise<void> {
    await this.setup();
    try {
      await this.handle();
    } finally {
      await this.finish();
    }
  }

  setup(): void | Promise<void> {}

  abstract handle(): void | Promise<void>;

  finish(): void | Promise<void> {}

  /** The server shuts down. The default lets the handler finish what it does. */
  stop(): void {}
}

/** A handler for one connection, with `rfile` to read from and `wfile` to write to. */
export abstract class StreamRequestHandler<Address, Server> extends BaseRequestHandler<
  Socket,
  Address,
  Server
> {
  /** Class attributes are read through this, so that a subclass can override them. */
  declare ["constructor"]: Pick<typeof StreamRequestHandler, keyof typeof StreamRequestHandler>;
  /** How long a single read or write waits for the client, in milliseconds; 0 for ever. */
  static readonly timeout: number = 0;
  readonly rfile: StreamReader;
  readonly wfile: StreamWriter;

  constructor(request: Socket, clientAddress: Address, server: Server) {
    super(request, clientAddress, server);
    this.rfile = new StreamReader(request);
    this.wfile = new StreamWriter(request);
  }

  /** Ends the connection behind what was written. */
  abort(): void {
    this.request.destroySoon();
  }

  /** The socket, under the name it has in Python. */
  get connection(): Socket {
    return this.request;
  }

  override setup(): void | Promise<void> {
    const { timeout } = this.constructor;
    this.rfile.timeout = timeout;
    this.wfile.timeout = timeout;
  }

  /** Flushes. A client that has gone is no error here, and one that has stalled is not waited for twice. */
  override async finish(): Promise<void> {
    if (this.wfile.closed || this.wfile.stalled) return;
    try {
      await this.wfile.flush();
    } catch {
      // The connection broke while its last bytes were on the way; whoever wrote them has moved on.
    }
  }
}
