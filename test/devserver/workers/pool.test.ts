import { setImmediate as tick } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import type { CarrierEvents } from "../../../devserver/workers/carrier.ts";
import type { MessageToWorker } from "../../../devserver/workers/messages.ts";
import { WorkerError, WorkerPool } from "../../../devserver/workers/pool.ts";

/** A worker without thread or process: what it is told is recorded, what it says is said by the test. */
class FakeWorker {
  readonly told: MessageToWorker[] = [];
  readonly events: CarrierEvents;
  ended = false;

  constructor(events: CarrierEvents) {
    this.events = events;
  }

  post(message: MessageToWorker): void {
    if (message.type === "task" && message.payload === "unclonable") throw new Error("no clone");
    this.told.push(message);
  }

  end(): void {
    this.ended = true;
  }

  ready(): void {
    this.events.onMessage({ type: "ready" });
  }

  /** The payloads of the tasks it was given. */
  get tasks(): unknown[] {
    return this.told.flatMap((message) => (message.type === "task" ? [message.payload] : []));
  }

  get wasAsked(): boolean {
    return this.told.some(({ type }) => type === "ask");
  }

  done(payload: unknown, result?: unknown): void {
    this.events.onMessage({ type: "done", id: this.#idOf(payload), result });
  }

  broken(payload: unknown, error: unknown): void {
    this.events.onMessage({ type: "broken", id: this.#idOf(payload), error });
  }

  taken(payload: unknown): void {
    this.events.onMessage({ type: "taken", id: this.#idOf(payload) });
  }

  #idOf(payload: unknown): number {
    const found = this.told.find(
      (message) => message.type === "task" && message.payload === payload,
    );
    return found?.type === "task" ? found.id : -1;
  }
}

async function startPool(
  size: number,
  maxSize: number = size,
): Promise<{ pool: WorkerPool; workers: FakeWorker[]; crashes: Error[] }> {
  const workers: FakeWorker[] = [];
  const crashes: Error[] = [];
  const pool = new WorkerPool({
    data: "data",
    size,
    maxSize,
    start: (_index, events) => {
      const worker = new FakeWorker(events);
      workers.push(worker);
      return worker;
    },
    onCrash: (reason) => crashes.push(reason),
  });
  const started = pool.start();
  for (const worker of workers) worker.ready();
  await started;
  return { pool, workers, crashes };
}

function fakeTimers(): Disposable {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  return { [Symbol.dispose]: () => void vi.useRealTimers() };
}

describe("WorkerPool", () => {
  test("tells each worker what it needs to know, then gives tasks to those without one", async () => {
    const { pool, workers } = await startPool(2);

    void pool.run({ payload: "a" });
    void pool.run({ payload: "b" });

    expect(workers.map(({ told }) => told[0])).toEqual([
      { type: "start", data: "data" },
      { type: "start", data: "data" },
    ]);
    expect(workers.map(({ tasks }) => tasks)).toEqual([["a"], ["b"]]);
  });

  test("lets a task wait while every worker computes, and never queues it behind one of them", async () => {
    const { pool, workers } = await startPool(2);
    for (const payload of ["a", "b", "c"]) void pool.run({ payload });

    expect(workers.some(({ wasAsked }) => wasAsked)).toBe(false);
    workers[1]?.done("b");

    expect(workers.map(({ tasks }) => tasks)).toEqual([["a"], ["b", "c"]]);
  });

  test("asks workers that may only be waiting; the first to answer gets the task", async () => {
    const { pool, workers } = await startPool(2);
    void pool.run({ payload: "a" });
    void pool.run({ payload: "b" });
    workers[0]?.taken("a");
    workers[1]?.taken("b");

    void pool.run({ payload: "c" });
    const asked = workers.map(({ wasAsked }) => wasAsked);
    workers[1]?.events.onMessage({ type: "here" });
    workers[0]?.events.onMessage({ type: "here" });

    expect(asked).toEqual([true, true]);
    expect(workers.map(({ tasks }) => tasks)).toEqual([["a"], ["b", "c"]]);
  });

  test("grows before workers share tasks, up to its limit", async () => {
    const { pool, workers } = await startPool(1, 2);
    void pool.run({ payload: "a" });
    workers[0]?.taken("a");

    void pool.run({ payload: "b" });
    const asked = workers[0]?.wasAsked;
    workers[1]?.ready();
    void pool.run({ payload: "c" });

    expect(asked).toBe(false);
    expect(workers).toHaveLength(2);
    expect(workers[1]?.tasks).toEqual(["b"]);
    expect(workers[0]?.wasAsked).toBe(true);
  });

  test("settles a task as its worker says", async () => {
    const { pool, workers } = await startPool(1);
    const good = pool.run({ payload: "good" });
    workers[0]?.done("good", "result");
    const bad = pool.run({ payload: "bad" });
    workers[0]?.broken("bad", new Error("as planned"));

    await expect(good).resolves.toBe("result");
    await expect(bad).rejects.toThrow("as planned");
  });

  test("carries messages both ways while a task runs", async () => {
    const { pool, workers } = await startPool(1);
    const heard: unknown[] = [];
    void pool.run({
      payload: "a",
      onMessage: (message) => heard.push(message),
      onGiven: (send) => send("from the pool"),
    });
    workers[0]?.events.onMessage({ type: "message", id: 1, message: "from the worker" });

    expect(heard).toEqual(["from the worker"]);
    expect(workers[0]?.told.at(-1)).toEqual({ type: "message", id: 1, message: "from the pool" });
  });

  test("fails the tasks of a worker that ends, reports it, and starts another", async () => {
    const { pool, workers, crashes } = await startPool(1);
    const lost = pool.run({ payload: "lost" });

    workers[0]?.events.onExit(new Error("gone"));
    await expect(lost).rejects.toThrow(WorkerError);
    const next = pool.run({ payload: "next" });
    workers[1]?.ready();
    workers[1]?.done("next");

    await expect(next).resolves.toBeUndefined();
    expect(crashes.map(({ message }) => message)).toEqual(["gone"]);
  });

  test("starts nobody in the place of a worker that failed to start once it is closed", async () => {
    using _timers = fakeTimers();
    const { pool, workers } = await startPool(1);

    workers[0]?.events.onExit(new Error("gone"));
    workers[1]?.events.onExit(new Error("gone before it was ready"));
    await pool.close(0);
    vi.runAllTimers();

    expect(workers).toHaveLength(2);
  });

  test("stays in its limit when a task comes before the successor of a worker that failed to start", async () => {
    using _timers = fakeTimers();
    const { pool, workers } = await startPool(1);

    workers[0]?.events.onExit(new Error("gone"));
    workers[1]?.events.onExit(new Error("gone before it was ready"));
    void pool.run({ payload: "a" });
    vi.runAllTimers();

    expect(workers).toHaveLength(3);
  });

  test("fails a task that comes when it is closed: nobody would ever have it", async () => {
    const { pool } = await startPool(1);
    await pool.close(0);

    await expect(pool.run({ payload: "late" })).rejects.toThrow(WorkerError);
  });

  test("fails a task that cannot be sent, and goes on", async () => {
    const { pool, workers } = await startPool(1);

    await expect(pool.run({ payload: "unclonable" })).rejects.toThrow("no clone");
    void pool.run({ payload: "next" });

    expect(workers[0]?.tasks).toEqual(["next"]);
  });

  test("does not start when a worker cannot", async () => {
    const workers: FakeWorker[] = [];
    const pool = new WorkerPool({
      data: undefined,
      size: 2,
      start: (_index, events) => {
        const worker = new FakeWorker(events);
        workers.push(worker);
        return worker;
      },
    });
    const started = pool.start();
    workers[0]?.ready();
    workers[1]?.events.onMessage({ type: "failed", error: new Error("no such module") });
    workers[1]?.events.onExit(new Error("gone"));

    await expect(started).rejects.toThrow("no such module");
    expect(workers.map(({ ended }) => ended)).toEqual([true, true]);
  });

  test("waits for tasks at work when it closes, and ends its workers", async () => {
    const { pool, workers } = await startPool(1);
    void pool.run({ payload: "a" });
    let closed = false;
    const closing = pool.close(5000).then(() => (closed = true));
    await tick();
    const closedEarly = closed;
    workers[0]?.done("a");
    await closing;

    expect(closedEarly).toBe(false);
    expect(workers[0]?.ended).toBe(true);
  });
});
