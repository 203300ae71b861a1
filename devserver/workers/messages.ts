/**
 * What a pool and its workers say to each other.
 *
 * Layer 0 (workers). Types only. Everything survives the structured clone algorithm.
 */

export type MessageToWorker =
  /** The first message: what the worker needs to know before it can take tasks. */
  | { readonly type: "start"; readonly data: unknown }
  /** "Are you there?": a worker whose CPU is busy does not answer. */
  | { readonly type: "ask" }
  | { readonly type: "task"; readonly id: number; readonly payload: unknown }
  | { readonly type: "message"; readonly id: number; readonly message: unknown }
  /** Begin nothing new; finish what is begun. */
  | { readonly type: "stop" };

export type MessageToPool =
  | { readonly type: "ready" }
  /** It could not start. */
  | { readonly type: "failed"; readonly error: unknown }
  | { readonly type: "here" }
  /** The synchronous part of a task is over: the worker can take another while this one waits. */
  | { readonly type: "taken"; readonly id: number }
  | { readonly type: "done"; readonly id: number; readonly result: unknown }
  | { readonly type: "broken"; readonly id: number; readonly error: unknown }
  | { readonly type: "message"; readonly id: number; readonly message: unknown };
