/**
 * What the main thread and the one that watches it tell each other.
 *
 * Layer 6 (views). Types and constants.
 */

/** What the watching thread says about a frame; its values follow as arguments. */
export interface FramePlan {
  readonly functionName: string;
  readonly url: string;
  readonly line: number;
  readonly scopes: number;
  readonly hasReceiver: boolean;
}

/** For the watching thread. */
export interface WatchOptions {
  /** Under which global symbol it finds the function to call. */
  readonly hook: string;
  /** URLs of code that is not the project's. */
  readonly excluded: readonly string[];
  /** Shared memory: `SESSION_OPEN`, then `SESSION_CLOSED`. */
  readonly session: Int32Array;
}

/** What the watching thread is told: to stop the main one at each throw, to leave it alone for a while, to end. */
export type Order = "close" | "rest" | "watch";

/** What the watching thread says of its session in shared memory. Before it has one, there is 0. */
export const SESSION_OPEN: number = 1;
export const SESSION_CLOSED: number = 2;
