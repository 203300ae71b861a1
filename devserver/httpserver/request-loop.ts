/**
 * Answers the requests of one connection, one after another.
 *
 * Layer 2 (httpserver). Requests that are there already, and can be answered at once, cost no promise: on a
 * kept connection that is nearly all of them.
 */
import type { HeadReader } from "./head-reader.ts";

/** What answers the requests. */
export interface RequestAnswerer {
  closeConnection: boolean;
  /** The server is shutting down: no further request is begun. */
  readonly isStopping: boolean;
  handleOneRequest(): void | Promise<void>;
  /** The connection becomes idle: what belongs to the last request can go. */
  rest(): void;
}

export class RequestLoop {
  readonly #heads: HeadReader;
  readonly #answerer: RequestAnswerer;
  readonly #done: PromiseWithResolvers<void> = Promise.withResolvers<void>();

  constructor(heads: HeadReader, answerer: RequestAnswerer) {
    this.#heads = heads;
    this.#answerer = answerer;
  }

  /** Settles when the connection is done with; rejects with what a request threw. */
  run(): Promise<void> {
    if (this.#heads.hasBytes) this.#serve(true);
    else this.#heads.whenAsked(this.#serve);
    return this.#done.promise;
  }

  readonly #serve = (asked: boolean): void => {
    if (!asked) {
      this.#done.resolve();
      return;
    }
    try {
      do {
        this.#answerer.closeConnection = true;
        const work = this.#answerer.handleOneRequest();
        if (work !== undefined) {
          work.then(this.#goOn, this.#fail);
          return;
        }
      } while (!this.#isOver && this.#heads.hasBytes);
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#goOn();
  };

  /** Nobody knows what the client has got: nothing more can be said on this connection. */
  readonly #fail = (error: unknown): void => {
    this.#answerer.closeConnection = true;
    this.#done.reject(error);
  };

  /** After a request, also one that had to be waited for. */
  readonly #goOn = (): void => {
    if (this.#isOver) this.#done.resolve();
    else if (this.#heads.hasBytes) this.#serve(true);
    else {
      this.#answerer.rest();
      this.#heads.whenAsked(this.#serve);
    }
  };

  get #isOver(): boolean {
    return this.#answerer.closeConnection || this.#answerer.isStopping;
  }
}
