/**
 * An application for tests of threaded and forked WSGI servers: their workers import this module.
 */
import { threadId } from "node:worker_threads";
import { onBroadcast } from "../../devserver/workers/broadcast.ts";
import { validator } from "../../devserver/wsgiserver/validator.ts";
import type { Body, Chunk, Environ, StartResponse, WSGIApplication } from "../../framework/wsgi.ts";

export const HERE: string = import.meta.url;

/** How many generators have ended, whatever ended them. */
let ended = 0;

type Answer = Body | Promise<Body>;

const views: Readonly<Record<string, (environ: Environ, startResponse: StartResponse) => Answer>> =
  {
    "/where": (_environ, start) => text(start, `${process.pid} ${threadId}`),
    "/flags": (environ, start) =>
      text(start, `${environ["wsgi.multithread"]} ${environ["wsgi.multiprocess"]}`),
    "/spin": (environ, start) => {
      spin(Number(environ.QUERY_STRING));
      return text(start, "spun");
    },
    "/echo": async (environ, start) => text(start, String(await environ["wsgi.input"].read())),
    "/lines": async (environ, start) => {
      const input = environ["wsgi.input"];
      const first = String(await input.readline());
      return text(start, `${first.trim()}|${String(await input.read())}`);
    },
    "/count": async (environ, start) => {
      let size = 0;
      for await (const chunk of environ["wsgi.input"]) size += chunk.byteLength;
      return text(start, String(size));
    },
    "/wait": async (_environ, start) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return text(start, "waited");
    },
    "/large": (environ, start) => {
      start("200 OK", [["Content-Type", "text/plain"]]);
      return pieces(Number(environ.QUERY_STRING));
    },
    "/unlogged": (environ, start) => {
      environ["minorswing.unlogged"] = true;
      start("200 OK", [["Content-Type", "text/plain"]]);
      return forever();
    },
    "/forever": (_environ, start) => {
      start("200 OK", [["Content-Type", "text/plain"]]);
      return forever();
    },
    "/events": (_environ, start) => {
      start("200 OK", [["Content-Type", "text/event-stream"]]);
      return silent();
    },
    "/heard": async (_environ, start) => {
      const heard = Promise.withResolvers<unknown>();
      using _listener = onBroadcast("minorswing.test", heard.resolve);
      return text(start, String(await heard.promise));
    },
    "/silent": (_environ, start) => {
      start("200 OK", [["Content-Type", "text/plain"]]);
      return Object.assign(silent(), { close: () => void (ended += 1) });
    },
    "/ended": (_environ, start) => text(start, String(ended)),
    "/throw": () => {
      throw new Error("as asked");
    },
    "/exit": () => process.exit(7),
    "/reject": async (_environ, start) => {
      setTimeout(() => void Promise.reject(new Error("nobody catches this")), 10);
      await new Promise((resolve) => setTimeout(resolve, 5000));
      return text(start, "too late");
    },
  };

export const application: WSGIApplication = validator((environ, startResponse) => {
  const view = views[environ.PATH_INFO];
  return view === undefined ? text(startResponse, "nothing") : view(environ, startResponse);
});

function text(startResponse: StartResponse, content: string): Body {
  startResponse("200 OK", [["Content-Type", "text/plain"]]);
  return [Buffer.from(content)];
}

function* pieces(count: number): Generator<Chunk> {
  for (let index = 0; index < count; index += 1) yield Buffer.alloc(65_536, "x");
}

async function* forever(): AsyncGenerator<Chunk> {
  try {
    for (;;) {
      yield Buffer.from("tick\n");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  } finally {
    ended += 1;
  }
}

async function* silent(): AsyncGenerator<Chunk> {
  yield Buffer.from("tick\n");
  await new Promise(() => undefined);
}

function spin(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

export const notAnApplication = 42;
