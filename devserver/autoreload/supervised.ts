/**
 * The child's side: its socket, its supervisor's orders, its word, the connections that go back and forth.
 *
 * Layer 1 (autoreload).
 */
import { Socket } from "node:net";
import { stopReading } from "../workers/move-socket.ts";
import {
  type AssetChange,
  type ChildMessage,
  LISTEN_FD_VARIABLE,
  type Preparation,
  type SupervisorMessage,
} from "./messages.ts";

/** The descriptor that a supervisor has handed down; `undefined` in a process that has none. */
export function inheritedFd(env: Readonly<Record<string, string | undefined>>): number | undefined {
  const text = env[LISTEN_FD_VARIABLE];
  return text === undefined ? undefined : Number(text);
}

/** A connection that another process has begun to serve, and what it has read and not used. It does not read. */
export interface PassedConnection {
  readonly socket: Socket;
  readonly unread: Buffer;
}

/** Make one at the start of a child. Orders that come too early are kept. */
export class SupervisedChild {
  /** What the next `load` may rely on. */
  readonly boot: PromiseWithResolvers<Preparation> = Promise.withResolvers();
  readonly load: PromiseWithResolvers<void> = Promise.withResolvers();
  readonly accept: PromiseWithResolvers<void> = Promise.withResolvers();
  /** Resolves with true when the connections are to be passed on, with false when they are to be closed. */
  readonly end: PromiseWithResolvers<boolean> = Promise.withResolvers();
  /** What happens when files change that are read at each use. */
  onAssets: (change: AssetChange) => void = () => undefined;
  #isAwaited = false;
  #hasToEnd = false;
  #onConnection: ((passed: PassedConnection) => void) | undefined;
  readonly #held: PassedConnection[] = [];
  readonly #passing: Set<Promise<void>> = new Set<Promise<void>>();

  constructor() {
    // An interrupt from the terminal reaches both processes; the child leaves it to the supervisor.
    process.on("SIGINT", () => undefined);
    process.on("message", (message: SupervisorMessage, handle: unknown) =>
      this.#onMessage(message, handle),
    );
    // No orphan keeps the port.
    process.on("disconnect", () => this.#end(false));
  }

  /** Somebody waits for it already: it never stood by. */
  get isAwaited(): boolean {
    return this.#isAwaited;
  }

  get hasToEnd(): boolean {
    return this.#hasToEnd;
  }

  tell(message: ChildMessage): void {
    if (process.connected) process.send?.(message, undefined, {}, () => undefined);
  }

  /** From now on `serve` gets the connections that others have passed on. */
  set onConnection(serve: (passed: PassedConnection) => void) {
    this.#onConnection = serve;
    for (const passed of this.#held.splice(0)) serve(passed);
  }

  /** Gives a connection back to the supervisor, who knows who is next. */
  passOn(socket: Socket, unread: Buffer): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    const message: ChildMessage = { type: "connection", unread: unread.toString("base64") };
    if (!process.connected) socket.destroy();
    else process.send?.(message, socket, {}, () => resolve());
    this.#passing.add(promise);
  }

  /** Settles when every connection that was passed on has left this process. */
  async passedOn(): Promise<void> {
    if (process.connected) await Promise.all(this.#passing);
  }

  #onMessage(message: SupervisorMessage, handle: unknown): void {
    if (message.type === "boot") this.boot.resolve(message.preparation);
    else if (message.type === "load") this.#load();
    else if (message.type === "accept") this.accept.resolve();
    else if (message.type === "assets") this.onAssets(message.change);
    else if (message.type === "retire") this.#end(true);
    else if (message.type === "stop") this.#end(false);
    else if (handle instanceof Socket) this.#take(handle, Buffer.from(message.unread, "base64"));
  }

  #take(socket: Socket, unread: Buffer): void {
    // It has been reading since it came, though nothing can have arrived yet.
    stopReading(socket);
    if (this.#onConnection === undefined) this.#held.push({ socket, unread });
    else this.#onConnection({ socket, unread });
  }

  #load(): void {
    this.#isAwaited = true;
    this.load.resolve();
  }

  #end(passOn: boolean): void {
    this.#hasToEnd = true;
    this.end.resolve(passOn);
  }
}
