/**
 * Where a worker runs: a thread of this process, or a process of its own.
 *
 * Layer 0 (workers). Both take the same messages; a thread is given TCP sockets only, a process also those
 * of Unix paths.
 */
import { type ChildProcess, fork } from "node:child_process";
import type { Socket } from "node:net";
import { type Transferable, Worker } from "node:worker_threads";
import type { MessageToPool, MessageToWorker } from "./messages.ts";

/** What goes along with a message and is gone here afterwards. */
export interface Cargo {
  readonly socket?: Socket | undefined;
  /** For threads only. */
  readonly transfer?: readonly Transferable[] | undefined;
}

export interface Carrier {
  /** Throws when the message cannot be cloned or the cargo cannot be moved. */
  post(message: MessageToWorker, cargo?: Cargo): void;
  /** Ends the worker, whatever it does. */
  end(): void;
}

export interface CarrierEvents {
  onMessage(message: MessageToPool): void;
  /** Called once, however it ended. */
  onExit(reason: Error): void;
}

/** The worker's environment says which one it is: "0" is the first of its pool, "2.0" the first thread of the third process. */
const WORKER_VARIABLE = "MINORSWING_WORKER";

/** True in the first worker, and where there are none: for what is to be said only once. */
export function isFirstWorker(): boolean {
  return /^[0.]*$/.test(process.env[WORKER_VARIABLE] ?? "");
}

/** `entry` is a module that calls `serveTasks`; `index` is the worker's number in its pool. */
export type StartCarrier = (entry: URL, index: number, events: CarrierEvents) => Carrier;

export const startThread: StartCarrier = (entry, index, events) => {
  const worker = new Worker(entry, { env: environment(index) });
  let cause: unknown;
  worker.on("message", (message: MessageToPool) => events.onMessage(message));
  worker.on("error", (error) => (cause = error));
  worker.once("exit", (code) => events.onExit(ended("thread", `exit code ${code}`, cause)));
  return {
    post: (message, { socket, transfer = [] } = {}) => {
      if (socket === undefined) worker.postMessage(message, transfer);
      // @ts-expect-error -- sockets can be transferred since Node 24.20; its published types do not know yet
      else worker.postMessage({ ...message, socket }, [socket, ...transfer]);
    },
    end: () => void worker.terminate(),
  };
};

export const startProcess: StartCarrier = (entry, index, events) =>
  startProcessWith(entry, index, events, []);

/** A child process that inherits descriptors: they are 4, 5, … there. */
export function startProcessWith(
  entry: URL,
  index: number,
  events: CarrierEvents,
  descriptors: readonly number[],
): Carrier {
  const child = fork(entry, [], {
    serialization: "advanced",
    env: environment(index),
    stdio: ["inherit", "inherit", "inherit", "ipc", ...descriptors],
  });
  const onceEnded = exitReporter(events);
  child.on("message", (message) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the other end of this channel is `serveTasks`
    events.onMessage(message as MessageToPool);
  });
  // Without a pid it never ran, so it will never exit.
  child.on("error", (error) => {
    if (child.pid === undefined) onceEnded(ended("process", "it could not be started", error));
  });
  child.once("exit", (code, signal) =>
    onceEnded(ended("process", signal ?? `exit code ${code}`, undefined)),
  );
  return {
    post: (message, { socket } = {}) => send(child, message, socket),
    end: () => void child.kill("SIGKILL"),
  };
}

function environment(index: number): NodeJS.ProcessEnv {
  const outer = process.env[WORKER_VARIABLE];
  return {
    ...process.env,
    [WORKER_VARIABLE]: outer === undefined ? String(index) : `${outer}.${index}`,
  };
}

function send(child: ChildProcess, message: MessageToWorker, socket: Socket | undefined): void {
  // A child that has gone is reported by its exit, and with it everything it had.
  if (!child.connected) return;
  if (socket === undefined) child.send(message, ignore);
  else child.send(message, socket, {}, ignore);
}

function ignore(): void {}

function exitReporter(events: CarrierEvents): (reason: Error) => void {
  let reported = false;
  return (reason) => {
    if (!reported) events.onExit(reason);
    reported = true;
  };
}

function ended(what: string, how: string, cause: unknown): Error {
  return new Error(`a worker ${what} ended (${how})`, cause === undefined ? {} : { cause });
}
