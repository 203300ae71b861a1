/** `minorswing/sessions`: what a site remembers of a user between requests. */
export {
  type SessionEngine,
  type SessionEngineSettings,
  type SessionStore,
  type StoredSession,
} from "../conf/session-engine.ts";
export { FileSessionStore, fileSessions } from "./backends/file.ts";
export { MemorySessionStore, memorySessions } from "./backends/memory.ts";
export { signedCookieSessions } from "./backends/signed-cookies.ts";
export { SqliteSessionStore, sqliteSessions } from "./backends/sqlite.ts";
export { SessionInterrupted, SessionNotLoaded, SessionNotSaved } from "./exceptions.ts";
export { sessionMiddleware } from "./middleware.ts";
export { type SessionClient } from "./session-state.ts";
export { Session } from "./session.ts";
export { type SessionData, type SessionKey, type SessionValue } from "./session-data.ts";
export { Sessions, sessionsOf } from "./sessions.ts";
