/**
 * Reads one request head after another from a connection.
 *
 * Layer 2 (httpserver). Units: milliseconds. Errors: `HTTPRequestError` for a head that is refused,
 * `TimeoutError` for one that takes too long once it has begun.
 * A head that has arrived whole (pipelined requests) is returned at once, without a promise.
 */
import { HeadMemo } from "./head-memo.ts";
import { HTTPRequestError } from "./http-error.ts";
import type { HTTPLimits } from "./limits.ts";
import { isBeforeRequest, parseRequestHead, type RequestHead } from "./request-head.ts";
import type { StreamReader } from "../socketserver/stream-reader.ts";

export interface HeadReaderOptions {
  readonly limits: HTTPLimits;
  /** How long the connection may be idle. */
  readonly keepAliveTimeout: number;
  /** How long a head may take from its first byte on. */
  readonly headTimeout: number;
  /** What `rfile.timeout` is while a body is read. */
  readonly timeout: number;
}

export class HeadReader {
  /** Nothing has been asked: the connection may be closed without a word. */
  idle = true;
  /** No request is there whole: the connection is idle, or has sent a part of its next head. */
  isWaiting = true;
  readonly memo: HeadMemo = new HeadMemo();
  #next: ((asked: boolean) => void) | undefined;
  readonly #rfile: StreamReader;
  readonly #options: HeadReaderOptions;

  constructor(rfile: StreamReader, options: HeadReaderOptions) {
    this.#rfile = rfile;
    this.#options = options;
  }

  /** Bytes of the next request have arrived. An empty line before it is none: the connection is as idle as before. */
  get hasBytes(): boolean {
    return !isBeforeRequest(this.#rfile.buffered);
  }

  /**
   * Waits while the connection is idle; then calls `next`: true when something has arrived, false when nothing
   * will (the client closed, broke off, or was silent for too long). Calls it later, never at once.
   * Why no promise: this is where a kept connection spends its life, once per request.
   */
  whenAsked(next: (asked: boolean) => void): void {
    this.idle = true;
    this.isWaiting = true;
    this.#next = next;
    this.#rfile.timeout = this.#options.keepAliveTimeout;
    this.#rfile.whenMore(this.#onMore, this.#onIdleError);
  }

  /** The next head, taken off the stream; `undefined` when the client wants no more. */
  next(): RequestHead | undefined | Promise<RequestHead | undefined> {
    return this.#parse() ?? this.#wait();
  }

  readonly #onMore = (more: boolean): void => {
    if (more && !this.hasBytes) {
      this.#rfile.whenMore(this.#onMore, this.#onIdleError);
      return;
    }
    this.idle = false;
    this.isWaiting = false;
    this.#rfile.timeout = this.#options.timeout;
    this.#next?.(more);
  };

  /** Nothing was asked, so nothing is said. */
  readonly #onIdleError = (): void => this.#onMore(false);

  async #wait(): Promise<RequestHead | undefined> {
    const rfile = this.#rfile;
    const { keepAliveTimeout, headTimeout, timeout } = this.#options;
    let deadline = 0;
    this.isWaiting = true;
    try {
      for (;;) {
        this.idle = !this.hasBytes;
        if (!this.idle && deadline === 0) deadline = Date.now() + headTimeout;
        rfile.timeout = this.idle ? keepAliveTimeout : Math.max(1, deadline - Date.now());
        if (!(await this.#more())) return undefined;
        const head = this.#parse();
        if (head !== undefined) return head;
      }
    } finally {
      this.idle = false;
      this.isWaiting = false;
      rfile.timeout = timeout;
    }
  }

  /** False when the stream ended, or when an idle connection broke or timed out: nothing was asked, so nothing is said. */
  async #more(): Promise<boolean> {
    try {
      return await this.#rfile.more();
    } catch (error) {
      if (this.idle) return false;
      throw error;
    }
  }

  #parse(): RequestHead | undefined {
    const { buffered } = this.#rfile;
    if (buffered.length === 0) return undefined;
    try {
      const { limits } = this.#options;
      const head = this.memo.recall(buffered, limits) ?? this.#parseAnew(buffered, limits);
      if (head !== undefined) this.#rfile.skip(head.size);
      return head;
    } catch (error) {
      // For the log: what cannot be parsed is shown as far as it looks like a line.
      if (error instanceof HTTPRequestError) error.requestLine = firstLine(buffered);
      throw error;
    }
  }

  #parseAnew(bytes: Buffer, limits: HTTPLimits): RequestHead | undefined {
    const head = parseRequestHead(bytes, limits);
    if (head !== undefined) this.memo.keep(bytes, head);
    return head;
  }
}

function firstLine(bytes: Buffer): string {
  return bytes.toString("latin1", 0, 200).split(/[\r\n]/, 1)[0] ?? "";
}
