/**
 * The thread that watches the main one for locals.ts.
 *
 * Layer 6 (views). Talks to V8's inspector. While the main thread stands still at a throw, this thread names to it the
 * scopes of the project's functions, and lets it go on. A program that throws all the time is left alone for a while.
 * Source: Chrome DevTools Protocol, domains Debugger and Runtime.
 */
import { type Debugger, type InspectorNotification, Session } from "node:inspector";
import { parentPort, workerData } from "node:worker_threads";
import {
  type FramePlan,
  type Order,
  SESSION_CLOSED,
  SESSION_OPEN,
  type WatchOptions,
} from "./locals-session.ts";

/** Frames of a deep recursion say nothing new. */
const MOST_FRAMES = 20;
/** So many throws a second are looked at in the long run, and at once after a quiet time. */
const THROWS_PER_SECOND = 100;
const MOST_THROWS_AT_ONCE = 200;
/** How long a program is left alone, in milliseconds. */
const REST = 1000;

const SHOWN_SCOPES = new Set(["local", "block", "catch", "closure", "with"]);

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what locals.ts has sent
const { hook, excluded, session: state } = workerData as WatchOptions;

const session = new Session();
/** Of the project's scripts only, by id: a frame says no more. */
const urls = new Map<string, string>();
let hookId = "";
let allowance = MOST_THROWS_AT_ONCE;
let lastThrow = performance.now();
let waking: NodeJS.Timeout | undefined;
/** Before that the main thread is not stopped. */
let isAsked = false;

session.on("Debugger.scriptParsed", ({ params: { scriptId, url } }) => {
  if (isOfProject(url)) urls.set(scriptId, url);
});
session.on("Debugger.paused", onPaused);
parentPort?.on("message", (order: Order) => {
  if (order === "watch") watch();
  else if (order === "rest") rest();
  else close();
});
setSession(SESSION_OPEN);
session.connectToMainThread();
findHook();
arm();

function findHook(): void {
  const expression = `globalThis[Symbol.for(${JSON.stringify(hook)})]`;
  session.post("Runtime.evaluate", { expression, silent: true }, (error, answer) => {
    hookId = answer?.result.objectId ?? "";
    if (error !== null || hookId === "") close();
  });
}

/** As long as the debugger is on, each `await` of the main thread costs more. */
function arm(): void {
  session.post("Debugger.enable", (error) => {
    // Whoever waits for it hears of the end, too.
    if (error === null) parentPort?.postMessage("prepared");
    else close();
  });
  if (isAsked) watch();
}

/** From now on each throw stops the main thread. */
function watch(): void {
  isAsked = true;
  session.post("Debugger.setPauseOnExceptions", { state: "all" }, (error) => {
    if (error === null) parentPort?.postMessage("watching");
  });
}

function rest(): void {
  session.post("Debugger.disable");
  urls.clear();
  parentPort?.postMessage("resting");
  clearTimeout(waking);
  waking = setTimeout(arm, REST);
}

function onPaused({ params }: InspectorNotification<Debugger.PausedEventDataType>): void {
  try {
    const { callFrames, data, reason } = params;
    if (reason === "exception" || reason === "promiseRejection") capture(callFrames, data);
  } finally {
    session.post("Debugger.resume");
  }
  if (!isWithinAllowance()) rest();
}

function capture(callFrames: readonly Debugger.CallFrame[], thrown: object | undefined): void {
  const error: unknown = thrown === undefined ? undefined : Reflect.get(thrown, "objectId");
  const frames = callFrames.filter(({ location }) => urls.has(location.scriptId));
  if (typeof error !== "string" || frames.length === 0) return;
  const shown = frames.slice(0, MOST_FRAMES).map(describeFrame);
  session.post("Runtime.callFunctionOn", {
    objectId: hookId,
    functionDeclaration: "function (...values) { this(...values); }",
    arguments: [
      { objectId: error },
      { value: shown.map(({ plan }) => plan) },
      ...shown.flatMap(({ values }) => values),
    ],
    silent: true,
  });
}

function describeFrame(frame: Debugger.CallFrame): {
  readonly plan: FramePlan;
  readonly values: readonly { readonly objectId: string }[];
} {
  const { functionName, location, scopeChain, this: receiver } = frame;
  const scopes = scopeChain
    .filter(({ type }) => SHOWN_SCOPES.has(type))
    .flatMap(({ object: { objectId } }) => (objectId === undefined ? [] : [{ objectId }]));
  const own = receiver.className === "global" ? undefined : receiver.objectId;
  return {
    plan: {
      functionName,
      url: urls.get(location.scriptId) ?? "",
      line: location.lineNumber + 1,
      scopes: scopes.length,
      hasReceiver: own !== undefined,
    },
    values: own === undefined ? scopes : [...scopes, { objectId: own }],
  };
}

function isOfProject(url: string): boolean {
  return (
    url.startsWith("file:") &&
    !url.includes("/node_modules/") &&
    !excluded.some((folder) => url.startsWith(folder))
  );
}

/** A bucket of throws that fills again with time. */
function isWithinAllowance(): boolean {
  const now = performance.now();
  const refill = ((now - lastThrow) / 1000) * THROWS_PER_SECOND;
  lastThrow = now;
  allowance = Math.min(MOST_THROWS_AT_ONCE, allowance + refill) - 1;
  return allowance > 0;
}

function close(): void {
  clearTimeout(waking);
  session.disconnect();
  setSession(SESSION_CLOSED);
  parentPort?.close();
}

function setSession(value: number): void {
  Atomics.store(state, 0, value);
  Atomics.notify(state, 0);
}
