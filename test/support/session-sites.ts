/**
 * Sites whose views do something with the session.
 */
import type { Settings } from "../../framework/conf/settings.ts";
import type { HttpRequest } from "../../framework/http/request.ts";
import { HttpResponse } from "../../framework/http/response.ts";
import { StreamingHttpResponse } from "../../framework/http/streaming-response.ts";
import { MemorySessionStore } from "../../framework/sessions/backends/memory.ts";
import { sessionMiddleware } from "../../framework/sessions/middleware.ts";
import type { Session } from "../../framework/sessions/session.ts";
import { path } from "../../framework/urls/path.ts";
import type { WSGIApplication } from "../../framework/wsgi.ts";
import { type Answer, call, makeApplication } from "./wsgi.ts";

export type SessionView = (session: Session, request: HttpRequest) => unknown;

/** What most tests need. */
export const setAndRead = {
  set: (session: Session): Session => session.set("a", 1),
  read: (session: Session): unknown => session.get("a"),
  untouched: (): string => "nothing",
};

/** A site with a view for each of `views`, with a store of its own. */
export async function makeSessionSite(
  views: Readonly<Record<string, SessionView>>,
  settings: Partial<Settings> = {},
): Promise<WSGIApplication> {
  const store = new MemorySessionStore();
  const patterns = Object.entries(views).map(([name, view]) =>
    path(`${name}/`, async (request: HttpRequest) => {
      const result = await view(request.session, request);
      return result instanceof HttpResponse || result instanceof StreamingHttpResponse
        ? result
        : new HttpResponse(JSON.stringify(result ?? null));
    }),
  );
  return await makeApplication(patterns, {
    SESSION_ENGINE: () => store,
    MIDDLEWARE: [sessionMiddleware],
    ...settings,
  });
}

/** A request with a session cookie. */
export function withCookie(key: string | undefined): { environ: Record<string, unknown> } {
  return { environ: key === undefined ? {} : { HTTP_COOKIE: `sessionid=${key}` } };
}

/** The answer to a request for a view, with a session cookie. */
export async function get(site: WSGIApplication, name: string, key?: string): Promise<Answer> {
  return await call(site, { path: `/${name}/`, ...withCookie(key) });
}

/** The key that a response sends. */
export function keyOf(answer: Answer): string {
  return /^sessionid=([^;]+)/.exec(answer.header("Set-Cookie") ?? "")?.[1] ?? "";
}
