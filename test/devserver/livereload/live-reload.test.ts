import { Script } from "node:vm";
import { describe, expect, test } from "vitest";
import { LiveReload } from "../../../devserver/livereload/live-reload.ts";
import type { Body, HeaderList, WSGIApplication } from "../../../framework/wsgi.ts";
import { type Answer, call, makeEnviron, type RequestSketch } from "../../support/wsgi.ts";

const NAVIGATION = { HTTP_SEC_FETCH_DEST: "document" };
const HTML = ["Content-Type", "text/html; charset=utf-8"] as const;
const PAGE = "<p>page</p>";
const TAG =
  /^<script src="\/__minorswing__\/live-reload\.js\?v=\w+" data-state="seven\.0" async><\/script>\n$/;

/** An application that always answers the same. */
function answering(
  headers: HeaderList,
  body: Body = [Buffer.from(PAGE)],
  status: string = "200 OK",
): WSGIApplication {
  return (_environ, startResponse) => {
    startResponse(status, headers);
    return body;
  };
}

function ask(application: WSGIApplication, sketch: RequestSketch = {}): Promise<Answer> {
  return call(new LiveReload("seven").wrap(application), {
    ...sketch,
    environ: { ...NAVIGATION, ...sketch.environ },
  });
}

describe("a page of a live site", () => {
  test.each(["200 OK", "404 Not Found", "500 Internal Server Error"])(
    "has the script at its end, answered with %s",
    async (status) => {
      const { text } = await ask(answering([HTML], undefined, status));

      expect(text.slice(0, PAGE.length)).toBe(PAGE);
      expect(text.slice(PAGE.length)).toMatch(TAG);
    },
  );

  test.each([
    ["200 OK", true],
    ["303 See Other", true],
    ["403 Forbidden", false],
    ["500 Internal Server Error", false],
  ])("that answers a POST with %s is not asked for again: %s", async (status, once) => {
    const { text } = await ask(answering([HTML], undefined, status), { method: "POST" });

    expect(text.includes(" data-once ")).toBe(once);
  });

  test("has the right length, and no validator that does not know of the script", async () => {
    const answer = await ask(
      answering([
        HTML,
        ["Content-Length", "11"],
        ["ETag", '"a"'],
        ["Last-Modified", "x"],
        ["Accept-Ranges", "bytes"],
      ]),
    );

    expect(answer.header("Content-Length")).toBe(String(answer.text.length));
    expect(answer.header("ETag")).toBe('"a;live=seven.0"');
    expect(answer.header("Last-Modified")).toBeUndefined();
    expect(answer.header("Accept-Ranges")).toBeUndefined();
  });

  test("stays one piece where it was one, so that the server knows its length", async () => {
    const { environ } = makeEnviron({ environ: NAVIGATION });

    const body = await new LiveReload("seven").wrap(answering([HTML]))(
      environ,
      () => () => undefined,
    );

    expect(Array.isArray(body) && body.length).toBe(1);
  });

  test("that is sent in pieces is sent piece by piece, and closed once", async () => {
    const seen: string[] = [];
    async function* pieces(): AsyncGenerator<Buffer> {
      for (const piece of ["one", "two"]) {
        seen.push(`made ${piece}`);
        yield Buffer.from(piece);
      }
    }
    const body = Object.assign(pieces(), { close: () => void seen.push("closed") });
    const { environ } = makeEnviron({ environ: NAVIGATION });
    const live = await new LiveReload("seven").wrap(answering([HTML], body))(
      environ,
      () => () => undefined,
    );

    for await (const chunk of live) seen.push(`sent ${Buffer.from(chunk).toString().slice(0, 3)}`);
    await live.close?.();

    expect(seen).toEqual(["made one", "sent one", "made two", "sent two", "sent <sc", "closed"]);
  });

  test("may be announced as late as with its first piece", async () => {
    const application: WSGIApplication = (_environ, startResponse) =>
      (function* () {
        startResponse("200 OK", [HTML]);
        yield Buffer.from(PAGE);
      })();

    expect((await ask(application)).text).toMatch(/<script .*<\/script>\n$/);
  });

  test("carries the nonce of its policy", async () => {
    const policy = ["Content-Security-Policy", "script-src 'nonce-c3dpbmc='"] as const;

    expect((await ask(answering([HTML, policy]))).text).toContain(' nonce="c3dpbmc=" ');
  });
});

describe("what is no page", () => {
  test.each<[what: string, sketch: RequestSketch]>([
    ["HEAD", { method: "HEAD" }],
    ["a part that a script asks for", { environ: { HTTP_SEC_FETCH_DEST: "empty" } }],
    ["an image", { environ: { HTTP_SEC_FETCH_DEST: "image" } }],
    ["curl", { environ: { HTTP_SEC_FETCH_DEST: undefined, HTTP_ACCEPT: "*/*" } }],
    [
      "a script of an old browser",
      {
        environ: {
          HTTP_SEC_FETCH_DEST: undefined,
          HTTP_ACCEPT: "text/html",
          HTTP_X_REQUESTED_WITH: "XMLHttpRequest",
        },
      },
    ],
  ])("is answered as it is: a request of %s", async (_what, sketch) => {
    expect((await ask(answering([HTML]), sketch)).text).toBe(PAGE);
  });

  test.each<[what: string, headers: HeaderList, status?: string]>([
    ["of another type", [["Content-Type", "text/plain"]]],
    ["of a type that only begins like it", [["Content-Type", "text/html5"]]],
    ["in a charset without ASCII", [["Content-Type", "text/html; charset=UTF-16LE"]]],
    ["that is encoded", [HTML, ["Content-Encoding", "br"]]],
    ["that is a part", [HTML, ["Content-Range", "bytes 0-1/9"]], "206 Partial Content"],
    ["that is to be saved", [HTML, ["Content-Disposition", 'attachment; filename="a.html"']]],
    ["with a digest", [HTML, ["Content-Digest", "sha-256=:x:"]]],
    ["whose policy allows no script", [HTML, ["Content-Security-Policy", "default-src 'none'"]]],
    ["without content", [HTML], "205 Reset Content"],
  ])("goes out as it is: a response %s", async (_what, headers, status) => {
    const answer = await ask(answering(headers, undefined, status));

    expect(answer.text).toBe(PAGE);
    expect(answer.headers).toEqual(headers);
  });

  test("is a request of a browser on an address where it names no destination, with Accept", async () => {
    const environ = { HTTP_SEC_FETCH_DEST: undefined, HTTP_ACCEPT: "text/html,*/*;q=0.8" };

    expect((await ask(answering([HTML]), { environ })).text).toContain("<script ");
  });
});

