/**
 * The session of a client, for a test to look at and to change.
 *
 * Layer 8 (testing). Errors: `ImproperlyConfigured` for a site without sessions.
 * Source: Django test/client.py (`Client.session`). How: the site's own session middleware handles a request that goes no
 * further, so that every engine works, and what was changed is saved and its cookie set as ever.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { Middleware } from "../conf/settings.ts";
import { ImproperlyConfigured } from "../exceptions.ts";
import type { HttpRequest } from "../http/request.ts";
import { HttpResponse } from "../http/response.ts";
import { type MaybePromise, whenReady } from "../utils/maybe-promise.ts";

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

/** Runs `use` with the session of the request that `send` makes. */
export async function useSession(send: () => Promise<unknown>, use: Use): Promise<void> {
  const visit = { use, isUsed: false };
  await current.run(visit, send);
  if (!visit.isUsed)
    throw new ImproperlyConfigured(
      "This site has no sessions: none of its MIDDLEWARE sets request.session.",
    );
}

/**
 * Stands behind every middleware of a site under test, and looks whether there is a session by now. In the same
 * application, since there may be engines whose sessions live in it.
 */
export const takeSession: Middleware = (getResponse) => (request) => {
  const visit = current.getStore();
  if (visit === undefined) return getResponse(request);
  const session: unknown = Reflect.get(request, "session");
  if (!isSession(session)) return getResponse(request);
  visit.isUsed = true;
  return whenReady(visit.use(session), () => new HttpResponse("", { status: 204 }));
};

function isSession(value: unknown): value is RequestSession {
  return typeof value === "object" && value !== null && "get" in value && "set" in value;
}
