/**
 * The kinds of sources a body can have, each as the same two calls: give me a piece, stop.
 *
 * Layer 2 (http). Source: ECMAScript's iterator protocol; WHATWG Streams (readers); Node's `Readable`.
 */
import type { MaybePromise } from "../utils/maybe-promise.ts";

/** Where pieces come from. `close`, where there is one, is called when the response is done with. */
export type SourceOf<Item> = (Iterable<Item> | AsyncIterable<Item> | ReadableStream<Item>) & {
  close?(): unknown;
};

/** What an iterator says that has nothing more. */
export const SUPPLY_DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

export interface Supply<Item> {
  /** Whether pieces may have to be waited for. */
  readonly isAsync: boolean;
  next(): MaybePromise<IteratorResult<Item, unknown>>;
  /** Called at most once, not after the last piece, perhaps before the first one, perhaps while `next` waits. */
  stop(): unknown;
  /** What remains to be done afterwards, however it ended. */
  release(): unknown;
}

export function supplyOf<Item>(source: SourceOf<Item>): Supply<Item> {
  if (source instanceof ReadableStream) return webStreamSupply(source);
  return isNodeStream(source) ? nodeStreamSupply(source) : iterableSupply(source);
}

function nothing(): void {
  // For what needs no release, and for errors that are met elsewhere.
}

/** A reader of our own: the stream's iterator would let `return()` wait for the pending read. */
function webStreamSupply<Item>(stream: ReadableStream<Item>): Supply<Item> {
  const reader = stream.getReader();
  return {
    isAsync: true,
    next: () => reader.read(),
    stop: () => reader.cancel(),
    release: nothing,
  };
}

interface NodeStream<Item> extends AsyncIterable<Item> {
  destroy(): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
}

function isNodeStream<Item>(source: SourceOf<Item>): source is SourceOf<Item> & NodeStream<Item> {
  return "destroy" in source && "on" in source && Symbol.asyncIterator in source;
}

function nodeStreamSupply<Item>(stream: NodeStream<Item>): Supply<Item> {
  // A stream may fail before its first piece is asked for; an error event without a listener would end
  // the process. Whoever asks for the next piece gets the error.
  stream.on("error", nothing);
  let iterator: AsyncIterator<Item> | undefined;
  return {
    isAsync: true,
    next: () => (iterator ??= stream[Symbol.asyncIterator]()).next(),
    stop: () => stream.destroy(),
    release: nothing,
  };
}

type AnyIterator<Item> = Iterator<Item> | AsyncIterator<Item>;

function iterableSupply<Item>(
  source: (Iterable<Item> | AsyncIterable<Item>) & { close?(): unknown },
): Supply<Item> {
  const open = (): AnyIterator<Item> =>
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  let iterator: AnyIterator<Item> | undefined;
  return {
    isAsync: Symbol.asyncIterator in source,
    next: () => (iterator ??= open()).next(),
    // A list or a set that nobody iterated has nothing to stop; a generator that nobody started does.
    stop: () => (iterator ?? (isIterator<Item>(source) ? source : undefined))?.return?.(),
    release: () => source.close?.(),
  };
}

function isIterator<Item>(source: object): source is AnyIterator<Item> {
  return "next" in source && typeof source.next === "function";
}
