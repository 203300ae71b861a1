import { describe, expect, test } from "vitest";
import type { Middleware } from "../../../framework/conf/settings.ts";
import { PermissionDenied } from "../../../framework/exceptions.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { answerOf, failing, makeApplication } from "../../support/wsgi.ts";

describe("middleware", () => {
  const mark =
    (name: string): Middleware =>
    (getResponse) =>
    async (request) => {
      const response = await getResponse(request);
      response.headers.append("X-Trace", name);
      return response;
    };

  test("runs from the outermost in, and back out", async () => {
    const answer = await answerOf(() => new HttpResponse(), {
      MIDDLEWARE: [mark("outer"), mark("inner")],
    });

    expect(answer.header("X-Trace")).toBe("inner, outer");
  });

  test("always sees a response, never an error", async () => {
    const seen: number[] = [];
    const look: Middleware = (getResponse) => async (request) => {
      const response = await getResponse(request);
      seen.push(response.status);
      return response;
    };
    const broken: Middleware = () => () => {
      throw new PermissionDenied();
    };

    await answerOf(failing(new Error("boom")), { MIDDLEWARE: [look] });
    await answerOf(() => new HttpResponse(), { MIDDLEWARE: [look, broken] });

    expect(seen).toEqual([500, 403]);
  });

  test("may answer without asking further", async () => {
    const early: Middleware = () => () => new HttpResponse("early");

    expect((await answerOf(failing(new Error("never")), { MIDDLEWARE: [early] })).text).toBe(
      "early",
    );
  });

  test("that returns no response is named", async () => {
    const lazy: Middleware = function lazyMiddleware() {
      return () => undefined as never;
    };

    const answer = await answerOf(() => new HttpResponse(), { MIDDLEWARE: [lazy], DEBUG: true });

    expect(answer.text).toContain(
      "The middleware lazyMiddleware didn't return an HttpResponse object. It returned undefined instead.",
    );
  });

  test("that is no factory is named when the application is built", async () => {
    const wrong = function wrongMiddleware() {
      return undefined as never;
    };

    await expect(makeApplication([], { MIDDLEWARE: [wrong] })).rejects.toThrow(
      "Middleware wrongMiddleware must return a function (request) => response or an object with hooks (processRequest, processResponse, processView, processException, processTemplateResponse); it returned undefined.",
    );
  });
});
