/**
 * Servers for datagrams: what UDP and Unix sockets have in common.
 *
 * Layer 1 (socketserver). Source: CPython Lib/socketserver.py (`UDPServer`, whose hooks these are).
 * Differs from Python: `UnixDatagramServer` is a sibling of `UDPServer`, since a path is no host and port.
 */
import type { Task } from "../workers/pool.ts";
import type { TaskLink } from "../workers/worker-side.ts";
import { BaseServer } from "./base-server.ts";

/** Where answers to a datagram go out. */
export interface DatagramSocket<Address> {
  /** Resolves when the system has taken the datagram. */
  sendTo(data: Uint8Array, address: Address): Promise<void>;
}

/** A datagram and the socket to answer on. */
export interface Datagram<Address> {
  readonly packet: Buffer;
  readonly socket: DatagramSocket<Address>;
}

/** What a worker says about the datagram it handles. */
interface Answer<Address> {
  readonly data: Uint8Array;
  readonly address: Address;
}

/** To be provided by a subclass: `open`, `close` and `sendTo`; it calls `receive` for each datagram. */
export abstract class DatagramServer<Address>
  extends BaseServer<Datagram<Address>, Address>
  implements DatagramSocket<Address>
{
  /** Class attributes are read through this, so that a subclass can override them. */
  declare ["constructor"]: Pick<typeof DatagramServer, keyof typeof DatagramServer>;
  /** What is longer is cut off. In bytes. */
  static readonly maxPacketSize: number = 8192;
  #isOpen = false;

  /** Takes the address and returns the one that was really had. */
  protected abstract open(address: Address): Promise<Address>;

  protected abstract close(): void | Promise<void>;

  abstract sendTo(data: Uint8Array, address: Address): Promise<void>;

  override async serverBind(): Promise<void> {
    this.serverAddress = await this.open(this.serverAddress);
    this.#isOpen = true;
  }

  /** A bound socket receives; there is nothing more to do. */
  override serverActivate(): void {}

  /** Receiving failed. The default reports it; the server goes on. */
  handleSocketError(error: Error): void {
    process.stderr.write(`cannot receive a datagram: ${error.message}\n`);
  }

  /** Handlers at work may still answer, so the socket is closed by `serverClose`. */
  protected override stopAccepting(): void {}

  override async serverClose(): Promise<void> {
    await super.serverClose();
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.close();
  }

  /** For derived classes: a datagram has come. */
  protected receive(packet: Buffer, address: Address): void {
    if (this.isShuttingDown) return;
    const request = { packet: packet.subarray(0, this.constructor.maxPacketSize), socket: this };
    void this.acceptRequest(request, address);
  }

  /** The packet goes to the worker, the answers come back: the socket stays here. */
  override packRequest({ packet, socket }: Datagram<Address>): Task {
    return {
      payload: packet,
      onMessage: (message) => {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sent by `unpackRequest`, see there
        const { data, address } = message as Answer<Address>;
        socket
          .sendTo(data, address)
          .catch((error: unknown) => this.handleError({ packet, socket }, address, error));
      },
    };
  }

  override unpackRequest(payload: unknown, link: TaskLink): Datagram<Address> {
    if (!(payload instanceof Uint8Array)) throw new TypeError("a datagram is bytes");
    const sendTo = async (data: Uint8Array, address: Address): Promise<void> =>
      link.post({ data, address } satisfies Answer<Address>);
    return { packet: Buffer.from(payload), socket: { sendTo } };
  }
}
