import { describe, expect, test } from "vitest";
import type { ErrorHandler, URLConf } from "../../../framework/conf/settings.ts";
import { BadRequest, Http404, PermissionDenied } from "../../../framework/exceptions.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { gotRequestException } from "../../../framework/signals/core.ts";
import { path } from "../../../framework/urls/path.ts";
import { errorMessage } from "../../../framework/utils/describe.ts";
import { TemporaryFolder } from "../../support/projects.ts";
import { type Answer, call, failing, makeApplication } from "../../support/wsgi.ts";

const ERRORS = { a400: new BadRequest("odd"), a403: new PermissionDenied("no"), a500: new Error() };

/** A site whose views fail at `/a400`, `/a403` and `/a500`; every other path is a 404. */
async function ask(
  where: string,
  handlers: Omit<URLConf, "urlpatterns">,
  settings: Parameters<typeof makeApplication>[1] = {},
): Promise<Answer> {
  const urlpatterns = Object.entries(ERRORS).map(([name, error]) => path(name, failing(error)));
  const application = await makeApplication([], {
    ROOT_URLCONF: () => Promise.resolve({ urlpatterns, ...handlers }),
    LOGGING: { levels: { minorswing: "warn" } },
    ...settings,
  });
  return await call(application, { path: where });
}

const answering =
  (status: number): ErrorHandler =>
  (request, error) =>
    new HttpResponse(`${request.path} ${errorMessage(error)}`, { status });

describe("error handlers of the root URLconf", () => {
  test("answer errors, now or later, with the request and the error", async () => {
    const now = await ask("/a403", { handler403: answering(403) });
    const later = await ask("/a400", {
      handler400: async (request, error) => Promise.resolve(answering(418)(request, error)),
    });
    const missing = await ask("/nope", { handler404: answering(410) });
    const broken = await ask("/a500", { handler500: answering(503) });

    expect([now.status, now.text]).toEqual(["403 Forbidden", "/a403 no"]);
    expect([later.status, later.text]).toEqual(["418 I'm a Teapot", "/a400 odd"]);
    expect([missing.status, missing.text]).toEqual([
      "410 Gone",
      '/nope no URL pattern matches "nope"',
    ]);
    expect(broken.status).toBe("503 Service Unavailable");
  });

  test("are those of the request's own URLconf where it has one", async () => {
    const urlconf: URLConf = { urlpatterns: [], handler404: answering(418) };

    const answer = await ask(
      "/nope",
      { handler404: answering(410) },
      {
        MIDDLEWARE: [
          (getResponse) => (request) => {
            request.urlconf = urlconf;
            return getResponse(request);
          },
        ],
      },
    );

    expect(answer.status).toBe("418 I'm a Teapot");
  });

  test("are not asked with DEBUG about what has a page with details; a 403 is an answer", async () => {
    const handlers = {
      handler403: answering(403),
      handler404: answering(410),
      handler500: answering(503),
    };

    expect((await ask("/nope", handlers, { DEBUG: true })).status).toBe("404 Not Found");
    expect((await ask("/a500", handlers, { DEBUG: true })).status).toBe(
      "500 Internal Server Error",
    );
    expect((await ask("/a403", handlers, { DEBUG: true })).text).toBe("/a403 no");
  });

  test.each<[what: string, handler: ErrorHandler]>([
    ["throws", failing(new Error("worse"))],
    ["rejects", async () => Promise.reject(new Error("worse"))],
  ])("that one %s is a server error, and both errors are in the log", async (_what, handler403) => {
    const errors: unknown[] = [];
    const disconnect = gotRequestException.connect(({ error }) => errors.push(errorMessage(error)));

    const answer = await ask("/a403", { handler403, handler500: answering(503) });
    disconnect();

    expect([answer.status, answer.text]).toEqual(["503 Service Unavailable", "/a403 worse"]);
    expect(errors).toEqual(["worse"]);
    expect(answer.errors).toMatch(
      /^Forbidden \(Permission denied\): \/a403\nPermissionDenied: no\n[^]*\nInternal Server Error: \/a403\nError: worse\n/,
    );
    expect(answer.errors.match(/Internal Server Error/g)).toHaveLength(1);
  });

  test("a handler500 that fails too leaves the plain page", async () => {
    for (const handler500 of [
      failing(new Error("worse")),
      async () => Promise.reject(new Error("worse")),
      () => undefined as never,
    ]) {
      const answer = await ask("/a500", { handler500 });

      expect(answer.status).toBe("500 Internal Server Error");
      expect(answer.text).toContain("<h1>Server Error (500)</h1>");
      expect(answer.errors.match(/^Internal Server Error: \/a500$/gm)).toHaveLength(2);
    }
  });

  test("that return no response are named", async () => {
    const answer = await ask("/a403", { handler403: () => "text" as never }, { DEBUG: true });

    expect(answer.text).toContain(
      `The handler403 handler403 didn't return an HttpResponse object. It returned "text" (a string) instead.`,
    );
  });

  test("have their unrendered responses rendered", async () => {
    class LateResponse extends HttpResponse {
      isRendered = false;

      render(): this {
        this.content = "rendered";
        return this;
      }
    }

    const answer = await ask("/nope", { handler404: () => new LateResponse("", { status: 404 }) });

    expect(answer.text).toBe("rendered");
  });

  test("that are no functions are named when the site is built", async () => {
    await expect(ask("/", { handler404: "views.lost" as never })).rejects.toThrow(
      `The handler404 of the URLconf that ROOT_URLCONF loads must be a function (request, error) => response; found "views.lost" (a string).`,
    );
  });
});

