/**
 * When a project reads the terminal: a debugger, a prompt.
 *
 * Layer 10 (cli). Units: milliseconds. Effects: `process.stdin` becomes a property that tells.
 */
import { isatty } from "node:tty";

/** How long whoever has the terminal may take to let go of it. */
const GRACE = 50;

/** Calls `listener` when something first gets hold of `process.stdin`, and waits a little before it does: what was told has to give the terminal back. */
export function onTerminalUse(listener: () => void): void {
  if (!isatty(0)) return;
  const { stdin } = Object.getOwnPropertyDescriptors(process);
  Object.defineProperty(process, "stdin", {
    ...stdin,
    get() {
      Object.defineProperty(process, "stdin", stdin);
      listener();
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, GRACE);
      return process.stdin;
    },
  });
}
