/**
 * Servers for connections: what TCP and Unix sockets have in common.
 *
 * Layer 1 (socketserver). Source: CPython Lib/socketserver.py (`TCPServer`, whose hooks these are).
 * Differs from Python: `UnixStreamServer` is a sibling of `TCPServer`, since a path is no host and port.
 */
import net, { type BoundSocket, type Server, type Socket } from "node:net";
import type { Task } from "../workers/pool.ts";
import type { TaskLink } from "../workers/worker-side.ts";
import { BaseServer, type RequestHandlerClass, type WorkerPlace } from "./base-server.ts";

/** A descriptor that somebody else has bound. */
export interface InheritedSocket {
  readonly fd: number;
}

/**
 * To be provided by a subclass: `bind`, `addressOf` and `clientAddressOf`.
 * May be overridden: what `BaseServer` names, the static members, `getRequest`, `handleListenerError`.
 */
export abstract class StreamServer<Address> extends BaseServer<Socket, Address> {
  /** Class attributes are read through this, so that a subclass can override them. */
  declare ["constructor"]: Pick<typeof StreamServer, keyof typeof StreamServer>;
  /** How many connections the kernel queues while the process is busy. */
  static readonly requestQueueSize: number = 511;
  /** How long a closed connection waits for the client's FIN, in milliseconds. */
  static readonly lingerTimeout: number = 2000;
  readonly #target: Address | InheritedSocket;
  readonly #listener: Server;
  #bound: BoundSocket | undefined;

  /** `unbound` is the address until there is one. */
  constructor(
    target: Address | InheritedSocket,
    handlerClass: RequestHandlerClass<Socket, Address, never>,
    unbound: Address,
  ) {
    super(isInherited(target) ? unbound : target, handlerClass);
    this.#target = target;
    // A client that has sent its FIN may still wait for the answer, so both halves close on their own. Nothing is
    // read before somebody asks: a socket that has begun to read cannot be moved to a thread.
    this.#listener = net.createServer(
      { allowHalfOpen: true, noDelay: true, pauseOnConnect: true },
      (socket) => this.#onConnection(socket),
    );
  }

  /** Binds without listening. */
  protected abstract bind(address: Address): BoundSocket | Promise<BoundSocket>;

  /** From what `net` says of a bound or listening socket to an address. */
  protected abstract addressOf(bound: net.AddressInfo | string): Address;

  protected abstract clientAddressOf(socket: Socket): Address;

  override async serverBind(): Promise<void> {
    const target = this.#target;
    if (isInherited(target)) return;
    this.#bound = await this.bind(target);
    this.serverAddress = this.addressOf(this.#bound.address());
  }

  override async serverActivate(): Promise<void> {
    const { requestQueueSize } = this.constructor;
    const listening = Promise.withResolvers<void>();
    this.#listener.once("error", listening.reject);
    const source = isInherited(this.#target) ? { fd: this.#target.fd } : this.#bound;
    this.#listener.listen(source, requestQueueSize, listening.resolve);
    // From here on it is the listener's, also when listening fails: to close it would throw.
    this.#bound = undefined;
    await listening.promise;
    this.#listener.off("error", listening.reject);
    this.#listener.on("error", (error) => this.handleListenerError(error));
    const address = this.#listener.address();
    if (address !== null) this.serverAddress = this.addressOf(address);
  }

  /** The descriptor of the socket that is bound, listens, or was inherited; -1 when there is none. */
  fileno(): number {
    if (this.#bound !== undefined) return this.#bound.fd();
    if (isInherited(this.#target)) return this.#target.fd;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node shows the descriptor of a listener nowhere else
    const { _handle: handle } = this.#listener as { _handle?: { readonly fd?: number } | null };
    return handle?.fd ?? -1;
  }

  /**
   * From a connection that was accepted to a request and its client's address. Python accepts here; Node has accepted
   * already. An override may put something around the socket, or know the address better (a proxy's, say).
   */
  getRequest(socket: Socket): readonly [request: Socket, clientAddress: Address] {
    return [socket, this.clientAddressOf(socket)];
  }

  /** Accepting failed (no descriptor left, say). The default reports it; the server goes on. */
  handleListenerError(error: Error): void {
    process.stderr.write(`cannot accept a connection: ${error.message}\n`);
  }

  protected override stopAccepting(): void {
    if (this.#listener.listening) this.#listener.close();
    this.#bound?.close();
    this.#bound = undefined;
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

  /** The socket moves to the worker, unread. */
  override packRequest(socket: Socket, _place: WorkerPlace): Task {
    return { payload: undefined, cargo: { socket } };
  }

  override unpackRequest(_payload: unknown, _link: TaskLink, socket: Socket | undefined): Socket {
    if (socket === undefined) throw new TypeError("the connection has not come along");
    // What a process is sent does not remember it.
    socket.allowHalfOpen = true;
    socket.on("error", () => undefined);
    return socket;
  }

  #onConnection(socket: Socket): void {
    // A socket error without a listener would end the process; the handler learns of it through its streams.
    socket.on("error", () => undefined);
    void this.acceptRequest(...this.getRequest(socket));
  }
}

function isInherited(target: unknown): target is InheritedSocket {
  return typeof target === "object" && target !== null && "fd" in target;
}
