/**
 * A server for UDP datagrams, and the handler of one datagram.
 *
 * Layer 1 (socketserver). Source: CPython Lib/socketserver.py (`UDPServer`, `DatagramRequestHandler`).
 * Errors: binding rejects with Node's system errors.
 * Differs from Python: the answer is collected in `wfile`, and nothing is sent when it stays empty.
 */
import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { isIPv6 } from "node:net";
import { BaseServer, type RequestHandler, type RequestHandlerClass } from "./base-server.ts";
import { BaseRequestHandler } from "./request-handlers.ts";
import type { TCPAddress } from "./tcp-server.ts";

/** A datagram and the socket to answer on. */
export interface Datagram {
  readonly packet: Buffer;
  readonly socket: Socket;
}

/** Host and port, as with TCP. */
export type UDPAddress = TCPAddress;

export class UDPServer extends BaseServer<Datagram, UDPAddress> {
  /** Class attributes are read through this, so that a subclass can override them. */
  declare ["constructor"]: Pick<typeof UDPServer, keyof typeof UDPServer>;
  /** What is longer is cut off. In bytes. */
  static readonly maxPacketSize: number = 8192;
  readonly #handlerClass: RequestHandlerClass<Datagram, UDPAddress, never>;
  readonly #socket: Socket;
  #address: UDPAddress;
  #open = true;

  constructor(address: UDPAddress, handlerClass: RequestHandlerClass<Datagram, UDPAddress, never>) {
    super();
    this.#address = address;
    this.#handlerClass = handlerClass;
    this.#socket = createSocket(isIPv6(address[0]) ? "udp6" : "udp4");
    this.#socket.on("message", (packet, from) => this.#onMessage(packet, from));
  }

  /** The address that is really served, from `serverBind` on. */
  get serverAddress(): UDPAddress {
    return this.#address;
  }

  protected override createHandler(request: Datagram, clientAddress: UDPAddress): RequestHandler {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it was chosen for this class; a constructor cannot name the type of `this`
    const handlerClass = this.#handlerClass as RequestHandlerClass<Datagram, UDPAddress, this>;
    return new handlerClass(request, clientAddress, this);
  }

  override async serverBind(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const [host, port] = this.#address;
    this.#socket.once("error", reject);
    this.#socket.bind(port, host, resolve);
    await promise;
    this.#socket.off("error", reject);
    this.#socket.on("error", (error) => this.handleSocketError(error));
    const bound = this.#socket.address();
    this.#address = [bound.address, bound.port];
  }

  /** A bound UDP socket receives; there is nothing more to do. */
  override serverActivate(): void {}

  /** Receiving failed. The default reports it; the server goes on. */
  handleSocketError(error: Error): void {
    process.stderr.write(`cannot receive a datagram: ${error.message}\n`);
  }

  /** Handlers at work may still answer, so the socket is closed by `serverClose`. */
  protected override stopAccepting(): void {
    this.#open = false;
  }

  override async serverClose(): Promise<void> {
    const wasOpen = !this.isShuttingDown;
    await super.serverClose();
    if (wasOpen) this.#socket.close();
  }

  #onMessage(packet: Buffer, from: RemoteInfo): void {
    if (!this.#open) return;
    const request = {
      packet: packet.subarray(0, this.constructor.maxPacketSize),
      socket: this.#socket,
    };
    void this.acceptRequest(request, [from.address, from.port]);
  }
}

/** The answer to a datagram, collected. */
export class DatagramWriter {
  readonly #pieces: Uint8Array[] = [];

  get content(): Buffer {
    return Buffer.concat(this.#pieces);
  }

  write(data: Uint8Array): void {
    this.#pieces.push(data);
  }
}

/** A handler for one datagram: `packet` came in, what is written to `wfile` goes back. */
export abstract class DatagramRequestHandler<Server = UDPServer> extends BaseRequestHandler<
  Datagram,
  UDPAddress,
  Server
> {
  /** The answer, in pieces. */
  readonly wfile: DatagramWriter = new DatagramWriter();

  get packet(): Buffer {
    return this.request.packet;
  }

  get socket(): Socket {
    return this.request.socket;
  }

  /** Sends the answer in one datagram. */
  override async finish(): Promise<void> {
    const answer = this.wfile.content;
    if (answer.length === 0) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const [host, port] = this.clientAddress;
    this.socket.send(answer, port, host, (error) => (error === null ? resolve() : reject(error)));
    await promise;
  }
}
