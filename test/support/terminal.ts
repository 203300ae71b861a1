/**
 * A program on a terminal of its own, for tests: `script` of util-linux makes one.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { cleanEnv, endsWithTests, eventually } from "./processes.ts";

/** False on a machine without one. */
export const hasTerminals: boolean = process.platform === "linux" && existsSync("/usr/bin/script");

/** `await using` closes it. */
export class Terminal implements AsyncDisposable {
  readonly process: ChildProcess;
  output = "";
  readonly #exited: Promise<unknown>;

  /** `command` is for the shell. */
  constructor(command: string, cwd: string, env: NodeJS.ProcessEnv = {}) {
    this.process = endsWithTests(
      spawn("script", ["-qefc", command, "/dev/null"], {
        cwd,
        // One shell on every machine: they differ in what an interrupt does to them.
        env: { ...cleanEnv(), ...env, TERM: "xterm", SHELL: "/bin/sh" },
        stdio: ["pipe", "pipe", "inherit"],
      }),
    );
    this.#exited = once(this.process, "exit");
    this.process.stdout?.on("data", (chunk) => (this.output += String(chunk)));
    this.process.stdin?.on("error", () => undefined);
  }

  press(keys: string): void {
    this.process.stdin?.write(keys);
  }

  /** Waits until `pattern` was written. */
  async waitFor(pattern: RegExp): Promise<RegExpExecArray> {
    return await eventually(async () => pattern.exec(this.output) ?? undefined).catch(
      (error: unknown) => {
        throw new Error(`${pattern} did not appear in:\n${this.output}`, { cause: error });
      },
    );
  }

  /** The exit code of the program. */
  async finish(): Promise<number | null> {
    await this.#exited;
    return this.process.exitCode;
  }

  /** As a window that is closed. */
  async close(): Promise<void> {
    this.process.kill("SIGKILL");
    await this.#exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) await this.close();
  }
}
