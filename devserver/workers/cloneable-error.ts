/**
 * Errors on their way between threads and processes.
 *
 * Layer 0 (workers). The structured clone keeps message, stack and cause of an error, and refuses it
 * when its cause holds a function; a class does not survive, its name stands in the stack.
 */

/** The error itself where it can be cloned, otherwise one that says the same. */
export function cloneableError(error: unknown): unknown {
  try {
    structuredClone(error);
    return error;
  } catch {
    const copy = new Error(error instanceof Error ? error.message : String(error));
    if (error instanceof Error && error.stack !== undefined) copy.stack = error.stack;
    return copy;
  }
}
