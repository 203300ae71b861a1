import { describe, expect, test } from "vitest";
import type { HttpRequest } from "../../../framework/http/request.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import type { MaybePromise } from "../../../framework/utils/maybe-promise.ts";
import { include, path } from "../../../framework/urls/path.ts";
import { technicalErrorResponse } from "../../../framework/views/debug.ts";
import { answerOf, call, failing, makeApplication, makeRequest } from "../../support/wsgi.ts";

const HTML = { HTTP_ACCEPT: "text/html,*/*;q=0.8" };
const JSON_TYPE = { HTTP_ACCEPT: "application/json" };
const FORM = { CONTENT_TYPE: "application/x-www-form-urlencoded" };

/** Whose page shows nothing of this file. */
function placeless(message: string): Error {
  return Object.assign(new Error(message), { stack: `Error: ${message}` });
}

describe("the page for an error", () => {
  test("shows the source around the place where it was thrown, in the project", async () => {
    const { text } = await answerOf(failing(new Error("boom")), { DEBUG: true }, { environ: HTML });

    expect(text).toContain("<h1>Error</h1>");
    expect(text).toContain('<p class="message">boom</p>');
    expect(text).toContain("debug.test.ts");
    expect(text).toMatch(/<div class="now"><i>\d+<\/i><code>.*<mark>.*new.*Error/);
    expect(text).toContain("minorswing/framework/handlers/view.ts");
  });

  test("says when a source is missing", async () => {
    const error = new Error("boom");
    error.stack = "Error: boom\n    at view (file:///nowhere/views.ts:3:9)";

    const page = await answerOf(failing(error), { DEBUG: true }, { environ: HTML });
    const plain = await answerOf(failing(error), { DEBUG: true });

    expect(page.text).toContain("The source is not available: /nowhere/views.ts cannot be read.");
    expect(plain.text).toContain("<source code not available>");
  });

  test("reads no file that is no program, whatever a stack may name", async () => {
    const error = new Error("boom");
    error.stack = "Error: boom\n    at view (file:///etc/passwd:1:1)";

    const { text } = await answerOf(failing(error), { DEBUG: true });

    expect(text).toContain("<source code not available>");
    expect(text).not.toContain("root:");
  });

  test("is JSON for clients of an API: error, causes, frames, and nothing of the request", async () => {
    const error = new TypeError("outer", { cause: new Error("inner") });

    const answer = await answerOf(
      failing(error),
      { DEBUG: true },
      { environ: { ...JSON_TYPE, HTTP_X_NOTE: "do not repeat" } },
    );

    expect(answer.header("Content-Type")).toBe("application/json");
    expect(JSON.parse(answer.text)).toMatchObject({
      error: {
        name: "TypeError",
        message: "outer",
        status: 500,
        causes: [{ relation: "caused by", name: "Error", message: "inner" }],
        frames: [{ file: expect.stringContaining("debug.test.ts"), kind: "project" }],
      },
    });
    expect(answer.text).not.toContain("repeat");
  });

  test("says which view was called, and how it is named", async () => {
    function tuneDetail(): never {
      throw new Error("boom");
    }
    const application = await makeApplication(
      [
        path(
          "tunes/",
          include([path("<int:pk>/", tuneDetail, { name: "detail" })], { namespace: "tunes" }),
        ),
      ],
      { DEBUG: true },
    );

    const { text } = await call(application, { path: "/tunes/3/" });

    expect(text).toContain("Raised during: tuneDetail, at tunes/<int:pk>/ [name='tunes:detail']\n");
  });

  test("names no pattern that has no name", async () => {
    const { text } = await answerOf(failing(placeless("boom")), { DEBUG: true });

    expect(text).toMatch(/\nRaised during: [^[]*\n/);
  });

  test("shows fields and files of a form that the view did not read", async () => {
    const body = "title=Nuages&password=hunter2";

    const { text } = await answerOf(
      failing(placeless("boom")),
      { DEBUG: true },
      { method: "POST", body: [body], environ: { ...FORM, CONTENT_LENGTH: String(body.length) } },
    );

    expect(text).toContain("POST:\n  title = Nuages\n  password = ********************\n");
    expect(text).not.toContain("hunter2");
  });

  test("says so when the body was streamed away", async () => {
    const view = async (request: HttpRequest): Promise<never> => {
      await request.read();
      throw new Error("boom");
    };

    const { text } = await answerOf(
      view,
      { DEBUG: true },
      { method: "POST", body: ["a=1"], environ: { ...FORM, CONTENT_LENGTH: "3" } },
    );

    expect(text).toMatch(/^Error at \/\nboom\n/);
    expect(text).toMatch(/POST: cannot be shown: You cannot access body/);
  });

  test("does not wait for a body that never comes", async () => {
    const never = new Promise<Uint8Array>(() => undefined);
    const input = {
      read: () => never,
      readline: () => never,
      async *[Symbol.asyncIterator]() {
        yield await never;
      },
    };

    const { text } = await answerOf(
      failing(new Error("boom")),
      { DEBUG: true },
      { method: "POST", environ: { ...FORM, CONTENT_LENGTH: "3", "wsgi.input": input } },
    );

    expect(text).toContain("POST: cannot be shown: the body has not arrived yet");
  });

  test("shows a small JSON body, masked", async () => {
    const body = '{"title":"Nuages","token":"t0ps3cret"}';

    const { text } = await answerOf(
      failing(new Error("boom")),
      { DEBUG: true },
      {
        method: "PUT",
        body: [body],
        environ: { CONTENT_TYPE: "application/json", CONTENT_LENGTH: String(body.length) },
      },
    );

    expect(text).toContain("body = { title: 'Nuages', token: '********************' }");
  });

  test("masks secrets in headers, cookies, queries and settings, and calls no setting", async () => {
    let called = false;
    const settings = {
      DEBUG: true,
      DATABASES: { default: { host: "localhost", password: "hunter1" } },
      CALLABLE: () => {
        called = true;
      },
    };
    const environ = {
      ...HTML,
      HTTP_COOKIE: "sessionid=hunter2; theme=dark; csrftoken=hunter3",
      HTTP_AUTHORIZATION: "hunter4",
      HTTP_REFERER: "https://x.example/?api_key=hunter5",
    };

    const { text } = await answerOf(failing(placeless("boom")), settings, {
      environ,
      query: "password=hunter6&page=2",
    });

    expect(text).not.toMatch(/hunter/);
    expect(text).toContain("<td><pre>dark</pre></td>");
    expect(text).toContain("?password=********************&amp;page=2");
    expect(text).toContain("[Function: CALLABLE]");
    expect(called).toBe(false);
  });

  test("names the host as it was sent, also one that the site does not answer to", async () => {
    const view = (request: HttpRequest): HttpResponse => new HttpResponse(request.getHost());

    const { status, text } = await answerOf(
      view,
      { DEBUG: true, ALLOWED_HOSTS: ["here.example"] },
      { environ: { HTTP_HOST: "evil.example" } },
    );

    expect(status).toBe("400 Bad Request");
    expect(text).toContain("Request URL: http://evil.example/\n");
  });

  test("has no policy of its own, and the nonce of the request where there is one", async () => {
    const request = Object.assign(makeRequest({ environ: HTML }), { cspNonce: "n0nce" });

    const response = await technicalErrorResponse(request, new Error("boom"));

    expect(response).toMatchObject({ cspPolicy: {}, cspReportOnlyPolicy: {} });
    expect(response.content.toString()).toContain('<style nonce="n0nce">');
  });

  test("is there at once for a request without a body", () => {
    const response: MaybePromise<HttpResponse> = technicalErrorResponse(
      makeRequest(),
      new Error("boom"),
    );

    expect(response).toBeInstanceOf(HttpResponse);
  });

  test.each<[what: string, thrown: unknown, heading: string]>([
    ["text", "no <tune>", "Thrown string at /\nno <tune>\n"],
    ["nothing", undefined, "Thrown undefined at /\nundefined\n"],
    ["an object", { a: 1 }, "Thrown object at /\n{ a }\n"],
    ["an object that cannot be text", Object.create(null), "Thrown object at /\nan object\n"],
  ])("takes %s that was thrown", async (_what, thrown, heading) => {
    const { text } = await answerOf(failing(thrown), { DEBUG: true });

    expect(text.startsWith(heading)).toBe(true);
  });
});

describe("the page for an error that defends itself", () => {
  test.each(["text/html", "text/plain", "application/json"])(
    "is there all the same: %s",
    async (type) => {
      const error = new Error("boom");
      for (const key of [
        "name",
        "message",
        "stack",
        "cause",
        "code",
        "templateName",
        "errors",
        "extra",
      ]) {
        Object.defineProperty(error, key, {
          enumerable: true,
          get: () => {
            throw new Error("hands off");
          },
        });
      }
      const request = makeRequest({ environ: { HTTP_ACCEPT: type } });

      const response = await technicalErrorResponse(request, error);

      expect(response.status).toBe(500);
      expect(response.content.toString()).toContain("Error");
    },
  );
});
