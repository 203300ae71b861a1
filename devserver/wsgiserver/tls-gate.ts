/**
 * From accepted connections to TLS ones: looks at the first byte, then shakes hands.
 *
 * Layer 3 (wsgiserver). Units: milliseconds. Errors: what Node throws for a certificate and a key that do not fit.
 * Source: RFC 8446; `tls.Server`, whose `connection` event takes sockets that others have accepted.
 * A TLS connection cannot move to another process, since its keys cannot. One that has sent nothing yet can.
 */
import { createHash } from "node:crypto";
import type { Socket } from "node:net";
import tls, { type Server } from "node:tls";
import { stopReading } from "../workers/move-socket.ts";

/** As PEM. */
export interface TlsCredentials {
  readonly cert: string;
  readonly key: string;
}

/** How long a client may take for its first byte, and then for its handshake. */
const ARRIVAL_TIMEOUT = 60_000;
const HANDSHAKE_TIMEOUT = 10_000;
/** How long handshakes that have begun are waited for when everything stops. */
const STOP_TIMEOUT = 2000;
/** The first byte of a TLS connection (RFC 8446 section 5.1); no request begins with it. */
const HANDSHAKE = 0x16;

export class TlsGate {
  /** What becomes of connections that have sent nothing when the gate stops. By default they are closed. */
  moveUntouched: ((socket: Socket) => void) | undefined;
  readonly #tls: Server;
  /** Waiting for their first byte. */
  readonly #untouched: Map<Socket, () => void> = new Map<Socket, () => void>();
  readonly #handshakes: Map<string, (secure: Socket | undefined) => void> = new Map<
    string,
    (secure: Socket | undefined) => void
  >();
  #arriving = 0;
  readonly #settled: PromiseWithResolvers<void> = Promise.withResolvers<void>();
  #isStopped = false;

  constructor({ cert, key }: TlsCredentials) {
    this.#tls = tls.createServer({
      cert,
      key,
      ALPNProtocols: ["http/1.1"],
      handshakeTimeout: HANDSHAKE_TIMEOUT,
      // The same in the next process, so that clients need no whole handshake after a reload.
      ticketKeys: createHash("sha384").update(key).digest(),
    });
    this.#tls.on("secureConnection", (socket) => {
      socket.on("error", () => undefined);
      this.#finish(socket, socket);
    });
    this.#tls.on("tlsClientError", (_error, socket) => this.#finish(socket, undefined));
  }

  /** The TLS connection; the socket itself if it speaks something else; `undefined` when it has gone, or was moved. */
  async admit(socket: Socket): Promise<Socket | undefined> {
    this.#arriving += 1;
    try {
      const first = await this.#firstByte(socket);
      if (first === undefined) return undefined;
      return first === HANDSHAKE ? await this.#shakeHands(socket) : socket;
    } finally {
      this.#arriving -= 1;
      this.#settle();
    }
  }

  /** Lets go of whoever has sent nothing. Handshakes that have begun go on. */
  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    for (const release of this.#untouched.values()) release();
    this.#settle();
  }

  /** Settles when nobody is between accepted and admitted, or after a while. */
  async settled(): Promise<void> {
    const timer = setTimeout(this.#settled.resolve, STOP_TIMEOUT);
    await this.#settled.promise;
    clearTimeout(timer);
  }

  #settle(): void {
    if (this.#isStopped && this.#arriving === 0) this.#settled.resolve();
  }

  /** The byte stays unread. */
  async #firstByte(socket: Socket): Promise<number | undefined> {
    const { promise, resolve } = Promise.withResolvers<number | undefined>();
    const onReadable = (): void => {
      const chunk: Buffer | null = socket.read();
      if (chunk === null) return;
      // Otherwise it would be called for what it puts back.
      socket.off("readable", onReadable).unshift(chunk);
      resolve(chunk[0]);
    };
    const onEnd = (): void => resolve(undefined);
    this.#untouched.set(socket, onEnd);
    if (this.#isStopped) resolve(undefined);
    socket.on("readable", onReadable).once("end", onEnd).once("close", onEnd);
    socket.setTimeout(ARRIVAL_TIMEOUT, onEnd);
    const first = await promise;
    this.#untouched.delete(socket);
    socket.off("readable", onReadable).off("end", onEnd).off("close", onEnd);
    socket.setTimeout(0, onEnd);
    if (first === undefined) this.#letGo(socket);
    return first;
  }

  #letGo(socket: Socket): void {
    const isOpen = !socket.destroyed && !socket.readableEnded;
    if (!this.#isStopped || this.moveUntouched === undefined || !isOpen) {
      socket.destroySoon();
      return;
    }
    const unread = stopReading(socket);
    // It has spoken at the last moment.
    if (unread.length > 0) socket.destroySoon();
    else this.moveUntouched(socket);
  }

  async #shakeHands(socket: Socket): Promise<Socket | undefined> {
    const { promise, resolve } = Promise.withResolvers<Socket | undefined>();
    const name = nameOf(socket);
    this.#handshakes.set(name, resolve);
    socket.once("close", () => resolve(undefined));
    this.#tls.emit("connection", socket);
    const secure = await promise;
    this.#handshakes.delete(name);
    return secure;
  }

  #finish(socket: Socket, secure: Socket | undefined): void {
    this.#handshakes.get(nameOf(socket))?.(secure);
  }
}

/** There is one connection from there at a time. */
function nameOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
