/**
 * A clock that is read for nothing.
 *
 * Layer 1 (socketserver). Units: milliseconds since the epoch. At most 100 ms behind, and by as long as the event
 * loop is blocked. Why: to ask the system for the time can cost more than to parse a request. The timer behind
 * it keeps no process alive, and stops while nobody asks.
 */

/** How far the clock may be behind. */
export const COARSENESS = 100;

let now = 0;
let wasAsked = false;
let timer: NodeJS.Timeout | undefined;

export function coarseNow(): number {
  wasAsked = true;
  if (timer === undefined) start();
  return now;
}

function start(): void {
  now = Date.now();
  timer = setInterval(tick, COARSENESS);
  timer.unref();
}

function tick(): void {
  now = Date.now();
  if (!wasAsked) {
    clearInterval(timer);
    timer = undefined;
  }
  wasAsked = false;
}
