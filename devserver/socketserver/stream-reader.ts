/**
 * `rfile`: a socket as a stream of bytes that is read on demand.
 *
 * Layer 1 (socketserver). Units: bytes; time-outs in milliseconds.
 * Errors: `TimeoutError` when the client sends nothing for `timeout`; the socket's own error when the
 * connection breaks. The end of the stream is no error: reads return less, or nothing.
 * Source: CPython `socket.makefile("rb")`. At most `HIGH_WATER_MARK` bytes wait here; past that the
 * socket is paused and the client has to wait.
 */
import type { Socket } from "node:net";
import { ByteReader } from "./byte-reader.ts";
import { stopReading } from "../workers/move-socket.ts";
import { COARSENESS, coarseNow } from "./coarse-clock.ts";
import { TimeoutError } from "./timeout-error.ts";

const HIGH_WATER_MARK = 128 * 1024;
/** From here on a time-out may be late by a tenth of a second. In milliseconds. */
const LONG_WAIT = 2000;
const EMPTY = Buffer.alloc(0);
const ENDED = Promise.resolve(false);

export class StreamReader extends ByteReader {
  /** How long a read waits for the client, in milliseconds; 0 for ever. */
  timeout = 0;
  readonly #socket: Socket;
  #buffered: Buffer = EMPTY;
  #ended = false;
  #error: Error | undefined;
  #waiting: Promise<boolean> = ENDED;
  #resolve: ((more: boolean) => void) | undefined;
  #reject: ((error: Error) => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #timerLength = 0;
  #waitingSince = 0;

  constructor(socket: Socket) {
    super();
    this.#socket = socket;
    // What has happened already is not announced again.
    this.#ended = socket.destroyed || socket.readableEnded;
    this.#error = socket.errored ?? undefined;
    socket.on("data", (chunk: Buffer) => this.#onData(chunk));
    socket.on("end", () => this.#onEnd());
    socket.on("close", () => this.#onEnd());
    socket.on("error", (error) => {
      this.#error = error;
      this.#onEnd();
    });
  }

  override get buffered(): Buffer {
    return this.#buffered;
  }

  /** No more bytes will arrive; there may be some buffered. */
  get ended(): boolean {
    return this.#ended;
  }

  override take(size: number): Buffer {
    const taken = this.#buffered.subarray(0, size);
    this.skip(size);
    return taken;
  }

  /** Drops `size` of the buffered bytes. */
  skip(size: number): void {
    this.#buffered = size >= this.#buffered.length ? EMPTY : this.#buffered.subarray(size);
    if (this.#buffered.length < HIGH_WATER_MARK && this.#socket.isPaused()) this.#socket.resume();
  }

  override more(): Promise<boolean> {
    if (this.#ended) return this.#error === undefined ? ENDED : Promise.reject(this.#error);
    if (this.#resolve !== undefined) return this.#waiting;
    if (this.#socket.isPaused()) this.#socket.resume();
    this.#startTimer(this.timeout);
    this.#waiting = new Promise(this.#wait);
    return this.#waiting;
  }

  /**
   * As `more`, for whoever is called anew for each piece: without a promise. Calls back later, never at once;
   * only one may wait.
   */
  whenMore(onMore: (more: boolean) => void, onError: (error: Error) => void): void {
    if (this.#ended || this.#resolve !== undefined) {
      this.more().then(onMore, onError);
      return;
    }
    if (this.#socket.isPaused()) this.#socket.resume();
    this.#startTimer(this.timeout);
    this.#wait(onMore, onError);
  }

  /** Ends the waiting read as if the client had closed: for connections that are idle. */
  end(): void {
    this.#onEnd();
  }

  /**
   * Reads no more, for good: the socket goes elsewhere. What was read and not taken; what is still to come stays in the
   * system for whoever has the socket next.
   */
  detach(): Buffer {
    const unread = stopReading(this.#socket);
    const rest = unread.length === 0 ? this.#buffered : Buffer.concat([this.#buffered, unread]);
    this.#buffered = EMPTY;
    this.#onEnd();
    return rest;
  }

  #onData(chunk: Buffer): void {
    this.#buffered = this.#buffered.length === 0 ? chunk : Buffer.concat([this.#buffered, chunk]);
    if (this.#buffered.length >= HIGH_WATER_MARK) this.#socket.pause();
    this.#settle(true);
  }

  #onEnd(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    if (this.#error === undefined) this.#settle(false);
    else this.#fail(this.#error);
  }

  /**
   * One timer serves all waits of the same length. For long ones it is not even started anew: when it goes off
   * and the wait began later, it goes on for the rest. One of an earlier wait must not end one without a time-out.
   */
  #startTimer(milliseconds: number): void {
    if (milliseconds <= 0) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      return;
    }
    const isLong = milliseconds >= LONG_WAIT;
    if (isLong) this.#waitingSince = coarseNow();
    if (this.#timer === undefined || this.#timerLength !== milliseconds) {
      clearTimeout(this.#timer);
      this.#timerLength = milliseconds;
      this.#timer = setTimeout(this.#onTimer, milliseconds);
    } else if (!isLong) this.#timer.refresh();
  }

  readonly #onTimer = (): void => {
    const waited =
      this.#timerLength >= LONG_WAIT ? coarseNow() - this.#waitingSince : this.#timerLength;
    const left = this.#timerLength - waited;
    if (left > COARSENESS) this.#timer = setTimeout(this.#onTimer, left);
    else {
      this.#timer = undefined;
      this.#fail(new TimeoutError(this.#timerLength));
    }
  };

  readonly #wait = (resolve: (more: boolean) => void, reject: (error: Error) => void): void => {
    this.#resolve = resolve;
    this.#reject = reject;
  };

  #settle(more: boolean): void {
    const resolve = this.#resolve;
    this.#resolve = undefined;
    resolve?.(more);
  }

  /** Without effect when nobody waits: the timer goes on after a wait has ended. */
  #fail(error: Error): void {
    if (this.#resolve === undefined) return;
    this.#resolve = undefined;
    this.#reject?.(error);
  }
}
