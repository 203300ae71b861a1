/**
 * The worker's side of a pool: runs in a thread or a child process, takes tasks, says how far it is.
 *
 * Layer 0 (workers).
 */
import type { Socket } from "node:net";
import { isMainThread, parentPort } from "node:worker_threads";
import { cloneableError } from "./cloneable-error.ts";
import type { MessageToPool, MessageToWorker } from "./messages.ts";

/** One task's line to whoever gave it to the pool. */
export interface TaskLink {
  post(message: unknown): void;
  /** Only one listener; messages that came before are kept for it. */
  onMessage(listener: (message: unknown) => void): void;
}

export interface TaskRunner {
  /** Returns a promise when the task is not over at once. The result goes back to the pool. */
  run(payload: unknown, link: TaskLink, socket: Socket | undefined): unknown;
  /** The pool closes: finish what is begun. */
  stop(): void;
}

interface RunningTask {
  listener: ((message: unknown) => void) | undefined;
  readonly unheard: unknown[];
}

let servesTasks = false;

/** True in a thread or process that a pool has started. */
export function isWorker(): boolean {
  return servesTasks;
}

/** Waits for the pool, starts, then runs the tasks it is given. To be called once, by the entry module of a worker. */
export function serveTasks(start: (data: unknown) => Promise<TaskRunner>): void {
  servesTasks = true;
  const tasks = new Map<number, RunningTask>();
  let runner: TaskRunner | undefined;
  listen((message, socket) => {
    switch (message.type) {
      case "start":
        void startRunner(start, message.data).then((started) => (runner = started));
        return;
      case "ask":
        postToPool({ type: "here" });
        return;
      case "task":
        if (runner !== undefined) runTask(runner, tasks, message, socket);
        return;
      case "message":
        deliver(tasks.get(message.id), message.message);
        return;
      case "stop":
        runner?.stop();
    }
  });
}

async function startRunner(
  start: (data: unknown) => Promise<TaskRunner>,
  data: unknown,
): Promise<TaskRunner | undefined> {
  try {
    const runner = await start(data);
    postToPool({ type: "ready" });
    return runner;
  } catch (error) {
    postToPool({ type: "failed", error: cloneableError(error) });
    return undefined;
  }
}

function runTask(
  runner: TaskRunner,
  tasks: Map<number, RunningTask>,
  { id, payload }: { readonly id: number; readonly payload: unknown },
  socket: Socket | undefined,
): void {
  const task: RunningTask = { listener: undefined, unheard: [] };
  tasks.set(id, task);
  const done = (result: unknown): void => {
    tasks.delete(id);
    postToPool({ type: "done", id, result });
  };
  const fail = (error: unknown): void => {
    tasks.delete(id);
    postToPool({ type: "broken", id, error: cloneableError(error) });
  };
  const link: TaskLink = {
    post: (message) => postToPool({ type: "message", id, message }),
    onMessage: (listener) => {
      task.listener = listener;
      for (const message of task.unheard.splice(0)) listener(message);
    },
  };
  try {
    const result = runner.run(payload, link, socket);
    if (!(result instanceof Promise)) {
      done(result);
      return;
    }
    postToPool({ type: "taken", id });
    result.then(done, fail);
  } catch (error) {
    fail(error);
  }
}

function deliver(task: RunningTask | undefined, message: unknown): void {
  if (task?.listener === undefined) task?.unheard.push(message);
  else task.listener(message);
}

function listen(onMessage: (message: MessageToWorker, socket: Socket | undefined) => void): void {
  if (!isMainThread) {
    parentPort?.on("message", (message: MessageToWorker & { readonly socket?: Socket }) =>
      onMessage(message, message.socket),
    );
    return;
  }
  process.on("message", (message: MessageToWorker, socket: Socket | undefined) =>
    onMessage(message, socket),
  );
  // No orphan: without its parent there is nobody to serve. An interrupt from the terminal reaches both; the parent decides.
  process.on("disconnect", () => process.exit());
  process.on("SIGINT", () => undefined);
}

function postToPool(message: MessageToPool): void {
  if (isMainThread) process.send?.(message);
  else parentPort?.postMessage(message);
}
