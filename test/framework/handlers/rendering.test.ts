import { describe, expect, test } from "vitest";
import type { Middleware, MiddlewareHooks } from "../../../framework/conf/settings.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { answerOf, failing } from "../../support/wsgi.ts";

/** What a TemplateResponse is to the handler: content comes with `render`. */
class LateResponse extends HttpResponse {
  isRendered = false;
  readonly context: string[];
  readonly #make: (context: readonly string[]) => string | Promise<string>;

  constructor(make: (context: readonly string[]) => string | Promise<string> = joined) {
    super();
    this.context = ["view"];
    this.#make = make;
  }

  render(): this | Promise<this> {
    const made = this.#make(this.context);
    if (typeof made !== "string") return made.then((text) => this.#finish(text));
    return this.#finish(made);
  }

  #finish(text: string): this {
    this.content = text;
    this.isRendered = true;
    return this;
  }
}

const joined = (context: readonly string[]): string => context.join(" ");

/** Adds to the context of what the view returned. */
function adding(word: string, wait = false): Middleware {
  return () => ({
    processTemplateResponse: (_request, response) => {
      if (response instanceof LateResponse) response.context.push(word);
      return wait ? Promise.resolve(response) : response;
    },
  });
}

const hooks =
  (instance: MiddlewareHooks): Middleware =>
  () =>
    instance;

describe("a response that is not rendered yet", () => {
  test("is shown to processTemplateResponse, innermost first, and then rendered", async () => {
    const MIDDLEWARE = [adding("outer"), adding("inner")];

    const now = await answerOf(() => new LateResponse(), { MIDDLEWARE });
    const later = await answerOf(
      async () => new LateResponse(async (context) => Promise.resolve(context.join("+"))),
      { MIDDLEWARE: [adding("outer", true), adding("inner", true)] },
    );

    expect(now.text).toBe("view inner outer");
    expect(later.text).toBe("view+inner+outer");
  });

  test("is left alone when it is rendered already, as is a plain response", async () => {
    const seen: unknown[] = [];
    const look = hooks({
      processTemplateResponse: (_request, response) => {
        seen.push(response);
        return response;
      },
    });

    await answerOf(() => new LateResponse().render(), { MIDDLEWARE: [look] });
    await answerOf(() => new HttpResponse(), { MIDDLEWARE: [look] });

    expect(seen).toEqual([]);
  });

  test("may come from processView and from processException as well", async () => {
    const late = (): HttpResponse => new LateResponse();

    const early = await answerOf(failing(new Error("never")), {
      MIDDLEWARE: [adding("outer"), hooks({ processView: late })],
    });
    const rescued = await answerOf(failing(new Error("boom")), {
      MIDDLEWARE: [adding("outer"), hooks({ processException: late })],
    });

    expect([early.text, rescued.text]).toEqual(["view outer", "view outer"]);
  });

  test.each([
    [
      "now",
      (): string => {
        throw new Error("boom");
      },
    ],
    ["later", async (): Promise<string> => Promise.reject(new Error("boom"))],
  ])("that fails to render %s is shown to processException, and closed", async (_when, make) => {
    const closed: string[] = [];
    const view = (): HttpResponse => new LateResponse(make).onClose(() => void closed.push("it"));

    const rescued = await answerOf(view, {
      MIDDLEWARE: [
        hooks({ processException: (_request, error) => new HttpResponse(String(error)) }),
      ],
    });
    const failed = await answerOf(view);

    expect(rescued.text).toBe("Error: boom");
    expect(failed.status).toBe("500 Internal Server Error");
    expect(closed).toEqual(["it", "it"]);
  });

  test("whose error is answered with another unrendered one has that rendered, without hooks", async () => {
    const answer = await answerOf(() => new LateResponse(failing(new Error("boom")) as never), {
      MIDDLEWARE: [adding("outer"), hooks({ processException: () => new LateResponse() })],
    });

    expect(answer.text).toBe("view");
  });

  test("may be replaced by a hook; one that returns nothing is named, and the response closed", async () => {
    const closed: string[] = [];
    class ForgetfulMiddleware implements MiddlewareHooks {
      processTemplateResponse(): never {
        return undefined as never;
      }
    }

    const replaced = await answerOf(() => new LateResponse(), {
      MIDDLEWARE: [hooks({ processTemplateResponse: () => new HttpResponse("another") })],
    });
    const forgotten = await answerOf(
      () => new LateResponse().onClose(() => void closed.push("it")),
      { MIDDLEWARE: [ForgetfulMiddleware], DEBUG: true },
    );

    expect(replaced.text).toBe("another");
    expect(forgotten.text).toContain(
      "ForgetfulMiddleware.processTemplateResponse didn't return an HttpResponse object. It returned undefined instead.",
    );
    expect(closed).toEqual(["it"]);
  });

  test("has a render that returns a response", async () => {
    class BrokenResponse extends LateResponse {
      override render(): never {
        return undefined as never;
      }
    }

    const answer = await answerOf(() => new BrokenResponse(), { DEBUG: true });

    expect(answer.text).toContain(
      "BrokenResponse.render didn't return an HttpResponse object. It returned undefined instead.",
    );
  });
});

test.each<["processView" | "processException"]>([["processView"], ["processException"]])(
  "%s that returns neither a response nor nothing is named",
  async (hook) => {
    for (const value of ["text", Promise.resolve("text")]) {
      const MIDDLEWARE = [hooks({ [hook]: () => value })];

      const { text } = await answerOf(failing(new Error("boom")), { MIDDLEWARE, DEBUG: true });

      expect(text).toContain(
        `(anonymous).${hook} didn't return an HttpResponse object. It returned "text" (a string) instead.`,
      );
    }
  },
);

test("a view that returns no response is no error that processException sees", async () => {
  const seen: unknown[] = [];
  const MIDDLEWARE = [hooks({ processException: (_request, error) => void seen.push(error) })];

  const answer = await answerOf(() => undefined, { MIDDLEWARE });

  expect(answer.status).toBe("500 Internal Server Error");
  expect(seen).toEqual([]);
});
