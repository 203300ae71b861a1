/**
 * A server for TCP connections.
 *
 * Layer 1 (socketserver). Source: CPython Lib/socketserver.py (`TCPServer`).
 * Errors: binding throws Node's system errors (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`, …), or a
 * `RangeError` for a port outside 0 to 65535.
 * Why `net.BoundSocket`: it binds synchronously and without listening, so that `serverBind` and
 * `serverActivate` are the two steps they are in Python, and a bound socket can be handed to a child.
 */
import { lookup } from "node:dns/promises";
import net, { type Server, type Socket } from "node:net";
import { BaseServer, type RequestHandler, type RequestHandlerClass } from "./base-server.ts";

/** Host and port. Port 0 lets the system choose; after `serverBind` it is the real one. */
export type TCPAddress = readonly [host: string, port: number];

/** Where a server listens: an address to bind, or a descriptor that somebody else has bound. */
export type ListenTarget = TCPAddress | { readonly fd: number };

export class TCPServer extends BaseServer<Socket, TCPAddress> {
  /** Class attributes are read through this, so that a subclass can override them. */
  declare ["constructor"]: Pick<typeof TCPServer, keyof typeof TCPServer>;
  /** How many connections the kernel queues while the process is busy. */
  static readonly requestQueueSize: number = 511;
  /** How long a closed connection waits for the client's FIN, in milliseconds. */
  static readonly lingerTimeout: number = 2000;
  readonly #handlerClass: RequestHandlerClass<Socket, TCPAddress, this>;
  readonly #target: ListenTarget;
  readonly #listener: Server;
  #bound: net.BoundSocket | undefined;
  #address: TCPAddress = ["", 0];

  /** `handlerClass` may ask for the very server class that it is given to. */
  constructor(target: ListenTarget, handlerClass: RequestHandlerClass<Socket, TCPAddress, never>) {
    super();
    this.#target = target;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a class cannot name the type of `this` in its constructor
    this.#handlerClass = handlerClass as RequestHandlerClass<Socket, TCPAddress, this>;
    // A client that has sent its FIN may still wait for the answer, so both halves close on their own.
    this.#listener = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
      this.#onConnection(socket),
    );
  }

  /** The address that is really served. Host and port of the constructor until `serverBind`. */
  get serverAddress(): TCPAddress {
    return this.#address;
  }

  protected override createHandler(request: Socket, clientAddress: TCPAddress): RequestHandler {
    return new this.#handlerClass(request, clientAddress, this);
  }

  override async serverBind(): Promise<void> {
    if ("fd" in this.#target) return;
    this.#bound = await bindSocket(this.#target);
    const { address, port } = this.#bound.address();
    this.#address = [address, port];
  }

  override async serverActivate(): Promise<void> {
    const { requestQueueSize } = this.constructor;
    const listening = Promise.withResolvers<void>();
    this.#listener.once("error", listening.reject);
    if ("fd" in this.#target)
      this.#listener.listen({ fd: this.#target.fd }, requestQueueSize, listening.resolve);
    else this.#listener.listen(this.#bound, requestQueueSize, listening.resolve);
    await listening.promise;
    this.#listener.off("error", listening.reject);
    this.#listener.on("error", (error) => this.handleListenerError(error));
    const address = this.#listener.address();
    if (typeof address === "object" && address !== null)
      this.#address = [address.address, address.port];
  }

  /** Binds and activates. On failure everything is given back before the error reaches the caller. */
  async start(): Promise<this> {
    try {
      await this.serverBind();
      await this.serverActivate();
      return this;
    } catch (error) {
      await this.serverClose();
      throw error;
    }
  }

  /** Accepting failed (no descriptor left, say). The default reports it; the server goes on. */
  handleListenerError(error: Error): void {
    process.stderr.write(`cannot accept a connection: ${error.message}\n`);
  }

  protected override stopAccepting(): void {
    if (this.#listener.listening) this.#listener.close();
    else this.#bound?.close();
  }

  /** Sends FIN, then reads what the client still sends until it closes too, so that the last bytes of an answer are not lost to a reset. */
  override shutdownRequest(socket: Socket): void {
    if (socket.destroyed) {
      this.closeRequest(socket);
      return;
    }
    const { lingerTimeout } = this.constructor;
    let deadline: NodeJS.Timeout | undefined;
    socket.once("close", () => {
      clearTimeout(deadline);
      this.closeRequest(socket);
    });
    // Unsent bytes wait while the client takes some; once they are out it has one time-out, however busy it is.
    socket.setTimeout(lingerTimeout, () => socket.destroy());
    socket.end(() => {
      if (!socket.destroyed) deadline = setTimeout(() => socket.destroy(), lingerTimeout);
    });
    if (socket.readableEnded) {
      socket.destroySoon();
      return;
    }
    socket.removeAllListeners("data");
    socket.on("end", () => socket.destroySoon());
    socket.resume();
  }

  override closeRequest(socket: Socket): void {
    socket.destroy();
  }

  #onConnection(socket: Socket): void {
    // A socket error without a listener would end the process; the handler learns of it through its streams.
    socket.on("error", () => undefined);
    void this.acceptRequest(socket, [socket.remoteAddress ?? "", socket.remotePort ?? 0]);
  }
}

/** Binds without listening. A host name is looked up first, since `BoundSocket` takes addresses only. */
export async function bindSocket([host, port]: TCPAddress): Promise<net.BoundSocket> {
  const { address } = net.isIP(host) === 0 ? await lookup(host) : { address: host };
  return new net.BoundSocket({ host: address, port });
}
