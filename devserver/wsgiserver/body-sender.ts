/**
 * The pieces of a response body, one after another, no faster than the client takes them.
 *
 * Layer 3 (wsgiserver). A promise is made only when the client, or the body, has to be waited for.
 * Errors: whatever the body throws, and `BrokenPipeError` when the client goes away.
 */
import type { Body, Chunk, ClientConnection } from "../../framework/wsgi.ts";
import { type Stopper, untilGone } from "./until-gone.ts";

/** Where the pieces go. */
export interface ChunkWriter {
  write(data: Chunk): void | Promise<void>;
}

/** Whoever knows when there is no room for more. */
export interface RoomKeeper {
  readonly takesNoMore: boolean;
}

/** Sends all of `body`, or as much of it as there is room for; with `stopper` no more once it says stop. */
export function sendBody(
  body: Body,
  target: ChunkWriter,
  room: RoomKeeper,
  client: ClientConnection,
  stopper?: Stopper,
): void | Promise<void> {
  // By far the most bodies: nothing to iterate over.
  if (Array.isArray(body) && body.length === 1) return target.write(body[0]);
  if (Symbol.asyncIterator in body)
    return sendAsync(untilGone(body, client, stopper), target, room);
  const chunks = body[Symbol.iterator]();
  const waiting = sendSome(chunks, target, room);
  return waiting === undefined ? undefined : sendRest(waiting, chunks, target, room);
}

/** The length of a body that is an array of one chunk. */
export function singleChunkLength(body: Body | undefined): number | undefined {
  return Array.isArray(body) && body.length === 1 ? body[0].byteLength : undefined;
}

async function sendAsync(
  chunks: AsyncIterable<Chunk>,
  target: ChunkWriter,
  room: RoomKeeper,
): Promise<void> {
  for await (const chunk of chunks) {
    await target.write(chunk);
    if (room.takesNoMore) break;
  }
}

/** Sends chunks until the iterator ends, or until the client has to be waited for: then it returns the promise of that. */
function sendSome(
  chunks: Iterator<Chunk>,
  target: ChunkWriter,
  room: RoomKeeper,
): void | Promise<void> {
  try {
    for (let next = chunks.next(); next.done !== true; next = chunks.next()) {
      const waiting = target.write(next.value);
      if (waiting !== undefined) return waiting;
      if (room.takesNoMore) {
        chunks.return?.();
        return undefined;
      }
    }
    return undefined;
  } catch (error) {
    // What `for … of` does: a generator that is not read to its end must run its `finally`.
    chunks.return?.();
    throw error;
  }
}

/** A loop, since an endless body may wait any number of times: waits within waits would all be kept. */
async function sendRest(
  first: Promise<void>,
  chunks: Iterator<Chunk>,
  target: ChunkWriter,
  room: RoomKeeper,
): Promise<void> {
  for (let waiting: void | Promise<void> = first; waiting !== undefined;) {
    try {
      await waiting;
    } catch (error) {
      chunks.return?.();
      throw error;
    }
    if (room.takesNoMore) {
      chunks.return?.();
      return;
    }
    waiting = sendSome(chunks, target, room);
  }
}
