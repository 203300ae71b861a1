/**
 * The local variables of the functions that an error was thrown through.
 *
 * Layer 6 (views). While collecting, a thread of its own watches this one through V8's inspector: at each `throw` it
 * takes the variables of the project's functions, which are kept as long as the error is, and shown when a page asks.
 * Nothing is formatted before that. Costs nothing while nothing is thrown, and about half a millisecond per throw.
 * For development on the main thread only. Source: Django views/debug.py (`get_traceback_frame_variables`).
 * Differs from Django: functions that were suspended at an `await` have lost theirs.
 */
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { isMainThread, Worker } from "node:worker_threads";
import { type FramePlan, type Order, SESSION_OPEN, type WatchOptions } from "./locals-session.ts";
import type { StackFrame } from "./stack-frames.ts";

/** One function at the moment of the throw. */
export interface CapturedFrame {
  readonly functionName: string;
  readonly file: string;
  readonly line: number;
  /** The innermost first; of variables with the same name the inner one counts. */
  readonly scopes: readonly object[];
  /** `undefined` where there is none. */
  readonly receiver: unknown;
}

/** An error that is caught and thrown again and again does not fill the memory. */
const MOST_CAPTURES = 8;
/** How long the end of the process waits for the watching thread to let go of it, in milliseconds. */
const PATIENCE_AT_EXIT = 500;
/** More requests than that within a window of milliseconds are load, and no person at a browser. */
const MOST_REQUESTS = 50;
const WINDOW = 200;
const HOOK = "minorswing.debug.locals";
const PACKAGE = new URL("../../..", import.meta.url).href;

const captured = new WeakMap<object, CapturedFrame[][]>();
let watcher: LocalsWatcher | undefined;

/** Variables by name, of the frame of `error` that `frame` describes; `undefined` when they are not known. */
export function localsOf(error: unknown, frame: StackFrame): Map<string, unknown> | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const candidates = (captured.get(error) ?? [])
    .flat()
    .filter(({ file, functionName }) => file === frame.file && sameName(functionName, frame));
  // An error made in one line and thrown in another is still of this function.
  const found = candidates.find(({ line }) => line === frame.line) ?? candidates[0];
  return found === undefined ? undefined : variablesOf(found);
}

/** Whether errors that are thrown now will have variables. */
export function isCollectingLocals(): boolean {
  return watcher?.isWatching ?? false;
}

/**
 * Starts the watching thread; the promise is fulfilled when it watches, or cannot. Does nothing in a worker thread, when
 * it watches already, and when a debugger is attached, which would be stopped at each throw too.
 */
export async function collectLocals(): Promise<void> {
  await startWatcher()?.watch();
}

/**
 * Does ahead what makes `collectLocals` slow: it starts the thread, and has V8 tell it of the scripts that are there
 * (some 60 ms in which nothing else happens, for 500 of them). Throws do not stop this thread yet.
 */
export async function prepareLocals(): Promise<void> {
  await startWatcher()?.prepared;
}

function startWatcher(): LocalsWatcher | undefined {
  if (!isMainThread || !process.features.inspector || isDebuggerAttached()) return undefined;
  try {
    return (watcher ??= new LocalsWatcher());
  } catch {
    // No threads are to be had (Node's permission model, memory): pages are without variables then.
    return undefined;
  }
}

/**
 * To be called for each request. A server under load is not watched, since an `await` costs several times more
 * (0.4 µs instead of 0.05) in a process that is; a second after the load it is watched again.
 */
export function countRequest(): void {
  watcher?.countRequest();
}

/** Ends the watching thread. */
export async function stopCollectingLocals(): Promise<void> {
  const ending = watcher;
  watcher = undefined;
  await ending?.close();
}

class LocalsWatcher {
  isWatching = false;
  /** Of both: fulfilled, too, when the thread is gone. */
  readonly prepared: Promise<void>;
  readonly #watching: PromiseWithResolvers<void> = Promise.withResolvers();
  readonly #worker: Worker;
  readonly #session = new Int32Array(new SharedArrayBuffer(4));
  #isClosed = false;
  #isAsked = false;
  #requests = 0;
  #window: NodeJS.Timeout | undefined;
  readonly #atExit = (): void => this.#close();

