/**
 * `wfile`: bytes to a socket, no faster than the client takes them.
 *
 * Layer 1 (socketserver). Units: bytes; time-outs in milliseconds.
 * Errors: `BrokenPipeError` once the client is gone; `TimeoutError` when it takes nothing for `timeout`.
 * Source: CPython `socketserver._SocketWriter`.
 */
import type { Socket } from "node:net";
import { TimeoutError } from "./timeout-error.ts";

/** The client closed the connection before it had the whole answer. */
export class BrokenPipeError extends Error {
  override readonly name = "BrokenPipeError";
  readonly code = "EPIPE";

  constructor(message: string = "the client closed the connection") {
    super(message);
  }
}

const BROKEN_PIPE_CODES = new Set([
  "EPIPE",
  "ECONNRESET",
  "ECONNABORTED",
  "ERR_STREAM_DESTROYED",
  "ERR_STREAM_PREMATURE_CLOSE",
]);

/** True for the errors that only say that the client has gone: no fault of ours, nothing to trace. */
export function isBrokenPipeError(error: unknown): boolean {
  return error instanceof Error && "code" in error && BROKEN_PIPE_CODES.has(String(error.code));
}

export class StreamWriter {
  /** How long a write waits for the client to take something, in milliseconds; 0 for ever. */
  timeout = 0;
  readonly #socket: Socket;
  #stalled = false;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** The last wait for the client ended in a `TimeoutError`: to wait once more is of no use. */
  get stalled(): boolean {
    return this.#stalled;
  }

  /** True when nothing can be written any more. */
  get closed(): boolean {
    const socket = this.#socket;
    // A write that fails at once destroys the socket only later: whoever writes on meanwhile would never know.
    return socket.destroyed || socket.errored !== null || socket.writableEnded;
  }

  /** Everything that was written has been handed to the system. */
  get drained(): boolean {
    return this.#socket.writableLength === 0;
  }

  /** Returns at once while there is room; otherwise a promise that settles when there is again. */
  write(data: Uint8Array): void | Promise<void> {
    if (this.closed) throw new BrokenPipeError();
    if (!this.#socket.write(data)) return this.flush();
    return undefined;
  }

  /** As `write`, for pieces that belong together: one system call where the system can, and none of them is copied. */
  writeAll(pieces: readonly Uint8Array[]): void | Promise<void> {
    if (this.closed) throw new BrokenPipeError();
    const socket = this.#socket;
    socket.cork();
    let isRoom = true;
    for (const piece of pieces) isRoom = socket.write(piece);
    socket.uncork();
    return isRoom ? undefined : this.flush();
  }

  /** Settles when everything written so far has been handed to the system. */
  flush(): void | Promise<void> {
    if (this.drained) return undefined;
    return this.#drained();
  }

  /** Calls `listener` when the connection is gone, at the latest now if it is. Dispose it when that is of no interest any more. */
  onGone(listener: (error: BrokenPipeError) => void): Disposable {
    const socket = this.#socket;
    const onClose = (): void => listener(new BrokenPipeError());
    if (socket.destroyed) onClose();
    else socket.once("close", onClose);
    return { [Symbol.dispose]: () => void socket.off("close", onClose) };
  }

  /** Calls `listener` when the client has sent its FIN, at the latest now if it has: it asks no more, but may still read. */
  onFin(listener: () => void): Disposable {
    const socket = this.#socket;
    if (socket.readableEnded) listener();
    else socket.once("end", listener);
    return { [Symbol.dispose]: () => void socket.off("end", listener) };
  }

  #drained(): Promise<void> {
    const socket = this.#socket;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const onClose = (): void => reject(new BrokenPipeError());
    const onTimeout = (): void => {
      this.#stalled = true;
      reject(new TimeoutError(this.timeout));
    };
    const onDrained = (): void => {
      this.#stalled = false;
      resolve();
    };
    // The socket's own time-out looks at what the system has taken: a slow client is no stalled one.
    if (this.timeout > 0) socket.setTimeout(this.timeout, onTimeout);
    // An empty write calls back when all bytes before it are gone, whatever the high-water mark;
    // or when they never will be.
    socket.write("", (error) => (error ? onClose() : onDrained()));
    socket.once("close", onClose);
    const drained = promise.finally(() => {
      if (!socket.destroyed) socket.setTimeout(0, onTimeout);
      socket.off("close", onClose);
    });
    // Whoever does not wait learns of it from the next write; it must not end the process.
    drained.catch(() => undefined);
    return drained;
  }
}
