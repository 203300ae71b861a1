import { describe, expect, test } from "vitest";
import type { Middleware, MiddlewareHooks } from "../../../../framework/conf/settings.ts";
import { MiddlewareNotUsed } from "../../../../framework/exceptions.ts";
import type { HttpRequest } from "../../../../framework/http/request.ts";
import { HttpResponse, type HttpResponseBase } from "../../../../framework/http/response.ts";
import { securityMiddleware } from "../../../../framework/middleware/security.ts";
import { path } from "../../../../framework/urls/path.ts";
import { whenReady } from "../../../../framework/utils/maybe-promise.ts";
import { gzipPage } from "../../../../framework/views/decorators/gzip.ts";
import {
  decoratorFromMiddleware,
  withMiddleware,
} from "../../../../framework/views/decorators/middleware.ts";
import { answerOf, call, makeApplication } from "../../../support/wsgi.ts";

const ok = () => new HttpResponse("ok");

/** Adds its name to the response, and notes when it is built. */
function stamp(name: string, built: string[] = []): Middleware {
  return (getResponse) => {
    built.push(name);
    return (request) =>
      whenReady(getResponse(request), (response) => {
        response.headers.append("X-Stamps", name);
        return response;
      });
  };
}

describe("withMiddleware", () => {
  test("puts a middleware around one view, with the settings of the site", async () => {
    const answer = await answerOf(withMiddleware(securityMiddleware, ok), {
      SECURE_REFERRER_POLICY: "origin",
    });

    expect(answer.header("Referrer-Policy")).toBe("origin");
  });

  test("builds it once for each site", async () => {
    const built: string[] = [];
    const view = withMiddleware(stamp("a", built), ok);
    const one = await makeApplication([path("", view)]);
    const other = await makeApplication([path("", view)]);

    for (const application of [one, one, other]) await call(application);

    expect(built).toEqual(["a", "a"]);
  });

  test("gives the view its parameters", async () => {
    const view = (_request: HttpRequest, { pk }: { pk: number }) => new HttpResponse(String(pk));
    const application = await makeApplication([
      path("<int:pk>/", withMiddleware(stamp("a"), withMiddleware(stamp("b"), view))),
    ]);

    const answers = await Promise.all(
      [1, 2, 3].map((pk) => call(application, { path: `/${pk}/` })),
    );

    expect(answers.map(({ text }) => text)).toEqual(["1", "2", "3"]);
    expect(answers[0]?.header("X-Stamps")).toBe("b, a");
  });

  test("leaves out one that does not want to be used", async () => {
    const unwilling: Middleware = () => {
      throw new MiddlewareNotUsed("not today");
    };

    expect((await answerOf(withMiddleware(unwilling, ok))).text).toBe("ok");
  });

  test.each([null, 3])("refuses a middleware that returns %j", async (instance) => {
    const broken = (() => instance) as unknown as Middleware;

    const answer = await answerOf(withMiddleware(broken, ok));

    expect(answer.errors).toContain(
      "must return a function (request) => response or an object with hooks",
    );
  });

  test("names a view that returns no response", async () => {
    const answer = await answerOf(withMiddleware(stamp("a"), function forgetful() {}));

    expect(answer.errors).toContain("The view forgetful didn't return an HttpResponse object.");
  });
});

describe("withMiddleware and hooks", () => {
  const tracing = (events: string[], instead: Partial<MiddlewareHooks> = {}): Middleware =>
    class {
      processRequest(): undefined {
        events.push("request");
      }
      processView(_request: HttpRequest, view: { name: string }, params: object): undefined {
        events.push(`view ${view.name} ${JSON.stringify(params)}`);
      }
      processResponse(_request: HttpRequest, response: HttpResponseBase): HttpResponseBase {
        events.push(`response ${response.status}`);
        return response;
      }
      processException = instead.processException;
    } as unknown as Middleware;

  test("calls them in Django's order", async () => {
    const events: string[] = [];
    const view = function tune() {
      events.push("called");
      return ok();
    };
    const application = await makeApplication([
      path("<int:pk>/", withMiddleware(tracing(events), view)),
    ]);

    await call(application, { path: "/7/" });

    expect(events).toEqual(["request", 'view tune {"pk":7}', "called", "response 200"]);
  });

  test("lets processRequest answer in the place of the view, processResponse still runs", async () => {
    const events: string[] = [];
    const early = (() => ({
      processRequest: () => new HttpResponse("early", { status: 202 }),
      processResponse: (_request: HttpRequest, response: HttpResponseBase) => {
        events.push(String(response.status));
        return response;
      },
    })) satisfies Middleware;

    const answer = await answerOf(withMiddleware(early, ok));

    expect(answer.text).toBe("early");
    expect(events).toEqual(["202"]);
  });

  test.each([
    [
      "thrown",
      () => {
        throw new RangeError("broken");
      },
    ],
    [
      "rejected",
      async () => {
        throw new RangeError("broken");
      },
    ],
  ])("shows what was %s to processException", async (_how, view) => {
    const rescue = {
      processException: (_request: HttpRequest, error: unknown) => new HttpResponse(String(error)),
    };

    const rescued = await answerOf(withMiddleware(() => rescue, view));
    const lost = await answerOf(
      withMiddleware(() => ({ processException: () => undefined }), view),
    );

    expect(rescued.text).toBe("RangeError: broken");
    expect(lost.errors).toContain("RangeError: broken");
  });

  test("waits with processResponse until a template is rendered", async () => {
    const events: string[] = [];
    const callbacks: ((response: HttpResponse) => unknown)[] = [];
    const lazy = Object.assign(new HttpResponse("lazy"), {
      isRendered: false,
      addPostRenderCallback: (callback: (response: HttpResponse) => unknown) =>
        callbacks.push(callback),
    });
    const hooks: MiddlewareHooks = {
      processTemplateResponse: (_request, response) => {
        events.push("template");
        return response;
      },
      processResponse: (_request, response) => {
        events.push("response");
        return response;
      },
    };

    await answerOf(
      withMiddleware(
        () => hooks,
        () => lazy,
      ),
    );

    expect(events[0]).toBe("template");
    expect(callbacks).toHaveLength(1);
  });
});

test("decoratorFromMiddleware makes a decorator that can be used again", async () => {
  const stamped = decoratorFromMiddleware(stamp("a"));

  expect((await answerOf(stamped(ok))).header("X-Stamps")).toBe("a");
  expect((await answerOf(stamped(async () => ok()))).header("X-Stamps")).toBe("a");
});

test("gzipPage compresses one view", async () => {
  const view = gzipPage(() => new HttpResponse("long ".repeat(100)));

  const answer = await answerOf(view, {}, { environ: { HTTP_ACCEPT_ENCODING: "gzip" } });

  expect(answer.header("Content-Encoding")).toBe("gzip");
  expect(answer.header("Vary")).toBe("Accept-Encoding");
});
