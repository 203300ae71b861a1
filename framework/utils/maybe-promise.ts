/**
 * Values that may or may not have to be waited for.
 *
 * Layer 0. Pure. Why it exists: a request whose view and middleware are synchronous must not pay for
 * a promise (`await` always does), yet any of them may be asynchronous.
 */
export type MaybePromise<Value> = Value | Promise<Value>;

/** True for promises of any make: what counts is a callable `then`. */
export function isPromise<Value>(value: MaybePromise<Value>): value is Promise<Value> {
  return (
    typeof value === "object" &&
    value !== null &&
    "then" in value &&
    typeof value.then === "function"
  );
}

/** Hands `value` to `next` now when it is there, later when it is a promise. */
export function whenReady<Value, Result>(
  value: MaybePromise<Value>,
  next: (value: Value) => MaybePromise<Result>,
): MaybePromise<Result> {
  return isPromise(value) ? value.then(next) : next(value);
}
