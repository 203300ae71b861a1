/**
 * What can go wrong with sessions.
 *
 * Layer 5 (sessions). Source: Django contrib/sessions/exceptions.py, backends/base.py (`UpdateError`).
 */
import { BadRequest, FrameworkError } from "../exceptions.ts";

/** The session that a request changed was deleted meanwhile, by a logout say. Answered with 400. */
export class SessionInterrupted extends BadRequest {
  override readonly name = "SessionInterrupted";
  override readonly code = "sessions.interrupted";

  constructor() {
    super(
      "The request's session was deleted before the request completed. The user may have logged out in a concurrent request, for example.",
    );
  }
}

/** The store refused a session again and again, though nothing stood in its way. Always a bug in the store. */
export class SessionNotSaved extends FrameworkError {
  override readonly name = "SessionNotSaved";
  readonly code = "sessions.not_saved";

  constructor(tries: number) {
    super(
      `The session could not be saved: the store refused it ${tries} times. Does its write() return true when it has written?`,
    );
  }
}

/** The engine is asynchronous, and the session is used before it was loaded: outside of its middleware. */
export class SessionNotLoaded extends FrameworkError {
  override readonly name = "SessionNotLoaded";
  readonly code = "sessions.not_loaded";

  constructor() {
    super(
      "This session comes from an asynchronous engine and is not loaded yet: await session.load() first. Sessions of requests are loaded by sessionMiddleware, before the view.",
    );
  }
}
