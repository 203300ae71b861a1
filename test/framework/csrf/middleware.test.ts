import { describe, expect, test } from "vitest";
import { csrfExempt } from "../../../framework/csrf/decorators.ts";
import { csrfMiddleware } from "../../../framework/csrf/middleware.ts";
import { UNENFORCED } from "../../../framework/csrf/protection.ts";
import { maskSecret, unmaskToken } from "../../../framework/csrf/tokens.ts";
import type { HttpRequest } from "../../../framework/http/request.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { isPromise } from "../../../framework/utils/maybe-promise.ts";
import { path } from "../../../framework/urls/path.ts";
import { call, makeApplication, makeEnviron } from "../../support/wsgi.ts";
import { ask, cookieOf, form, plainView, reasonOf, tokenView } from "./sites.ts";
import { MASKED_TEST_SECRET1, MASKED_TEST_SECRET2, TEST_SECRET } from "./vectors.ts";

describe("what csrfMiddleware refuses", () => {
  test.each([
    ["no cookie", null, "CSRF cookie not set."],
    ["a cookie that is too short", "a".repeat(16), "CSRF cookie has incorrect length."],
    ["a cookie with other characters", "*".repeat(64), "CSRF cookie has invalid characters."],
  ])("%s", async (_what, cookie, reason) => {
    const answer = await ask(form(undefined, {}, cookie), { DEBUG: true });

    expect(answer.status).toBe("403 Forbidden");
    expect(reasonOf(answer)).toBe(reason);
    expect(answer.errors).toContain(`Forbidden (${reason}): /\n`);
  });

  test.each([
    [null, "CSRF token missing."],
    ["", "CSRF token missing."],
    ["a".repeat(16), "CSRF token from POST has incorrect length."],
    ["*".repeat(64), "CSRF token from POST has invalid characters."],
    ["a".repeat(64), "CSRF token from POST incorrect."],
  ])("a form with the token %j", async (token, reason) => {
    const answer = await ask(form(token));

    expect(answer.status).toBe("403 Forbidden");
    expect(reasonOf(answer)).toBe(reason);
  });

  test.each([
    ["", "CSRF token from the 'X-Csrftoken' HTTP header has incorrect length."],
    ["a".repeat(16), "CSRF token from the 'X-Csrftoken' HTTP header has incorrect length."],
    ["*".repeat(64), "CSRF token from the 'X-Csrftoken' HTTP header has invalid characters."],
    ["a".repeat(64), "CSRF token from the 'X-Csrftoken' HTTP header incorrect."],
  ])("a header with the token %j", async (token, reason) => {
    const answer = await ask(form(null, { HTTP_X_CSRFTOKEN: token }));

    expect(reasonOf(answer)).toBe(reason);
  });

  test.each(["HTTP_X_CSRFTOKEN_CUSTOMIZED", "X-CSRFToken-Customized"])(
    "a header of the project's own, named %s",
    async (CSRF_HEADER_NAME) => {
      const bad = form(null, { HTTP_X_CSRFTOKEN_CUSTOMIZED: "a".repeat(16) });
      const good = form(null, { HTTP_X_CSRFTOKEN_CUSTOMIZED: MASKED_TEST_SECRET2 });

      expect(reasonOf(await ask(bad, { CSRF_HEADER_NAME }))).toBe(
        "CSRF token from the 'X-Csrftoken-Customized' HTTP header has incorrect length.",
      );
      expect((await ask(good, { CSRF_HEADER_NAME })).status).toBe("200 OK");
    },
  );

  test.each(["PUT", "DELETE", "PATCH", "PROPFIND"])("%s without a token", async (method) => {
    const answer = await ask({ method });

    expect(answer.status).toBe("403 Forbidden");
    expect(reasonOf(answer)).toBe("CSRF cookie not set.");
  });

  test("a form whose client went away: its token is missing", async () => {
    const broken = () => Promise.reject(new Error("gone"));
    const input = {
      read: broken,
      readline: broken,
      [Symbol.asyncIterator]: () => ({ next: broken }),
    };
    const answer = await ask(form(undefined, { "wsgi.input": input }));

    expect(reasonOf(answer)).toBe("CSRF token missing.");
  });

  test("a view that is protected, before it is called", async () => {
    let calls = 0;
    await ask(form(null), {}, () => {
      calls += 1;
      return plainView();
    });

    expect(calls).toBe(0);
  });
});