describe("the default error handlers", () => {
  test("fill the templates 400.html, 403.html, 404.html and 500.html", async () => {
    using folder = new TemporaryFolder();
    await folder.write({
      "400.html": "400 [{{ exception }}{{ request }}]",
      "403.html": "403 {{ exception }} {{ request.path }}",
      "404.html": "404 {{ requestPath }} {{ exception }} {{ request.path }}",
      "500.html": "500 [{{ exception }}{{ request }}]",
    });
    const settings = { TEMPLATES: { DIRS: [folder.path] } };

    const answers = await Promise.all(
      ["/a400", "/a403", "/n pe", "/a500"].map((where) => ask(where, {}, settings)),
    );

    expect(answers.map(({ text }) => text)).toEqual([
      "400 []",
      "403 no /a403",
      "404 /n%20pe Resolver404 /n pe",
      "500 []",
    ]);
    expect(answers.map(({ status }) => status.slice(0, 3))).toEqual(["400", "403", "404", "500"]);
  });

  test.each([
    [new Http404("no tune"), "no tune"],
    [new Http404(), "Http404"],
  ])("tell 404.html what %o says", async (error, expected) => {
    using folder = new TemporaryFolder();
    await folder.write({ "404.html": "{{ exception }}" });
    const application = await makeApplication([path("", failing(error))], {
      TEMPLATES: { DIRS: [folder.path] },
    });

    expect((await call(application)).text).toBe(expected);
  });

  test("keep the status that an error asks for", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "400.html": "too much" });
    const application = await makeApplication(
      [path("", async (request) => new HttpResponse(await request.body))],
      { TEMPLATES: { DIRS: [folder.path] }, DATA_UPLOAD_MAX_MEMORY_SIZE: 1 },
    );

    const answer = await call(application, { method: "POST", body: ["1234"] });

    expect([answer.status, answer.text]).toEqual(["413 Payload Too Large", "too much"]);
  });

  test("do not hide that a template they have is broken", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "404.html": `{% include "missing.html" %}`, "500.html": "{{ oh( }}" });

    const answer = await ask("/nope", {}, { TEMPLATES: { DIRS: [folder.path] } });

    expect(answer.text).toContain("<h1>Server Error (500)</h1>");
    expect(answer.errors).toContain('404.html:1:12: no template is named "missing.html"');
  });
});
