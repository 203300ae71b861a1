import { describe, expect, test } from "vitest";
import {
  BadRequest,
  Http404,
  PermissionDenied,
  SuspiciousOperation,
} from "../../../framework/exceptions.ts";
import type { HttpRequest } from "../../../framework/http/request.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { include, path } from "../../../framework/urls/path.ts";
import { answerOf, call, failing, makeApplication } from "../../support/wsgi.ts";

const LOGGING = { levels: { minorswing: "info" } } as const;
const HTML = { HTTP_ACCEPT: "text/html" };

describe("errors", () => {
  test.each<[what: string, error: unknown, status: string, log: RegExp]>([
    ["Http404", new Http404("no tune"), "404 Not Found", /^Not Found: \/\n$/],
    [
      "PermissionDenied",
      new PermissionDenied("no"),
      "403 Forbidden",
      /^Forbidden \(Permission denied\): \/\nPermissionDenied: no\n +at /,
    ],
    ["BadRequest", new BadRequest("odd"), "400 Bad Request", /^odd: \/\nBadRequest: odd\n +at /],
    [
      "SuspiciousOperation",
      new SuspiciousOperation("evil"),
      "400 Bad Request",
      /^evil\nSuspiciousOperation: evil\n +at /,
    ],
    [
      "an Error",
      new Error("secret 1234"),
      "500 Internal Server Error",
      /^Internal Server Error: \/\nError: secret 1234\n +at /,
    ],
    ["a string", "thrown text", "500 Internal Server Error", /thrown text/],
    ["undefined", undefined, "500 Internal Server Error", /Thrown undefined/],
  ])(
    "%s becomes its status, without details when DEBUG is off",
    async (_what, error, status, log) => {
      for (const view of [failing(error), () => Promise.reject(error)]) {
        const answer = await answerOf(view, { LOGGING }, { environ: HTML });

        expect(answer.status).toBe(status);
        expect(answer.errors).toMatch(log);
        expect(answer.text).not.toMatch(/tune|odd|evil|secret|thrown|at |\.ts/i);
        expect(answer.header("Content-Type")).toBe("text/html; charset=utf-8");
      }
    },
  );

  test("are shown with message, causes, stack and request with DEBUG, escaped", async () => {
    const error = new TypeError("<big>outer</big>", { cause: new Error("<em>inner</em>") });

    const { text, status } = await answerOf(
      failing(error),
      { DEBUG: true },
      { environ: HTML, query: "q=<u>" },
    );

    expect(status).toBe("500 Internal Server Error");
    expect(text).toContain("<h1>TypeError</h1>");
    expect(text).toContain("&lt;big&gt;outer&lt;/big&gt;");
    expect(text).toContain("&lt;em&gt;inner&lt;/em&gt;");
    expect(text).toContain("exception-response.test.ts");
    expect(text).toContain("<td><pre>&lt;u&gt;</pre></td>");
    expect(text).not.toMatch(/<big>|<em>|<u>/);
  });

  test("are plain text for whoever does not ask for HTML", async () => {
    const answer = await answerOf(
      failing(new Error("boom")),
      { DEBUG: true },
      { environ: { HTTP_ACCEPT: "*/*" } },
    );

    expect(answer.header("Content-Type")).toBe("text/plain; charset=utf-8");
    expect(answer.text).toMatch(/^Error at \/\nboom\n\nRequest Method: GET\n/);
  });

  test("mask what smells of a secret", async () => {
    const environ = {
      ...HTML,
      HTTP_COOKIE: "sessionid=hunter2",
      HTTP_AUTHORIZATION: "hunter3",
      HTTP_X_API_KEY: "hunter4",
    };

    const { text } = await answerOf(
      // Without a stack: the source of this very file would be shown.
      failing(Object.assign(new Error("boom"), { stack: "" })),
      { DEBUG: true },
      { environ, query: "password=hunter5" },
    );

    expect(text).not.toMatch(/hunter[2-5]/);
    expect(text).toContain("********************");
  });

  test("name every pattern that was tried on a 404 with DEBUG", async () => {
    const application = await makeApplication(
      [
        path("a/", include([path("<int:pk>/", () => null, { name: "detail" })])),
        path("b/", () => null),
      ],
      { DEBUG: true },
    );

    const { status, text } = await call(application, { path: "/a/<x>", environ: HTML });

    expect(status).toBe("404 Not Found");
    expect(text).toMatch(
      /<code><span class="fit">a\/<\/span> <span class="param">&lt;int:pk&gt;<\/span>\/<\/code>\n<span class="tag">name=&#x27;detail&#x27;<\/span>\n<span class="at">\S*exception-response\.test\.ts:\d+/,
    );
    expect(text).toContain("No URL pattern matches /a/&lt;x&gt;");
    expect(text).not.toContain("<x>");
  });

  test("say why a view raised a 404 with DEBUG", async () => {
    const answer = await answerOf(failing(new Http404("no tune 9")), { DEBUG: true });

    expect(answer.text).toContain("no tune 9");
  });

  test.each<[returned: unknown, found: string]>([
    [undefined, "It returned undefined instead. Does it end in a return?"],
    [null, "It returned null instead."],
    ["<p>", 'It returned "<p>" (a string) instead.'],
    [{ status: 200 }, "It returned an object instead."],
  ])("name a view that returns %o", async (returned, found) => {
    for (const view of [
      function tuneList() {
        return returned;
      },
      async function tuneList() {
        return returned;
      },
    ]) {
      const answer = await answerOf(view, { DEBUG: true });

      expect(answer.status).toBe("500 Internal Server Error");
      expect(answer.text).toContain(
        `The view tuneList didn't return an HttpResponse object. ${found}`,
      );
      expect(answer.text).toMatch(/Its route '' is declared in \S*wsgi\.ts:\d+\./);
    }
  });

  test("answer 413 to a body over the limit", async () => {
    const view = async (request: HttpRequest) => new HttpResponse(await request.text());

    const answer = await answerOf(view, { DATA_UPLOAD_MAX_MEMORY_SIZE: 3 }, { body: ["1234"] });

    expect(answer.status).toBe("413 Payload Too Large");
  });

  test("answer 400 to too many parameters", async () => {
    const view = (request: HttpRequest) => new HttpResponse(request.GET.get("a", ""));

    const answer = await answerOf(
      view,
      { DATA_UPLOAD_MAX_NUMBER_FIELDS: 1, DEBUG: true },
      { query: "a&b", environ: HTML },
    );

    expect(answer.status).toBe("400 Bad Request");
    expect(answer.text).toContain("cannot be shown");
  });
});
