/**
 * The supervisor: holds the listening socket, keeps a child that serves it and one that stands by, swaps them on a change.
 *
 * Layer 1 (autoreload). It never imports the project, so no mistake in the project can end it. On a change the standby
 * loads the project; then the serving child stops accepting and the new one starts. Connections that come in
 * between wait in the kernel's queue; those that are idle move to the new child with what was read of them; requests
 * in flight are finished by the old one. Nobody is refused, reset or cut.
 * Times in milliseconds. Source: Django utils/autoreload.py (`restart_with_reloader`; exit code 3 means "again").
 */
import type { Socket } from "node:net";
import { type ChildCommand, type ChildEvents, ManagedChild } from "./managed-child.ts";
import {
  type AssetChange,
  type LoadReport,
  type Preparation,
  RELOAD_EXIT_CODE,
} from "./messages.ts";

/** What a swap came to. */
export interface Swap {
  /** The paths that caused it; none for the first start and for a restart after a crash. */
  readonly changed: readonly string[];
  /** From the first of them to the first connection that can be accepted. */
  readonly milliseconds: number;
  /** Connections that waited for the new child to accept them. */
  readonly waited: number;
  readonly report: LoadReport;
}

export interface SupervisorOptions extends ChildCommand {
  readonly onSwap: (swap: Swap) => void;
  /** The child that serves reads the terminal. */
  readonly onTerminal?: () => void;
  /** A child ended without being asked; the next one loads after `delay`. */
  readonly onCrash: (code: number | null, signal: NodeJS.Signals | null, delay: number) => void;
  /** A child has been loading for so long that somebody may wonder. */
  readonly onSlowLoad?: (milliseconds: number) => void;
}

/** How long children may take to finish their requests when everything stops. */
const STOP_TIMEOUT = 6000;
/** How long a child may take to stop accepting; one that computes without end must not hold up the swap. */
const RETIRE_TIMEOUT = 1000;
const FIRST_DELAY = 250;
const LONGEST_DELAY = 5000;
/** A child that lived this long did not crash because of how it starts. */
const HEALTHY_AFTER = 5000;
/** Projects load in less, but for those that wait for something that does not come. */
const SLOW_LOAD = 5000;
/** How long after a swap the next standby boots: the first requests to the new code need the processor more. */
const STANDBY_DELAY = 50;

const NOTHING: Preparation = { dependencies: [], locals: false };

