/**
 * What a streaming body is read from: read once, closed once.
 *
 * Layer 2 (http). Source: Django http/response.py (`_set_streaming_content`).
 * Errors: `TypeError` for a piece that is neither text nor bytes.
 * Why not `for await`: a source that waits for its next piece must hear at once that nobody wants it any more,
 * and a source that was never asked for a piece has to be closed as well.
 */
import { describeValue } from "../utils/describe.ts";
import { isPromise } from "../utils/maybe-promise.ts";
import type { Chunk } from "../wsgi.ts";
import { SUPPLY_DONE, type SourceOf, type Supply, supplyOf } from "./piece-supply.ts";
import type { Piece } from "./response.ts";

/** Anything a body can be read from. */
export type PieceSource = SourceOf<Piece>;

/** Encodes the pieces of a source as they are asked for. */
export class BodySource implements AsyncIterable<Chunk> {
  readonly #supply: Supply<Piece>;
  readonly #encode: (text: string) => Chunk;
  #isWaiting = false;
  #hasEnded = false;
  #isClosed = false;
  #closing: void | Promise<void> = undefined;

  constructor(source: PieceSource, encode: (text: string) => Chunk) {
    this.#supply = supplyOf(source);
    this.#encode = encode;
  }

  /** Whether its pieces may have to be waited for. */
  get isAsync(): boolean {
    return this.#supply.isAsync;
  }

  [Symbol.asyncIterator](): AsyncIterator<Chunk> {
    return {
      next: () => this.#nextLater(),
      return: async () => {
        await this.close();
        return SUPPLY_DONE;
      },
    };
  }

  /** The chunks of a source that is not asynchronous. */
  chunks(): Iterator<Chunk> {
    return {
      next: () => this.#nextNow(),
      return: () => {
        void this.close();
        return SUPPLY_DONE;
      },
    };
  }

  /**
   * Stops the source. Whoever calls waits for what the source has to clean up, but not for a piece that it is just
   * waiting for: that one may never come. A generator that waits runs its `finally` when its wait is over.
   */
  close(): void | Promise<void> {
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#closing = this.#stop();
    }
    return this.#closing;
  }

  #stop(): void | Promise<void> {
    let stopping: unknown;
    try {
      stopping = this.#hasEnded ? undefined : this.#supply.stop();
      if (stopping instanceof Promise && this.#isWaiting) stopping.catch(() => undefined);
      else if (stopping instanceof Promise) return this.#stopLater(stopping);
    } catch (error) {
      void this.#supply.release();
      throw error;
    }
    const releasing = this.#supply.release();
    return releasing instanceof Promise ? releasing.then(() => undefined) : undefined;
  }

  async #stopLater(stopping: Promise<unknown>): Promise<void> {
    try {
      await stopping;
    } finally {
      await this.#supply.release();
    }
  }

  #ask(): ReturnType<Supply<Piece>["next"]> {
    return this.#isClosed || this.#hasEnded ? SUPPLY_DONE : this.#supply.next();
  }

  #nextNow(): IteratorResult<Chunk, undefined> {
    let result: ReturnType<Supply<Piece>["next"]>;
    try {
      result = this.#ask();
    } catch (error) {
      this.#hasEnded = true;
      throw error;
    }
    if (isPromise(result))
      throw new TypeError("a synchronous iterator gave a promise; use an asynchronous one");
    return this.#take(result);
  }

  async #nextLater(): Promise<IteratorResult<Chunk, undefined>> {
    let result: IteratorResult<Piece, unknown>;
    this.#isWaiting = true;
    try {
      result = await this.#ask();
    } catch (error) {
      this.#hasEnded = true;
      throw error;
    } finally {
      this.#isWaiting = false;
    }
    return this.#take(result);
  }

  #take(result: IteratorResult<Piece, unknown>): IteratorResult<Chunk, undefined> {
    if (result.done === true) {
      this.#hasEnded = true;
      return SUPPLY_DONE;
    }
    const piece: unknown = result.value;
    if (typeof piece === "string") return { done: false, value: this.#encode(piece) };
    if (piece instanceof Uint8Array) return { done: false, value: piece };
    throw new TypeError(
      `a streaming body consists of text and bytes; its source gave ${describeValue(piece)}`,
    );
  }
}