describe("what csrfMiddleware lets through", () => {
  test.each([
    [TEST_SECRET, TEST_SECRET],
    [TEST_SECRET, MASKED_TEST_SECRET2],
    [MASKED_TEST_SECRET1, TEST_SECRET],
    [MASKED_TEST_SECRET1, MASKED_TEST_SECRET2],
  ])("the cookie %s with the token %s, in the form or in the header", async (cookie, token) => {
    const inForm = await ask(form(token, {}, cookie));
    const inHeader = await ask(form(null, { HTTP_X_CSRFTOKEN: token }, cookie));

    expect([inForm.status, inHeader.status]).toEqual(["200 OK", "200 OK"]);
    expect(inForm.errors).toBe("");
  });

  test.each(["PUT", "DELETE", "PATCH"])("%s with the token in the header", async (method) => {
    const environ = {
      HTTP_COOKIE: `csrftoken=${TEST_SECRET}`,
      HTTP_X_CSRFTOKEN: MASKED_TEST_SECRET1,
    };

    expect((await ask({ method, environ })).status).toBe("200 OK");
  });

  test.each(["GET", "HEAD", "OPTIONS", "TRACE"])("%s, whatever it says", async (method) => {
    const environ = { HTTP_ORIGIN: "https://evil.example", HTTP_SEC_FETCH_SITE: "cross-site" };

    expect((await ask({ method, environ })).status).toBe("200 OK");
  });

  test("a good form with a bad header, as Django does, and a good header with a bad form", async () => {
    const badHeader = await ask(form(undefined, { HTTP_X_CSRFTOKEN: "a".repeat(64) }));
    const badForm = await ask(form("a".repeat(64), { HTTP_X_CSRFTOKEN: MASKED_TEST_SECRET2 }));

    expect([badHeader.status, badForm.status]).toEqual(["200 OK", "200 OK"]);
  });

  test("a view that is exempt, and which still can ask for a token", async () => {
    const answer = await ask(form(null, {}, null), {}, csrfExempt(tokenView));

    expect(answer.status).toBe("200 OK");
    expect(answer.text).toMatch(/^\w{64}$/);
  });

  test("what a test client has marked", async () => {
    const answer = await ask(form(null, { [UNENFORCED]: true, HTTP_ORIGIN: "null" }, null));

    expect(answer.status).toBe("200 OK");
  });

  test("a multipart form, whose fields and files the view still gets", async () => {
    const body = ["csrfmiddlewaretoken", "a"]
      .map(
        (name) =>
          `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${MASKED_TEST_SECRET2}\r\n`,
      )
      .join("");
    const sketch = form(null, { CONTENT_TYPE: "multipart/form-data; boundary=B" });
    const view = async (request: HttpRequest) =>
      new HttpResponse((await request.POST).get("a") ?? "");

    const environ = { ...sketch.environ, CONTENT_LENGTH: String(body.length + 5) };
    const answer = await ask({ ...sketch, body: [body, "--B--"], environ }, {}, view);

    expect(answer.text).toBe(MASKED_TEST_SECRET2);
  });
});

describe("promises", () => {
  const sketches = {
    "a GET": {},
    "a POST with its token in the header": form(null, { HTTP_X_CSRFTOKEN: MASKED_TEST_SECRET2 }),
    "a POST that is refused for its cookie": form(null, {}, null),
  };

  test.each(Object.entries(sketches))("%s needs none", async (_name, sketch) => {
    const application = await makeApplication([path("", tokenView)], {
      MIDDLEWARE: [csrfMiddleware],
    });

    const body = application(makeEnviron(sketch).environ, () => () => undefined);

    expect(isPromise(body)).toBe(false);
    if (!isPromise(body)) await body.close?.();
  });

  test("an asynchronous view gets its cookie, too", async () => {
    const answer = await ask({}, {}, (request) => Promise.resolve(tokenView(request)));

    expect(cookieOf(answer)).toBe(unmaskToken(answer.text));
  });
});

describe("CSRF_USE_SESSIONS", () => {
  const withSession = (session: Map<string, unknown>) => ({
    CSRF_USE_SESSIONS: true,
    MIDDLEWARE: [
      (getResponse: (request: HttpRequest) => unknown) => (request: HttpRequest) => {
        Object.assign(request, { session });
        return getResponse(request) as HttpResponse;
      },
      csrfMiddleware,
    ],
  });

  test("keeps the secret in the session, without a cookie", async () => {
    const session = new Map<string, unknown>();

    const answer = await ask({}, withSession(session), tokenView);

    expect(session.get("_csrftoken")).toBe(unmaskToken(answer.text));
    expect(answer.header("Set-Cookie")).toBeUndefined();
    expect(answer.header("Vary")).toBeUndefined();
  });

  test("reads what Django has written there", async () => {
    const good = await ask(form(), withSession(new Map([["_csrftoken", TEST_SECRET]])));
    const bad = await ask(form(maskSecret("a".repeat(32))), withSession(new Map()));

    expect(good.status).toBe("200 OK");
    expect(reasonOf(bad)).toBe("CSRF cookie not set.");
  });

  test("needs a session", async () => {
    const answer = await ask({}, { CSRF_USE_SESSIONS: true }, tokenView);

    expect(answer.status).toBe("500 Internal Server Error");
    expect(answer.errors).toContain(
      "CSRF_USE_SESSIONS is enabled, but request.session is not set.",
    );
  });
});

test("a new token is worth as much as the last one", async () => {
  const application = await makeApplication([path("", tokenView)], {
    MIDDLEWARE: [csrfMiddleware],
  });
  const page = await call(application);
  const secret = cookieOf(page) ?? "";

  const answers = [
    await call(application, form(page.text, {}, secret)),
    await call(application, form(maskSecret(secret), {}, secret)),
  ];

  expect(answers.map(({ status }) => status)).toEqual(["200 OK", "200 OK"]);
});
