/**
 * Gives each request its session, and saves it before the response leaves.
 *
 * Layer 5 (sessions). A request that does not look at its session costs one object: no cookie is parsed, nothing is read.
 * Settings: SESSION_*. They are read once, when the application is built.
 * Errors: `SessionInterrupted`, answered with 400, when the session was deleted while the view ran.
 * Source: Django contrib/sessions/middleware.py.
 * Differs from Django: a session that nobody looked at is left alone, also when its cookie makes no sense; what was
 * flushed is deleted also when the view fails afterwards; a change that comes while the body is streamed is reported.
 */
import { requestLogger } from "../conf/loggers.ts";
import type { Application, GetResponse } from "../conf/settings.ts";
import type { CookieAttributes } from "../http/cookies.ts";
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import { patchVaryHeaders } from "../http/vary.ts";
import { isPromise, type MaybePromise, whenReady } from "../utils/maybe-promise.ts";
import { sessionCookieAttributes } from "./cookie.ts";
import type { Session } from "./session.ts";
import type { SessionClient } from "./session-state.ts";
import { sessionsOf } from "./sessions.ts";

declare module "../http/request.ts" {
  interface RequestExtensions {
    /** What the site remembers of this user. Needs `sessionMiddleware`. */
    session: Session;
  }
}

export function sessionMiddleware(
  getResponse: GetResponse,
  { settings }: Application,
): GetResponse {
  const { SESSION_COOKIE_NAME: name, SESSION_SAVE_EVERY_REQUEST: saveAlways } = settings;
  const sessions = sessionsOf(settings);
  const closing = new SessionCloser(name, saveAlways, {
    path: settings.SESSION_COOKIE_PATH,
    ...sessionCookieAttributes(settings),
  });
  const respond = (request: HttpRequest): MaybePromise<HttpResponseBase> =>
    whenReady(getResponse(request), (response) => closing.close(request, response));
  return (request) => {
    const session = sessions.open(new RequestClient(request, name));
    request.session = session;
    return sessions.isAsync ? whenReady(session.load(), () => respond(request)) : respond(request);
  };
}

/** Whose session it is: nothing is looked up before it is asked for. */
class RequestClient implements SessionClient {
  readonly #request: HttpRequest;
  readonly #name: string;

  constructor(request: HttpRequest, name: string) {
    this.#request = request;
    this.#name = name;
  }

  cookie(): string | undefined {
    return this.#request.COOKIES[this.#name];
  }

  warn(message: string): void {
    warn(this.#request, message);
  }
}

/** For `Vary`. */
const COOKIE: readonly string[] = ["Cookie"];

/** What happens to the session of a request when its response is there. */
class SessionCloser {
  readonly #name: string;
  readonly #saveAlways: boolean;
  readonly #attributes: CookieAttributes;

  constructor(name: string, saveAlways: boolean, attributes: CookieAttributes) {
    this.#name = name;
    this.#saveAlways = saveAlways;
    this.#attributes = attributes;
  }

  /** When it fails, the response that nobody gets is closed. */
  close(request: HttpRequest, response: HttpResponseBase): MaybePromise<HttpResponseBase> {
    const { session } = request;
    if (response.streaming) reportLateChange(session, request, response);
    if (!session.accessed && !this.#saveAlways) return response;
    try {
      const closed = this.#settle(session, request, response);
      if (!isPromise(closed)) return closed;
      return closed.catch((error: unknown) => rejectClosed(response, error));
    } catch (error) {
      void response.close();
      throw error;
    }
  }

  #settle(
    session: Session,
    request: HttpRequest,
    response: HttpResponseBase,
  ): MaybePromise<HttpResponseBase> {
    // Without loading, `isEmpty` would believe any cookie.
    const ready = whenReady(session.load(), () => session.deleteFlushed());
    return whenReady(ready, () => {
      if (session.accessed) patchVaryHeaders(response, COOKIE);
      if (session.isEmpty()) return this.#forget(request, response);
      const mustSave = (session.modified || this.#saveAlways) && response.status < 500;
      return whenReady(mustSave ? session.save() : undefined, () =>
        this.#remember(session, response),
      );
    });
  }

  /** A browser that has a cookie for nothing loses it. */
  #forget(request: HttpRequest, response: HttpResponseBase): HttpResponseBase {
    if (request.COOKIES[this.#name] === undefined) return response;
    const { httpOnly: _, ...attributes } = this.#attributes;
    response.deleteCookie(this.#name, attributes);
    patchVaryHeaders(response, COOKIE);
    return response;
  }

  #remember(session: Session, response: HttpResponseBase): HttpResponseBase {
    const { isSaved, sessionKey } = session;
    if (!isSaved || sessionKey === undefined) return response;
    const life = session.getExpireAtBrowserClose() ? {} : { maxAge: session.getExpiryAge() };
    response.setCookie(this.#name, sessionKey, { ...this.#attributes, ...life });
    patchVaryHeaders(response, COOKIE);
    return response;
  }
}

/** The head has left by then, and with it the time to save. */
function reportLateChange(
  session: Session,
  request: HttpRequest,
  response: HttpResponseBase,
): void {
  response.onClose(() => {
    if (!session.modified || response.status >= 500) return;
    warn(
      request,
      "The session was changed while the response was streamed, too late to be saved; call session.save() after the change",
    );
  });
}

function warn(request: HttpRequest, message: string): void {
  // An error, so that it is seen without DEBUG too: nothing of a session is lost in silence.
  requestLogger(request, "minorswing.sessions").error(`${message}: ${request.path}`);
}

async function rejectClosed(response: HttpResponseBase, error: unknown): Promise<never> {
  await response.close();
  throw error;
}
