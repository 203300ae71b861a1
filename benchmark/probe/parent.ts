/**
 * The client's side of a probe: starts a server as a process of its own, and asks it for its memory.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { ChildMessage, Memory } from "./child.ts";

export interface Report {
  readonly memory: Memory;
  /** Bytes that bodies have made since the start. */
  readonly produced: number;
}

/** `await using` stops it. */
export class ProbedServer implements AsyncDisposable {
  readonly name: string;
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(name: string, child: ChildProcess, port: number) {
    this.name = name;
    this.#child = child;
    this.port = port;
  }

  /** `file` is a program in this folder. Its log goes to nowhere, so that no terminal is measured. */
  static async start(name: string, file: string, ...args: string[]): Promise<ProbedServer> {
    const child = fork(join(import.meta.dirname, file), args, {
      execArgv: ["--conditions=source", "--expose-gc"],
      stdio: ["ignore", "inherit", "ignore", "ipc"],
    });
    const { port } = await nextMessage(child, "listening");
    return new ProbedServer(name, child, port);
  }

  /** Memory now and at its peak since the last call. */
  async report(): Promise<Report> {
    this.#child.send("report");
    return await nextMessage(this.#child, "memory");
  }

  /** As `report`, without what is garbage. */
  async collect(): Promise<Report> {
    this.#child.send("collect and report");
    return await nextMessage(this.#child, "memory");
  }

  /** Settles when the server ends the body of `path`; false when it does not within `milliseconds`. */
  async whenEnded(path: string, milliseconds: number): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(false), milliseconds);
    const onMessage = (message: ChildMessage): void => {
      if (message.kind === "ended" && message.path === path) resolve(true);
    };
    this.#child.on("message", onMessage);
    const ended = await promise;
    this.#child.off("message", onMessage);
    clearTimeout(timer);
    return ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exited = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await exited;
  }
}

function nextMessage<Kind extends ChildMessage["kind"]>(
  child: ChildProcess,
  kind: Kind,
): Promise<Extract<ChildMessage, { kind: Kind }>> {
  const { promise, resolve, reject } =
    Promise.withResolvers<Extract<ChildMessage, { kind: Kind }>>();
  const isWanted = (message: ChildMessage): message is Extract<ChildMessage, { kind: Kind }> =>
    message.kind === kind;
  const onMessage = (message: ChildMessage): void => {
    if (!isWanted(message)) return;
    child.off("message", onMessage);
    child.off("exit", onExit);
    resolve(message);
  };
  const onExit = (): void => reject(new Error("the server has ended"));
  child.on("message", onMessage);
  child.once("exit", onExit);
  return promise;
}
