/**
 * Sessions in the memory of the process: fast, and gone when it ends. For tests and trials.
 *
 * Layer 5 (sessions). Each application, and so each thread and process of a server, has its own.
 * Source: Django contrib/sessions/backends/cache.py with the local-memory cache.
 */
import type { SessionStore, StoredSession } from "../../conf/session-engine.ts";

/** How often what has expired is thrown out, in milliseconds. */
const SWEEP_MS = 60_000;

/** For SESSION_ENGINE. */
export function memorySessions(): SessionStore {
  return new MemorySessionStore();
}

export class MemorySessionStore implements SessionStore {
  readonly #sessions: Map<string, StoredSession> = new Map<string, StoredSession>();
  #nextSweep = 0;

  read(key: string): StoredSession | undefined {
    const stored = this.#sessions.get(key);
    return stored === undefined || stored.expires <= Date.now() ? undefined : stored;
  }

  write(key: string, session: StoredSession, previous: string | undefined): boolean {
    this.#sweep();
    if (this.#sessions.get(key)?.text !== previous) return false;
    this.#sessions.set(key, session);
    return true;
  }

  delete(key: string, previous?: string): boolean {
    if (previous !== undefined && this.#sessions.get(key)?.text !== previous) return false;
    return this.#sessions.delete(key);
  }

  clearExpired(): number {
    const now = Date.now();
    const expired = [...this.#sessions].filter(([, { expires }]) => expires <= now);
    for (const [key] of expired) this.#sessions.delete(key);
    return expired.length;
  }

  /** Nobody else can: `clearsessions` runs in another process. */
  #sweep(): void {
    if (Date.now() < this.#nextSweep) return;
    this.#nextSweep = Date.now() + SWEEP_MS;
    this.clearExpired();
  }
}
