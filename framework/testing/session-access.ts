/**
 * The session of a client, for a test to look at and to change.
 *
 * Layer 10 (testing). Errors: `ImproperlyConfigured` for a site without sessions.
 * Source: Django test/client.py (`Client.session`). How: the site's own session middleware handles a request that goes no
 * further, so that every engine works, and what was changed is saved and its cookie set as ever.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { Middleware, Settings } from "../conf/settings.ts";
import { ImproperlyConfigured } from "../exceptions.ts";
import { getWSGIApplication } from "../handlers/wsgi-handler.ts";
import type { HttpRequest } from "../http/request.ts";
import { HttpResponse } from "../http/response.ts";
import { type MaybePromise, whenReady } from "../utils/maybe-promise.ts";
import type { WSGIApplication } from "../wsgi.ts";
import { settingsForTests } from "./override-settings.ts";

/** As much of a session as there is without minorswing/sessions. */
interface AnySession {
  get(key: string): unknown;
  set(key: string, value: unknown): unknown;
}

/** What `request.session` is. */
export type RequestSession = HttpRequest extends { session: infer Session } ? Session : AnySession;

/** What a test does with the session. */
type Use = (session: RequestSession) => MaybePromise<void>;

const current = new AsyncLocalStorage<{ readonly use: Use; isUsed: boolean }>();
const applications = new WeakMap<Settings, Promise<WSGIApplication>>();

/** Runs `use` with the session of the request that `send` makes. */
export async function useSession(
  settings: Settings,
  send: (application: WSGIApplication) => Promise<unknown>,
  use: Use,
): Promise<void> {
  const known = applications.get(settings);
  const building = known ?? buildApplication(settings);
  applications.set(settings, building);
  const application = await building;
  const visit = { use, isUsed: false };
  await current.run(visit, () => send(application));
  if (!visit.isUsed)
    throw new ImproperlyConfigured(
      "This site has no sessions: none of its MIDDLEWARE sets request.session.",
    );
}

/** Behind every middleware stands one that looks whether there is a session by now. */
function buildApplication(settings: Settings): Promise<WSGIApplication> {
  const MIDDLEWARE = settings.MIDDLEWARE.flatMap((middleware) => [middleware, takeSession]);
  return getWSGIApplication(settingsForTests(settings, ["testserver"], { MIDDLEWARE }));
}

const takeSession: Middleware = (getResponse) => (request) => {
  const visit = current.getStore();
  const session: unknown = Reflect.get(request, "session");
  if (visit === undefined || !isSession(session)) return getResponse(request);
  visit.isUsed = true;
  return whenReady(visit.use(session), () => new HttpResponse("", { status: 204 }));
};

function isSession(value: unknown): value is RequestSession {
  return typeof value === "object" && value !== null && "get" in value && "set" in value;
}