describe("a conditional request", () => {
  const conditional: WSGIApplication = (environ, startResponse) => {
    const isSame = environ.HTTP_IF_NONE_MATCH === '"a"';
    startResponse(isSame ? "304 Not Modified" : "200 OK", [HTML, ["ETag", '"a"']]);
    return [Buffer.from(isSame ? "" : PAGE)];
  };

  test("is answered 304 while the site is in the same state", async () => {
    const answer = await ask(conditional, { environ: { HTTP_IF_NONE_MATCH: '"a;live=seven.0"' } });

    expect(answer.status).toBe("304 Not Modified");
    expect(answer.header("ETag")).toBe('"a;live=seven.0"');
  });

  test("gets the page once more when the state is another, or the page had no script", async () => {
    for (const tag of ['"a;live=six.0"', '"b"']) {
      const answer = await ask(conditional, { environ: { HTTP_IF_NONE_MATCH: tag } });

      expect(answer.status).toBe("200 OK");
    }
  });

  test("before a change (If-Match) names the application's own tag", async () => {
    let seen: unknown;
    await ask(
      (environ, startResponse) => {
        seen = environ.HTTP_IF_MATCH;
        return answering([HTML])(environ, startResponse);
      },
      { method: "PUT", environ: { HTTP_IF_MATCH: '"a;live=six.0"' } },
    );

    expect(seen).toBe('"a"');
  });

  test("is not asked for an encoding, since nothing can be added to an encoded page", async () => {
    let environ: object = {};
    await ask(
      (given, startResponse) => {
        environ = given;
        return answering([HTML])(given, startResponse);
      },
      { environ: { HTTP_ACCEPT_ENCODING: "gzip" } },
    );

    expect(environ).not.toHaveProperty("HTTP_ACCEPT_ENCODING");
  });
});

describe("the event stream", () => {
  const events = { path: "/__minorswing__/events" };

  async function listen(live: LiveReload): Promise<{ next(): Promise<string>; close(): unknown }> {
    const { environ } = makeEnviron(events);
    const body = await live.wrap(answering([]))(environ, () => () => undefined);
    if (!(Symbol.asyncIterator in body)) throw new Error("no stream");
    const chunks = body[Symbol.asyncIterator]();
    return {
      next: async () => Buffer.from((await chunks.next()).value ?? []).toString(),
      close: () => body.close?.(),
    };
  }

  test("begins with the state, and tells what changes", async () => {
    const live = new LiveReload("seven");
    const stream = await listen(live);
    const first = await stream.next();

    live.announce({ type: "css", names: ["site.css"] }, 1);
    live.announce({ type: "reload" }, 2);

    expect(first).toBe('retry: 100\n\ndata: {"type":"state","state":"seven.0"}\n\n');
    expect(await stream.next()).toBe(
      'data: {"type":"css","names":["site.css"],"state":"seven.1"}\n\n' +
        'data: {"type":"reload","state":"seven.2"}\n\n',
    );
    expect(live.state).toBe("seven.2");
    stream.close();
  });

  test("ends when it is closed while it waits", async () => {
    const stream = await listen(new LiveReload("seven"));
    await stream.next();
    const next = stream.next();

    stream.close();

    expect(await next).toBe("");
  });

  test.each<[what: string, environ: Record<string, string>]>([
    ["of another site", { HTTP_SEC_FETCH_SITE: "cross-site" }],
    ["of another host of the same site", { HTTP_SEC_FETCH_SITE: "same-site" }],
    ["of another origin", { HTTP_ORIGIN: "http://evil.example" }],
  ])("is refused to a page %s", async (_what, environ) => {
    const answer = await ask(answering([]), { ...events, environ });

    expect(answer.status).toBe("403 Forbidden");
  });

  test("and the script are no lines in the access log", async () => {
    for (const path of ["/__minorswing__/events", "/__minorswing__/live-reload.js"]) {
      const { environ } = makeEnviron({ path });
      const body = await new LiveReload("seven").wrap(answering([]))(
        environ,
        () => () => undefined,
      );
      await body.close?.();

      expect(environ["minorswing.unlogged"]).toBe(true);
    }
  });
});

test("the script is one that a browser may keep, since its URL has its version", async () => {
  const answer = await ask(answering([]), { path: "/__minorswing__/live-reload.js" });

  expect(answer.header("Content-Type")).toBe("text/javascript; charset=utf-8");
  expect(answer.header("Cache-Control")).toContain("immutable");
  expect(() => new Script(answer.text)).not.toThrow();
});
