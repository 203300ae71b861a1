/**
 * A pool of workers: each task goes to one that can begin it now.
 *
 * Layer 0 (workers). Pure but for the carriers it is given. Units: milliseconds.
 * A worker without tasks is free. One that only waits (for its clients, its database) can take more, but
 * nobody knows from outside whether it waits or computes: so it is asked, and the first to answer gets
 * the task. A task never queues behind a computation while another worker could begin it.
 * Errors: `WorkerError` for a task whose worker ended (the worker is replaced), and for one that comes too late.
 */
import { inspect } from "node:util";
import type { Cargo, Carrier, CarrierEvents } from "./carrier.ts";
import type { MessageToPool } from "./messages.ts";

/** No worker has the task any more, or ever will. `cause` says why, where there is more to say. */
export class WorkerError extends Error {
  override readonly name = "WorkerError";
}

export interface Task {
  readonly payload: unknown;
  /** What goes to the worker for good. */
  readonly cargo?: Cargo | undefined;
  /** What the worker says about it. */
  onMessage?(message: unknown): void;
  /** A worker has it; from now on `send` reaches that worker. */
  onGiven?(send: (message: unknown) => void): void;
}

export interface PoolOptions {
  /** `index` counts the workers that were ever started. */
  readonly start: (index: number, events: CarrierEvents) => Carrier;
  /** What every worker is told before its first task. */
  readonly data: unknown;
  /** Workers from the start on. */
  readonly size: number;
  /** The pool grows up to here while tasks wait. @default size */
  readonly maxSize?: number;
  /** A worker ended by itself; another takes its place. @default writes to standard error */
  readonly onCrash?: (reason: Error) => void;
}

interface Given {
  readonly task: Task;
  readonly finished: PromiseWithResolvers<unknown>;
  /** Its synchronous part is over. */
  taken: boolean;
}

interface PoolWorker {
  readonly carrier: Carrier;
  readonly tasks: Map<number, Given>;
  ready: boolean;
  /** Given tasks whose synchronous part is not over. */
  untaken: number;
  asked: boolean;
  /** What kept it from starting. */
  failure: unknown;
}

/** How long a worker's successor waits when workers end before they are ready. */
const RESTART_DELAY = 1000;

