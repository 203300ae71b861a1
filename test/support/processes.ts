/**
 * Real processes for tests: started, read, and stopped by their own handle.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** The environment without what `npm run` adds: an npm started inside must find its own folder. */
export function cleanEnv(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) => !/^npm_|^INIT_CWD$|^VITEST|^NODE_ENV$|^MINORSWING_/.test(name),
  );
  return { ...Object.fromEntries(entries), NO_COLOR: "1" };
}

export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What has not ended yet. */
const running = new Set<ChildProcess>();

function killAll(): void {
  for (const child of running) child.kill("SIGKILL");
}

// A worker of vitest that has to give up runs no `finally`; one that is told to end does not even exit.
process.on("exit", killAll);
process.once("SIGTERM", () => {
  killAll();
  process.kill(process.pid, "SIGTERM");
});

/** The program does not outlive these tests, whatever becomes of them. */
export function endsWithTests<Child extends ChildProcess>(child: Child): Child {
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

/** Starts a program; `await using` ends it. */
export class Running implements AsyncDisposable {
  readonly child: ChildProcess;
  stdout = "";
  stderr = "";
  readonly #exited: Promise<unknown>;

  /** `env` is added to this process's own. */
  constructor(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}) {
    this.child = endsWithTests(
      spawn(command, args, {
        cwd,
        env: { ...cleanEnv(), ...env },
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );
    this.#exited = once(this.child, "close");
    this.child.stdout?.on("data", (chunk) => (this.stdout += String(chunk)));
    this.child.stderr?.on("data", (chunk) => (this.stderr += String(chunk)));
  }

  /** Everything written so far. */
  get output(): string {
    return this.stdout + this.stderr;
  }

  /** Waits until the output has `pattern`; fails with the output when it does not come. */
  async waitFor(pattern: RegExp, milliseconds: number = 15_000): Promise<RegExpExecArray> {
    const deadline = Date.now() + milliseconds;
    for (;;) {
      const found = pattern.exec(this.output);
      if (found !== null) return found;
      if (Date.now() > deadline || this.child.exitCode !== null) {
        throw new Error(`${pattern} did not appear in:\n${this.output}`);
      }
      await sleep(20);
    }
  }

  async finish(): Promise<Finished> {
    await this.#exited;
    return { exitCode: this.child.exitCode, stdout: this.stdout, stderr: this.stderr };
  }

  async stop(signal: NodeJS.Signals): Promise<Finished> {
    this.child.kill(signal);
    return await this.finish();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      // The supervisor takes its child along; only a hung one needs more.
      this.child.kill("SIGTERM");
      const timer = setTimeout(() => this.child.kill("SIGKILL"), 8000);
      await this.#exited;
      clearTimeout(timer);
    }
  }
}

/** Runs a program to its end. */
export async function run(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<Finished> {
  return await new Running(command, args, cwd).finish();
}

/** As `run`; fails with everything it said when it fails. */
export async function runOrFail(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<Finished> {
  const finished = await run(command, args, cwd);
  if (finished.exitCode !== 0) {
    throw new Error(
      `${command} ${args.join(" ")} ended with ${finished.exitCode}\n${finished.stdout}${finished.stderr}`,
    );
  }
  return finished;
}

export async function sleep(milliseconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, milliseconds);
  await promise;
}

/** Calls `check` until it returns something; fails after `milliseconds` with what it threw last. */
export async function eventually<Value>(
  check: () => Promise<Value | undefined>,
  milliseconds: number = 15_000,
): Promise<Value> {
  const deadline = Date.now() + milliseconds;
  let reason: unknown = "nothing came";
  while (Date.now() < deadline) {
    try {
      const value = await check();
      if (value !== undefined) return value;
    } catch (error) {
      reason = error;
    }
    await sleep(30);
  }
  throw new Error("it did not happen in time", { cause: reason });
}
