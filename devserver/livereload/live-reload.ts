/**
 * Live reload: pages of a site that is being worked on show its current state by themselves.
 *
 *     new LiveReload(generation).wrap(application)
 *
 * Layer 4 (livereload). The state of a site is the generation of its code and the revision of its files. Each page carries the
 * state that it shows and a script that hears of the current one; see page-script.ts.
 * Between the server and the application, so that no project has to list it among its middleware.
 */
import type { Body, Environ, StartResponse, WSGIApplication } from "../../framework/wsgi.ts";
import { EventSourceBody } from "./event-source.ts";
import type { PageChange } from "./page-change.ts";
import { isForPage, originOf, preparePage } from "./page-request.ts";
import { PageResponse } from "./page-response.ts";
import { EVENTS_PATH, PAGE_SCRIPT, SCRIPT_PATH } from "./page-script.ts";

/** How the browser waits before it connects again where the script does not say; in milliseconds. */
const RETRY = "retry: 100\n\n";

export class LiveReload {
  readonly #generation: string;
  #revision = 0;
  readonly #listening: Set<EventSourceBody> = new Set<EventSourceBody>();

  /** `generation`: letters and digits, the same wherever the same code runs. */
  constructor(generation: string) {
    this.#generation = generation;
  }

  /** What pages carry. */
  get state(): string {
    return `${this.#generation}.${this.#revision}`;
  }

  /** Tells the pages. `revision` counts the changes of this generation, from 1. */
  announce(change: PageChange, revision: number): void {
    this.#revision = revision;
    for (const body of this.#listening) body.post({ ...change, state: this.state });
  }

  /** The application with live pages. */
  wrap(application: WSGIApplication): WSGIApplication {
    return (environ, startResponse) => {
      const { PATH_INFO: path } = environ;
      if (path === EVENTS_PATH) return this.#events(environ, startResponse);
      if (path === SCRIPT_PATH) return script(environ, startResponse);
      return isForPage(environ)
        ? this.#page(application, environ, startResponse)
        : application(environ, startResponse);
    };
  }

  #page(
    application: WSGIApplication,
    environ: Environ,
    startResponse: StartResponse,
  ): Body | Promise<Body> {
    const response = new PageResponse(preparePage(environ, this.state), startResponse);
    const body = application(environ, response.startResponse);
    return body instanceof Promise
      ? body.then((ready) => response.extend(ready))
      : response.extend(body);
  }

  #events(environ: Environ, startResponse: StartResponse): Body {
    environ["minorswing.unlogged"] = true;
    if (isForeign(environ)) return refuse(startResponse);
    startResponse("200 OK", [
      ["Content-Type", "text/event-stream"],
      ["Cache-Control", "no-store"],
      ["X-Accel-Buffering", "no"],
    ]);
    if (environ.REQUEST_METHOD === "HEAD") return [];
    const body = new EventSourceBody((closed) => this.#listening.delete(closed));
    this.#listening.add(body);
    body.postText(RETRY);
    body.post({ type: "state", state: this.state });
    return body;
  }
}

function script(environ: Environ, startResponse: StartResponse): Body {
  environ["minorswing.unlogged"] = true;
  startResponse("200 OK", [
    ["Content-Type", "text/javascript; charset=utf-8"],
    // Its URL has its version.
    ["Cache-Control", "max-age=31536000, immutable"],
    ["Cross-Origin-Resource-Policy", "same-origin"],
    ["X-Content-Type-Options", "nosniff"],
  ]);
  return [Buffer.from(PAGE_SCRIPT)];
}

/** A page of another site has no business here. */
function isForeign(environ: Environ): boolean {
  const { HTTP_ORIGIN: origin, HTTP_SEC_FETCH_SITE: site } = environ;
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  return origin !== undefined && origin !== originOf(environ);
}

function refuse(startResponse: StartResponse): Body {
  startResponse("403 Forbidden", [["Content-Type", "text/plain"]]);
  return [Buffer.from("Only for pages of this site.\n")];
}