  constructor() {
    Reflect.set(globalThis, Symbol.for(HOOK), keep);
    const options: WatchOptions = {
      hook: HOOK,
      excluded: [`${PACKAGE}framework/`, `${PACKAGE}devserver/`],
      session: this.#session,
    };
    const { promise, resolve } = Promise.withResolvers<void>();
    this.prepared = promise;
    this.#worker = new Worker(
      new URL(`./locals-worker${extname(import.meta.url)}`, import.meta.url),
      {
        workerData: options,
        execArgv: [],
        stdout: true,
        stderr: true,
      },
    );
    this.#worker.on("message", (state) => {
      this.isWatching = state === "watching";
      resolve();
      if (this.isWatching) this.#watching.resolve();
      // Whoever waits for it keeps the process alive until then.
      if (this.isWatching || !this.#isAsked) this.#worker.unref();
    });
    // A thread that fails is one that does not watch.
    this.#worker.on("error", () => undefined);
    this.#worker.on("exit", () => {
      this.isWatching = false;
      this.#isClosed = true;
      process.removeListener("exit", this.#atExit);
      resolve();
      this.#watching.resolve();
    });
    process.on("exit", this.#atExit);
  }

  async watch(): Promise<void> {
    this.#isAsked = true;
    if (!this.isWatching) this.#worker.ref();
    this.#tell("watch");
    await this.#watching.promise;
  }

  countRequest(): void {
    this.#requests += 1;
    this.#window ??= setTimeout(() => {
      this.#window = undefined;
      this.#requests = 0;
    }, WINDOW).unref();
    if (this.#requests === MOST_REQUESTS) this.#tell("rest");
  }

  async close(): Promise<void> {
    this.#close();
    await this.#worker.terminate();
  }

  /** Node would say "Waiting for the debugger to disconnect..." to the end of a process with an open session. */
  #close(): void {
    clearTimeout(this.#window);
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.isWatching = false;
    this.#tell("close");
    Atomics.wait(this.#session, 0, SESSION_OPEN, PATIENCE_AT_EXIT);
  }

  #tell(order: Order): void {
    this.#worker.postMessage(order);
  }
}

/** Not imported: a Node built without its inspector has no such module. */
function isDebuggerAttached(): boolean {
  return process.getBuiltinModule("node:inspector").url() !== undefined;
}

/** Called by the watching thread, while this one stands still at a throw. */
function keep(error: object, plans: readonly FramePlan[], ...values: readonly object[]): void {
  if (isDebuggerAttached()) {
    void stopCollectingLocals();
    return;
  }
  const captures = captured.get(error) ?? [];
  if (captures.length >= MOST_CAPTURES) return;
  let next = 0;
  captures.push(
    plans.map(({ functionName, url, line, scopes, hasReceiver }) => ({
      functionName,
      file: url.startsWith("file:") ? fileURLToPath(url) : url,
      line,
      scopes: values.slice(next, (next += scopes)),
      receiver: hasReceiver ? values[next++] : undefined,
    })),
  );
  captured.set(error, captures);
}

/** V8's stacks say `Poll.detail`, `new Poll` and `Poll.detail [as view]` where its debugger says `detail`. */
function sameName(functionName: string, frame: StackFrame): boolean {
  const name = frame.functionName.replace(/ \[as .*\]$/, "");
  if (functionName === "") return name === "" || name.endsWith("<anonymous>");
  return (
    name === functionName || name.endsWith(`.${functionName}`) || name === `new ${functionName}`
  );
}

function variablesOf({ scopes, receiver }: CapturedFrame): Map<string, unknown> {
  const variables = new Map<string, unknown>();
  if (receiver !== undefined) variables.set("this", receiver);
  for (const scope of scopes) {
    for (const name of Object.keys(scope)) {
      if (!variables.has(name) && isAssigned(scope, name))
        variables.set(name, Reflect.get(scope, name));
    }
  }
  return variables;
}

/** A variable whose declaration was not reached cannot be looked at: V8 throws a `ReferenceError`. */
function isAssigned(scope: object, name: string): boolean {
  try {
    return Object.getOwnPropertyDescriptor(scope, name)?.get === undefined;
  } catch {
    return false;
  }
}
