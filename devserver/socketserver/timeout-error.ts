/**
 * A client that took too long.
 *
 * Layer 1 (socketserver). Source: Python's built-in `TimeoutError`.
 */
export class TimeoutError extends Error {
  override readonly name = "TimeoutError";
  readonly code = "ETIMEDOUT";
  /** What HTTP says to a client that took too long with its request. */
  readonly status = 408;

  constructor(milliseconds: number) {
    super(`timed out after ${milliseconds} ms`);
  }
}
