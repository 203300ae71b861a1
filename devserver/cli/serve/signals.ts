/**
 * When a server process has to stop.
 *
 * Layer 10 (cli). Why the parent is watched: `npx` and `npm start` put a shell between themselves and this
 * process. Told to end, npm ends the shell, and the shell does not pass that on; without a look at the
 * parent an orphan would keep the port.
 */

/** How often the parent is looked at, in milliseconds. */
const LOOK_EVERY = 250;

/** Calls `stop` on SIGINT, SIGTERM and SIGHUP (each time), and once when the npm that started this process is gone. */
export function onStop(
  env: Readonly<Record<string, string | undefined>>,
  stop: () => void,
): Disposable {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, stop);
  const watch = env.npm_lifecycle_event === undefined ? undefined : watchParent(stop);
  return {
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, stop);
      clearInterval(watch);
    },
  };
}

function watchParent(stop: () => void): NodeJS.Timeout {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, LOOK_EVERY);
  return timer.unref();
}
