/**
 * Every session engine, set up for a test, and sites that use one.
 */
import { defineSettings } from "../../framework/conf/define-settings.ts";
import type { SessionEngine, SessionStore } from "../../framework/conf/session-engine.ts";
import type { Settings } from "../../framework/conf/settings.ts";
import { fileSessions } from "../../framework/sessions/backends/file.ts";
import { memorySessions, MemorySessionStore } from "../../framework/sessions/backends/memory.ts";
import { signedCookieSessions } from "../../framework/sessions/backends/signed-cookies.ts";
import { sqliteSessions } from "../../framework/sessions/backends/sqlite.ts";

export interface EngineCase {
  readonly name: string;
  readonly engine: SessionEngine;
  /** Sessions are kept on our side, so they can be compared and deleted. False for cookies only. */
  readonly keepsRecords: boolean;
}

export const ENGINES: readonly EngineCase[] = [
  { name: "sqliteSessions", engine: sqliteSessions, keepsRecords: true },
  { name: "fileSessions", engine: fileSessions, keepsRecords: true },
  { name: "memorySessions", engine: memorySessions, keepsRecords: true },
  { name: "an asynchronous engine", engine: () => new SlowStore(), keepsRecords: true },
  { name: "signedCookieSessions", engine: signedCookieSessions, keepsRecords: false },
];

/** A store that is asked over a wire, as Redis is. */
export class SlowStore implements SessionStore {
  readonly isAsync = true;
  readonly #memory: MemorySessionStore = new MemorySessionStore();

  async read(...args: Parameters<SessionStore["read"]>): ReturnType<MemoryPromise<"read">> {
    await soon();
    return this.#memory.read(...args);
  }

  async write(...args: Parameters<SessionStore["write"]>): ReturnType<MemoryPromise<"write">> {
    await soon();
    return this.#memory.write(...args);
  }

  async delete(...args: Parameters<SessionStore["delete"]>): ReturnType<MemoryPromise<"delete">> {
    await soon();
    return this.#memory.delete(...args);
  }

  async clearExpired(): Promise<number> {
    await soon();
    return this.#memory.clearExpired();
  }
}

type MemoryPromise<Method extends "read" | "write" | "delete"> = () => Promise<
  ReturnType<MemorySessionStore[Method]>
>;

async function soon(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setImmediate(resolve);
  await promise;
}

/** Settings of a site that keeps its sessions in `folder`. */
export function sessionSettings(
  engine: SessionEngine,
  folder: string,
  more: Partial<Settings> = {},
): Settings {
  return defineSettings({
    SECRET_KEY: "secret",
    ALLOWED_HOSTS: ["*"],
    ROOT_URLCONF: () => Promise.resolve({ urlpatterns: [] }),
    BASE_DIR: folder,
    SESSION_ENGINE: engine,
    SESSION_FILE_PATH: folder,
    ...more,
  });
}
