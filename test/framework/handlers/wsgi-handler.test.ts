import { describe, expect, test } from "vitest";
import { Http404 } from "../../../framework/exceptions.ts";
import type { HttpRequest } from "../../../framework/http/request.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { StreamingHttpResponse } from "../../../framework/http/streaming-response.ts";
import { redirect, render } from "../../../framework/shortcuts.ts";
import {
  gotRequestException,
  requestFinished,
  requestStarted,
} from "../../../framework/signals/core.ts";
import type { Middleware } from "../../../framework/conf/settings.ts";
import { include, path } from "../../../framework/urls/path.ts";
import { answerOf, call, failing, makeApplication, makeEnviron } from "../../support/wsgi.ts";
import { TemporaryFolder } from "../../support/projects.ts";

describe("an application", () => {
  test("answers with status, headers in order, Content-Length, cookies last", async () => {
    const answer = await answerOf(() => {
      const response = new HttpResponse("é", { status: 201, headers: { "X-A": "1" } });
      return response.setCookie("a", "b").setCookie("c", "d");
    });

    expect(answer.status).toBe("201 Created");
    expect(answer.text).toBe("é");
    expect(answer.headers).toEqual([
      ["X-A", "1"],
      ["Content-Type", "text/html; charset=utf-8"],
      ["Content-Length", "2"],
      ["Set-Cookie", "a=b; Path=/"],
      ["Set-Cookie", "c=d; Path=/"],
    ]);
  });

  test.each([204, 304])("gives no Content-Length with %i", async (status) => {
    expect(
      (await answerOf(() => new HttpResponse("", { status }))).header("Content-Length"),
    ).toBeUndefined();
  });

  test("streams, without a Content-Length", async () => {
    const answer = await answerOf(() => new StreamingHttpResponse(["a", "b"]));

    expect(answer.text).toBe("ab");
    expect(answer.header("Content-Length")).toBeUndefined();
  });

  test("gives a view its parameters and the match that found it", async () => {
    const view = (request: HttpRequest, { pk }: { pk: number }) =>
      new HttpResponse(
        `${pk + 1} ${request.resolverMatch?.viewName} ${request.app.settings.DEBUG}`,
      );
    const application = await makeApplication([
      path("p/", include([path("<int:pk>/", view, { name: "detail" })], { namespace: "ns" })),
    ]);

    expect((await call(application, { path: "/p/41/" })).text).toBe("42 ns:detail false");
  });

  test("stays synchronous where view and middleware are", async () => {
    const pass: Middleware = (getResponse) => (request) => getResponse(request);
    const application = await makeApplication([path("", () => new HttpResponse("now"))], {
      MIDDLEWARE: [pass],
    });
    let status = "";

    const body = application(makeEnviron().environ, (text) => {
      status = text;
      return () => undefined;
    });

    expect(body).not.toBeInstanceOf(Promise);
    expect(status).toBe("200 OK");
  });

  test("answers OPTIONS * without resolving a path", async () => {
    const answer = await answerOf(
      () => new HttpResponse("no"),
      {},
      { method: "OPTIONS", path: "*" },
    );

    expect(answer.status).toBe("204 No Content");
    expect(answer.header("Allow")).toContain("GET");
    expect(answer.text).toBe("");
  });

  test("shows the welcome page while there are no patterns and DEBUG is on", async () => {
    const debug = await call(await makeApplication([], { DEBUG: true }));
    const production = await call(await makeApplication([], { DEBUG: false }));

    expect(debug.status).toBe("200 OK");
    expect(debug.text).toContain("It swings.");
    expect(production.status).toBe("404 Not Found");
  });
});

describe("signals", () => {
  test("tell of start and end of a request: the end after the last byte", async () => {
    const events: string[] = [];
    using _started = connected(requestStarted, () => events.push("started"));
    using _finished = connected(requestFinished, () => events.push("finished"));

    await answerOf(
      () =>
        new StreamingHttpResponse(
          (function* () {
            events.push("body");
            yield "x";
          })(),
        ),
    );

    expect(events).toEqual(["started", "body", "finished"]);
  });

  test("tell of an error that becomes a 500, and of no other", async () => {
    const errors: unknown[] = [];
    using _caught = connected(gotRequestException, ({ error }) => errors.push(error));
    const error = new Error("boom");

    await answerOf(failing(error));
    await answerOf(failing(new Http404()));

    expect(errors).toEqual([error]);
  });
});

describe("shortcuts", () => {
  test("render fills a template for a request", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "a.html": "{{ request.path }} {{ x }}" });

    const answer = await answerOf(
      (request) => render(request, "a.html", { x: 1 }, { status: 202 }),
      {
        TEMPLATES: { DIRS: [folder.path] },
      },
    );

    expect(answer.status).toBe("202 Accepted");
    expect(answer.text).toBe("/ 1");
  });

  test("redirect is temporary unless it says otherwise", () => {
    expect(redirect("/a/").status).toBe(302);
    expect(redirect("/a/", { permanent: true }).status).toBe(301);
  });
});

/** Connects a receiver until the test ends. */
function connected<Event>(
  signal: { connect(receiver: (event: Event) => void): () => void },
  receiver: (event: Event) => void,
): Disposable {
  const disconnect = signal.connect(receiver);
  return { [Symbol.dispose]: disconnect };
}