export class WorkerPool {
  readonly #options: PoolOptions;
  readonly #workers: Set<PoolWorker> = new Set<PoolWorker>();
  readonly #waiting: Given[] = [];
  readonly #started: PromiseWithResolvers<void> = Promise.withResolvers<void>();
  #nextId = 0;
  #startedWorkers = 0;
  #isReady = false;
  #closing = false;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Resolves when the first workers are ready; rejects with what kept one from it. */
  async start(): Promise<void> {
    for (let index = 0; index < this.#options.size; index += 1) this.#startWorker();
    try {
      await this.#started.promise;
      this.#isReady = true;
    } catch (error) {
      await this.close(0);
      throw error;
    }
  }

  /** Settles when the task is over, with its result, or with what it failed with. */
  run(task: Task): Promise<unknown> {
    if (this.#closed) return Promise.reject(tooLate());
    const finished = Promise.withResolvers<unknown>();
    this.#waiting.push({ task, finished, taken: false });
    this.#dispatch();
    return finished.promise;
  }

  /** Tells every worker to begin nothing new. */
  stop(): void {
    for (const { carrier } of this.#workers) carrier.post({ type: "stop" });
  }

  /** Waits for the tasks at work, at most so long, then ends the workers. */
  async close(timeout: number): Promise<void> {
    this.#closing = true;
    const atWork = [...this.#workers].flatMap(({ tasks }) =>
      Array.from(tasks.values(), ({ finished }) => finished.promise),
    );
    const over = Promise.withResolvers<void>();
    const timer = setTimeout(over.resolve, timeout);
    await Promise.race([Promise.allSettled(atWork), over.promise]);
    clearTimeout(timer);
    this.#closed = true;
    for (const { carrier } of this.#workers) carrier.end();
    for (const { finished } of this.#waiting.splice(0)) finished.reject(tooLate());
  }

  #startWorker(): void {
    const worker: PoolWorker = {
      carrier: this.#options.start(this.#startedWorkers, {
        onMessage: (message) => this.#onMessage(worker, message),
        onExit: (reason) => this.#onExit(worker, reason),
      }),
      tasks: new Map(),
      ready: false,
      untaken: 0,
      asked: false,
      failure: undefined,
    };
    this.#startedWorkers += 1;
    this.#workers.add(worker);
    worker.carrier.post({ type: "start", data: this.#options.data });
  }

  #onMessage(worker: PoolWorker, message: MessageToPool): void {
    switch (message.type) {
      case "message":
        worker.tasks.get(message.id)?.task.onMessage?.(message.message);
        return;
      case "failed":
        worker.failure = message.error;
        worker.carrier.end();
        return;
      case "ready":
        worker.ready = true;
        if ([...this.#workers].every(({ ready }) => ready)) this.#started.resolve();
        break;
      case "here":
        worker.asked = false;
        break;
      case "taken":
        this.#take(worker, worker.tasks.get(message.id));
        break;
      case "done":
        this.#finish(worker, message.id)?.finished.resolve(message.result);
        break;
      case "broken":
        this.#finish(worker, message.id)?.finished.reject(message.error);
    }
    // Whoever speaks is not computing.
    if (worker.untaken === 0 && !this.#mayGrow) this.#giveNext(worker);
    this.#dispatch();
  }

  #take(worker: PoolWorker, given: Given | undefined): void {
    if (given === undefined || given.taken) return;
    given.taken = true;
    worker.untaken -= 1;
  }

  #finish(worker: PoolWorker, id: number): Given | undefined {
    const given = worker.tasks.get(id);
    // A task that is over at once was not announced as taken.
    this.#take(worker, given);
    worker.tasks.delete(id);
    return given;
  }

  /** Tasks go to idle workers. When there is none the pool grows; when it is full grown the workers are asked. */
  #dispatch(): void {
    for (const worker of this.#workers) {
      if (this.#waiting.length === 0) return;
      if (worker.ready && worker.tasks.size === 0) this.#giveNext(worker);
    }
    if (!this.#isReady || this.#closing) return;
    for (let missing = this.#waiting.length - this.#starting; missing > 0; missing -= 1) {
      if (this.#mayGrow) this.#startWorker();
    }
    if (this.#waiting.length > this.#starting)
      for (const worker of this.#workers) this.#ask(worker);
  }

  get #mayGrow(): boolean {
    const { size, maxSize = size } = this.#options;
    return this.#workers.size < maxSize;
  }

  /** Workers that are not ready yet: each will take a task. */
  get #starting(): number {
    let count = 0;
    for (const { ready } of this.#workers) if (!ready) count += 1;
    return count;
  }

  #ask(worker: PoolWorker): void {
    if (!worker.ready || worker.asked || worker.untaken > 0) return;
    worker.asked = true;
    worker.carrier.post({ type: "ask" });
  }

  #giveNext(worker: PoolWorker): void {
    const given = this.#waiting.shift();
    if (given === undefined) return;
    const { task } = given;
    const id = (this.#nextId += 1);
    worker.tasks.set(id, given);
    worker.untaken += 1;
    try {
      worker.carrier.post({ type: "task", id, payload: task.payload }, task.cargo);
      task.onGiven?.((message) => worker.carrier.post({ type: "message", id, message }));
    } catch (error) {
      this.#finish(worker, id)?.finished.reject(error);
    }
  }

  #onExit(worker: PoolWorker, reason: Error): void {
    this.#workers.delete(worker);
    for (const { finished } of worker.tasks.values()) {
      finished.reject(
        new WorkerError("the worker ended while it had this task", { cause: reason }),
      );
    }
    this.#started.reject(worker.failure ?? reason);
    if (this.#closing || !this.#isReady) return;
    const { onCrash = reportCrash } = this.#options;
    onCrash(worker.failure === undefined ? reason : couldNotStart(worker.failure));
    if (worker.ready) this.#replaceWorker();
    else setTimeout(() => this.#replaceWorker(), RESTART_DELAY).unref();
  }

  /** A task that came meanwhile may have brought the successor already. */
  #replaceWorker(): void {
    if (!this.#closing && this.#mayGrow) this.#startWorker();
  }
}

function tooLate(): WorkerError {
  return new WorkerError("the pool was closed before a worker was free");
}

function couldNotStart(cause: unknown): Error {
  return new Error("a worker could not start", { cause });
}

/** What `onCrash` is told, for a log: nothing else shows what a thread has thrown. */
export function describeCrash({ message, cause }: Error): string {
  const why = cause === undefined ? "" : `\n${inspect(cause)}`;
  return `${message}; another takes its place${why}`;
}

function reportCrash(reason: Error): void {
  process.stderr.write(`${describeCrash(reason)}\n`);
}
