/**
 * The handler of one datagram: `packet` came in, what is written to `wfile` goes back.
 *
 * Layer 1 (socketserver). Source: CPython Lib/socketserver.py (`DatagramRequestHandler`).
 * Differs from Python: nothing is sent when `wfile` stays empty; there is no `rfile`, the packet is all there is.
 */
import { BaseRequestHandler } from "./request-handlers.ts";
import type { Datagram, DatagramSocket } from "./datagram-server.ts";
import type { UDPAddress, UDPServer } from "./udp-server.ts";

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

export abstract class DatagramRequestHandler<
  Address = UDPAddress,
  Server = UDPServer,
> extends BaseRequestHandler<Datagram<Address>, Address, Server> {
  /** The answer, in pieces. */
  readonly wfile: DatagramWriter = new DatagramWriter();

  get packet(): Buffer {
    return this.request.packet;
  }

  get socket(): DatagramSocket<Address> {
    return this.request.socket;
  }

  /** Sends the answer in one datagram. */
  override async finish(): Promise<void> {
    const answer = this.wfile.content;
    if (answer.length > 0) await this.socket.sendTo(answer, this.clientAddress);
  }
}
