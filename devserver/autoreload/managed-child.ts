/**
 * The supervisor's side of one child.
 *
 * Layer 1 (autoreload).
 */
import { type ChildProcess, spawn } from "node:child_process";
import { Socket } from "node:net";
import { stopReading } from "../workers/move-socket.ts";
import {
  type ChildMessage,
  LISTEN_FD,
  LISTEN_FD_VARIABLE,
  type LoadReport,
  type Preparation,
  type SupervisorMessage,
} from "./messages.ts";

/** How a child is started. */
export interface ChildCommand {
  /** The program that serves: Node, its flags, the script, its arguments. */
  readonly command: readonly [program: string, ...args: string[]];
  /** The bound socket that children listen on. */
  readonly listenFd: number;
  readonly cwd: string;
}

export interface ChildEvents {
  onLoaded(child: ManagedChild, report: LoadReport): void;
  onModule(child: ManagedChild, path: string): void;
  onAccepting(child: ManagedChild, waited: number): void;
  onTerminal(child: ManagedChild): void;
  onConnection(child: ManagedChild, socket: Socket, unread: string): void;
  /** Called once. */
  onExit(child: ManagedChild, code: number | null, signal: NodeJS.Signals | null): void;
}

export class ManagedChild {
  readonly started: number = performance.now();
  /** Settles when it accepts no more, or has ended. */
  readonly retired: PromiseWithResolvers<void> = Promise.withResolvers();
  readonly #process: ChildProcess;
  readonly #events: ChildEvents;
  #hasEnded = false;

  constructor(
    { command: [program, ...args], cwd, listenFd }: ChildCommand,
    preparation: Preparation,
    events: ChildEvents,
  ) {
    this.#events = events;
    this.#process = spawn(program, args, {
      cwd,
      env: { ...process.env, RUN_MAIN: "true", [LISTEN_FD_VARIABLE]: String(LISTEN_FD) },
      stdio: ["inherit", "inherit", "inherit", "ipc", listenFd],
    });
    this.#process.on("message", (message, handle) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the other end of this channel is `SupervisedChild`
      this.#onMessage(message as ChildMessage, handle);
    });
    // Without a pid it never ran, so it will never exit: the folder is gone, say, or processes are used up.
    this.#process.on("error", () => {
      if (this.#process.pid === undefined) this.#onExit(null, null);
    });
    this.#process.once("exit", (code, signal) => this.#onExit(code, signal));
    this.tell({ type: "boot", preparation });
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** A child that is gone already needs no message. */
  tell(message: SupervisorMessage): void {
    if (this.#process.connected) this.#process.send(message, () => undefined);
  }

  /** False when it cannot be given any more. */
  pass(socket: Socket, unread: string): boolean {
    if (!this.#process.connected) return false;
    const message: SupervisorMessage = { type: "connection", unread };
    this.#process.send(message, socket, {}, () => undefined);
    return true;
  }

  kill(): void {
    this.#process.kill("SIGKILL");
  }

  #onMessage(message: ChildMessage, handle: unknown): void {
    if (message.type === "loaded") this.#events.onLoaded(this, message.report);
    else if (message.type === "module") this.#events.onModule(this, message.path);
    else if (message.type === "accepting") this.#events.onAccepting(this, message.waited);
    else if (message.type === "terminal") this.#events.onTerminal(this);
    else if (message.type === "retired") this.retired.resolve();
    else if (message.type === "connection" && handle instanceof Socket) {
      handle.on("error", () => undefined);
      stopReading(handle);
      this.#events.onConnection(this, handle, message.unread);
    }
  }

  #onExit(code: number | null, signal: NodeJS.Signals | null): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.retired.resolve();
    this.#events.onExit(this, code, signal);
  }
}
