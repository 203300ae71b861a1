/**
 * The child's side: its socket, its word that it is ready, its supervisor's orders.
 *
 * Layer 1 (autoreload).
 */
import {
  type ChildMessage,
  LISTEN_FD_VARIABLE,
  RELOAD_EXIT_CODE,
  type SupervisorMessage,
} from "./messages.ts";

/** The descriptor that a supervisor has handed down; `undefined` in a process that has none. */
export function inheritedFd(env: Readonly<Record<string, string | undefined>>): number | undefined {
  const text = env[LISTEN_FD_VARIABLE];
  return text === undefined ? undefined : Number(text);
}

/** Tells the supervisor that this process serves. */
export function reportReady(): void {
  process.send?.({ type: "ready" } satisfies ChildMessage);
}

/**
 * Calls `finish` with the exit code when the supervisor says so, or when it is gone: no orphan keeps the port.
 * An interrupt from the terminal reaches both processes; the child leaves it to the supervisor.
 */
export function obeySupervisor(finish: (exitCode: number) => void): void {
  process.on("SIGINT", () => undefined);
  process.on("message", (message: SupervisorMessage) =>
    finish(message.type === "retire" ? RELOAD_EXIT_CODE : 0),
  );
  process.on("disconnect", () => finish(0));
}
