/**
 * One at a time, across processes: whoever makes the lock file has the lock.
 *
 * Layer 5 (sessions). Effects: a file while the lock is held; blocks the thread while another has it. For actions of
 * microseconds. Units: milliseconds. Source: open(2), O_EXCL.
 */
import { closeSync, openSync, rmSync, statSync } from "node:fs";
import { errorCode } from "../../utils/error-code.ts";

/** A lock of this age was left by somebody who died. */
const STALE_MS = 5000;

const sleeper = new Int32Array(new SharedArrayBuffer(4));

export function holdingLock<Result>(path: string, action: () => Result): Result {
  while (!tryLock(path)) {
    breakStale(path);
    // A little chance, so that two who wait do not wake together.
    Atomics.wait(sleeper, 0, 0, 1 + Math.random() * 2);
  }
  try {
    return action();
  } finally {
    rmSync(path, { force: true });
  }
}

function tryLock(path: string): boolean {
  try {
    closeSync(openSync(path, "wx", 0o600));
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

function breakStale(path: string): void {
  const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (made !== undefined && Date.now() - made > STALE_MS) rmSync(path, { force: true });
}
