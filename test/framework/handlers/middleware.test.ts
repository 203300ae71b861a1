import { describe, expect, test } from "vitest";
import type { GetResponse, Middleware, MiddlewareHooks } from "../../../framework/conf/settings.ts";
import { MiddlewareNotUsed } from "../../../framework/exceptions.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { answerOf, failing } from "../../support/wsgi.ts";

/** A class of middleware that notes when each of its hooks is called. */
function noting(name: string, seen: string[]): Middleware {
  return class implements MiddlewareHooks {
    readonly getResponse: GetResponse;

    constructor(getResponse: GetResponse) {
      this.getResponse = getResponse;
    }

    processRequest(): undefined {
      seen.push(`${name} request`);
    }

    processView(): undefined {
      seen.push(`${name} view`);
    }

    processException(): undefined {
      seen.push(`${name} exception`);
    }

    processResponse(_request: unknown, response: HttpResponse): HttpResponse {
      seen.push(`${name} response`);
      return response;
    }
  };
}

describe("middleware hooks", () => {
  test("are called in Django's order", async () => {
    const seen: string[] = [];
    const MIDDLEWARE = [noting("outer", seen), noting("inner", seen)];

    await answerOf(
      () => {
        seen.push("the view");
        return new HttpResponse();
      },
      { MIDDLEWARE },
    );

    expect(seen).toEqual([
      "outer request",
      "inner request",
      "outer view",
      "inner view",
      "the view",
      "inner response",
      "outer response",
    ]);
  });

  test("processException sees what a view throws, innermost first, before it becomes a response", async () => {
    const seen: string[] = [];
    const MIDDLEWARE = [noting("outer", seen), noting("inner", seen)];

    const answer = await answerOf(failing(new Error("boom")), { MIDDLEWARE });

    expect(answer.status).toBe("500 Internal Server Error");
    expect(seen.slice(4)).toEqual([
      "inner exception",
      "outer exception",
      "inner response",
      "outer response",
    ]);
  });

  test.each([
    ["now", (): HttpResponse => new HttpResponse("rescued")],
    ["later", async (): Promise<HttpResponse> => Promise.resolve(new HttpResponse("rescued"))],
  ])("processException may answer instead, %s", async (_when, processException) => {
    const late = async (): Promise<never> => Promise.reject(new Error("late"));

    const MIDDLEWARE: Middleware[] = [() => ({ processException })];

    expect((await answerOf(failing(new Error("boom")), { MIDDLEWARE })).text).toBe("rescued");
    expect((await answerOf(late, { MIDDLEWARE })).text).toBe("rescued");
  });

  test("processView gets the view and its params, and may answer instead", async () => {
    const view = failing(new Error("never called"));
    const seen: unknown[] = [];
    const MIDDLEWARE: Middleware[] = [
      (getResponse) =>
        Object.assign((request: Parameters<GetResponse>[0]) => getResponse(request), {
          processView: (...[, found, params]: [unknown, unknown, unknown]): HttpResponse => {
            seen.push(found, params);
            return new HttpResponse("instead");
          },
        }),
    ];

    const answer = await answerOf(view, { MIDDLEWARE });

    expect(answer.text).toBe("instead");
    expect(seen).toEqual([view, {}]);
  });

  test("processRequest may answer; what is further in is not asked", async () => {
    const seen: string[] = [];
    const early: Middleware = () => ({ processRequest: () => new HttpResponse("early") });

    const answer = await answerOf(() => new HttpResponse(), {
      MIDDLEWARE: [noting("outer", seen), early, noting("inner", seen)],
    });

    expect(answer.text).toBe("early");
    expect(seen).toEqual(["outer request", "outer response"]);
  });

  test("a middleware that is not used is left out", async () => {
    const unused: Middleware = () => {
      throw new MiddlewareNotUsed("not today");
    };

    expect((await answerOf(() => new HttpResponse("ok"), { MIDDLEWARE: [unused] })).text).toBe(
      "ok",
    );
  });
});