export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #children: Set<ManagedChild> = new Set<ManagedChild>();
  readonly #ended: PromiseWithResolvers<number> = Promise.withResolvers<number>();
  /** Accepts, or is about to. */
  #active: ManagedChild | undefined;
  /** Loads the project. */
  #next: ManagedChild | undefined;
  #standby: ManagedChild | undefined;
  #report: LoadReport | undefined;
  #changed: readonly string[] = [];
  #changedAt = 0;
  #swapping = false;
  /** What changed while children were swapped, and since when. */
  #late: { readonly changed: readonly string[]; readonly since: number } | undefined;
  #crashes = 0;
  #restart: NodeJS.Timeout | undefined;
  #slowLoad: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** Starts the first child. Resolves with an exit code when all is over. */
  run(): Promise<number> {
    this.#begin([]);
    return this.#ended.promise;
  }

  /** What the last child that loaded has said of the project. */
  get report(): LoadReport | undefined {
    return this.#report;
  }

  /** Replaces the running child. With `afresh` by one that has not booted yet: the environment has changed. */
  reload(changed: readonly string[], { afresh = false }: { readonly afresh?: boolean } = {}): void {
    if (this.#stopping) return;
    this.#crashes = 0;
    if (afresh) this.#discard(this.#standby);
    this.#begin(changed);
  }

  /** Tells the serving child of files that it reads anew. */
  announce(change: AssetChange): void {
    this.#active?.tell({ type: "assets", change });
  }

  /** Asks every child to finish; ends those that take too long, or at the second call. */
  stop(): void {
    clearTimeout(this.#restart);
    if (this.#stopping) for (const child of this.#children) child.kill();
    this.#stopping = true;
    for (const child of this.#children) child.tell({ type: "stop" });
    setTimeout(() => this.stop(), STOP_TIMEOUT).unref();
    this.#endIfAlone();
  }

  #begin(changed: readonly string[]): void {
    const now = performance.now();
    clearTimeout(this.#restart);
    if (this.#swapping) {
      const { changed: earlier, since } = this.#late ?? { changed: [], since: now };
      this.#late = { changed: [...earlier, ...changed], since };
      return;
    }
    if (this.#next === undefined) this.#changedAt = now;
    this.#changed = [...new Set([...this.#changed, ...changed])];
    // What it has imported may be older than the last change.
    this.#discard(this.#next);
    const child = this.#standby ?? this.#spawn();
    this.#standby = undefined;
    this.#next = child;
    clearTimeout(this.#slowLoad);
    this.#slowLoad = setTimeout(() => {
      if (child === this.#next) this.#options.onSlowLoad?.(SLOW_LOAD);
    }, SLOW_LOAD).unref();
    child.tell({ type: "load" });
  }

  #spawn(): ManagedChild {
    const child = new ManagedChild(this.#options, this.#report?.next ?? NOTHING, this.#events);
    this.#children.add(child);
    return child;
  }

  /** Nobody will miss it. */
  #discard(child: ManagedChild | undefined): void {
    if (child === this.#standby) this.#standby = undefined;
    if (child === this.#next) this.#next = undefined;
    child?.kill();
  }

  readonly #events: ChildEvents = {
    onLoaded: (child, report) => {
      if (child !== this.#next || this.#stopping) return;
      this.#report = report;
      void this.#swap(child);
    },
    onModule: (child, path) => {
      const { modules } = this.#report ?? {};
      if (child !== this.#active || this.#report === undefined || modules === undefined) return;
      this.#report = { ...this.#report, modules: [...modules, path] };
    },
    onAccepting: (child, waited) => this.#onAccepting(child, waited),
    onTerminal: (child) => {
      if (child === this.#active) this.#options.onTerminal?.();
    },
    onConnection: (child, socket, unread) => this.#relay(child, socket, unread),
    onExit: (child, code, signal) => this.#onExit(child, code, signal),
  };

  /** No answer of the old code after the first of the new: the one stops before the other starts. */
  async #swap(child: ManagedChild): Promise<void> {
    const old = this.#active;
    this.#swapping = true;
    this.#next = undefined;
    this.#active = child;
    if (old !== undefined) await retire(old);
    child.tell({ type: "accept" });
  }

  #onAccepting(child: ManagedChild, waited: number): void {
    const { report } = this;
    if (child !== this.#active || report === undefined) return;
    const milliseconds = performance.now() - this.#changedAt;
    this.#options.onSwap({ changed: this.#changed, milliseconds, waited, report });
    this.#changed = [];
    this.#swapping = false;
    setTimeout(() => this.#boot(), STANDBY_DELAY).unref();
    const late = this.#late;
    this.#late = undefined;
    if (late === undefined) return;
    this.#begin(late.changed);
    this.#changedAt = late.since;
  }

  #boot(): void {
    if (!this.#stopping && this.#next === undefined) this.#standby ??= this.#spawn();
  }

  /** From a child that retires to the one that serves now. */
  #relay(from: ManagedChild, socket: Socket, unread: string): void {
    const target = this.#active;
    if (target === undefined || target === from || !target.pass(socket, unread)) socket.destroy();
  }

  #onExit(child: ManagedChild, code: number | null, signal: NodeJS.Signals | null): void {
    this.#children.delete(child);
    if (child === this.#standby) this.#standby = undefined;
    if (this.#stopping) this.#endIfAlone();
    else if (child === this.#next) this.#onLoadFailure(child, code, signal);
    else if (child === this.#active) this.#onCrash(child, code, signal);
  }

  #onLoadFailure(child: ManagedChild, code: number | null, signal: NodeJS.Signals | null): void {
    this.#next = undefined;
    // It could not even start once: what it said is all there is to say.
    if (this.#report === undefined) this.#ended.resolve(code ?? 1);
    else this.#beginLater(child, code, signal);
  }

  #onCrash(child: ManagedChild, code: number | null, signal: NodeJS.Signals | null): void {
    this.#active = undefined;
    this.#swapping = false;
    // Another is on its way.
    if (this.#next !== undefined) return;
    if (code === RELOAD_EXIT_CODE) this.#begin([]);
    else this.#beginLater(child, code, signal);
  }

  #beginLater(child: ManagedChild, code: number | null, signal: NodeJS.Signals | null): void {
    const lived = performance.now() - child.started;
    this.#crashes = lived > HEALTHY_AFTER ? 0 : this.#crashes + 1;
    const delay =
      this.#crashes <= 1 ? 0 : Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (this.#crashes - 2));
    this.#options.onCrash(code, signal, delay);
    this.#restart = setTimeout(() => this.#begin([]), delay);
  }

  #endIfAlone(): void {
    if (this.#children.size === 0) this.#ended.resolve(0);
  }
}

async function retire(child: ManagedChild): Promise<void> {
  if (child.hasEnded) return;
  child.tell({ type: "retire" });
  const tooLate = setTimeout(child.retired.resolve, RETIRE_TIMEOUT);
  await child.retired.promise;
  clearTimeout(tooLate);
}
