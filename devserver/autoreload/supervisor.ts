/**
 * The supervisor: holds the listening socket, keeps a child that serves it, replaces the child on a change.
 *
 * Layer 1 (autoreload). It never imports the project, so no mistake in the project can end it.
 * On a change the running child stops accepting and finishes what it has begun, while the next one
 * starts; connections that come in between wait in the kernel's queue. Nobody is refused.
 * Source: Django utils/autoreload.py (`restart_with_reloader`; exit code 3 means "again").
 */
import { type ChildProcess, spawn } from "node:child_process";
import {
  type ChildMessage,
  LISTEN_FD,
  LISTEN_FD_VARIABLE,
  RELOAD_EXIT_CODE,
  type SupervisorMessage,
} from "./messages.ts";

export interface SupervisorOptions {
  /** The program that serves: Node, its flags, the script, its arguments. */
  readonly command: readonly [program: string, ...args: string[]];
  /** The bound socket that children listen on. */
  readonly listenFd: number;
  readonly cwd: string;
  /** A child serves. `changed` holds the paths that caused its start, none for the first; `milliseconds` is how long it took. */
  readonly onReady: (changed: readonly string[], milliseconds: number) => void;
  /** A child ended without being asked; the next one starts after `delay` milliseconds. */
  readonly onCrash: (code: number | null, signal: NodeJS.Signals | null, delay: number) => void;
}

/** How long children may take to finish their requests when everything stops, in milliseconds. */
const STOP_TIMEOUT = 6000;
const FIRST_DELAY = 250;
const LONGEST_DELAY = 5000;
/** A child that lived this long did not crash because of how it starts. */
const HEALTHY_AFTER = 5000;

export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #children: Set<ChildProcess> = new Set<ChildProcess>();
  readonly #ended: PromiseWithResolvers<number> = Promise.withResolvers<number>();
  #current: ChildProcess | undefined;
  #everReady = false;
  #crashes = 0;
  #restart: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** Starts the first child. Resolves with an exit code when all is over. */
  run(): Promise<number> {
    this.#start([]);
    return this.#ended.promise;
  }

  /** Replaces the running child. */
  reload(changed: readonly string[]): void {
    if (this.#stopping) return;
    this.#crashes = 0;
    const old = this.#current;
    if (old !== undefined) tell(old, "retire");
    this.#start(changed);
  }

  /** Asks every child to finish; ends those that take too long, or at the second call. */
  stop(): void {
    clearTimeout(this.#restart);
    if (this.#stopping) for (const child of this.#children) child.kill("SIGKILL");
    this.#stopping = true;
    for (const child of this.#children) tell(child, "stop");
    setTimeout(() => this.stop(), STOP_TIMEOUT).unref();
    this.#endIfAlone();
  }

  #start(changed: readonly string[]): void {
    clearTimeout(this.#restart);
    const [program, ...args] = this.#options.command;
    const started = performance.now();
    const child = spawn(program, args, {
      cwd: this.#options.cwd,
      env: { ...process.env, RUN_MAIN: "true", [LISTEN_FD_VARIABLE]: String(LISTEN_FD) },
      stdio: ["inherit", "inherit", "inherit", "ipc", this.#options.listenFd],
    });
    this.#current = child;
    this.#children.add(child);
    child.on("message", (message: ChildMessage) => {
      if (message.type !== "ready" || child !== this.#current) return;
      this.#everReady = true;
      this.#options.onReady(changed, performance.now() - started);
    });
    // Without a pid it never ran, so it will never exit: the folder is gone, say, or processes are used up.
    child.on("error", () => {
      if (child.pid === undefined) this.#onExit(child, null, null, 0);
    });
    child.once("exit", (code, signal) =>
      this.#onExit(child, code, signal, performance.now() - started),
    );
  }

  #onExit(
    child: ChildProcess,
    code: number | null,
    signal: NodeJS.Signals | null,
    lived: number,
  ): void {
    this.#children.delete(child);
    if (this.#stopping) this.#endIfAlone();
    else if (child !== this.#current) return;
    else if (code === RELOAD_EXIT_CODE) this.#start([]);
    else if (this.#everReady) this.#startLater(code, signal, lived);
    // It could not even start once: what it said is all there is to say.
    else this.#ended.resolve(code ?? 1);
  }

  #startLater(code: number | null, signal: NodeJS.Signals | null, lived: number): void {
    this.#crashes = lived > HEALTHY_AFTER ? 0 : this.#crashes + 1;
    const delay =
      this.#crashes === 0 ? 0 : Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (this.#crashes - 1));
    this.#options.onCrash(code, signal, delay);
    this.#restart = setTimeout(() => this.#start([]), delay);
  }

  #endIfAlone(): void {
    if (this.#children.size === 0) this.#ended.resolve(0);
  }
}

/** A child that is gone already needs no message. */
function tell(child: ChildProcess, type: SupervisorMessage["type"]): void {
  if (child.connected) child.send({ type } satisfies SupervisorMessage, () => undefined);
}
