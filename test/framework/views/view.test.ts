import { describe, expect, test } from "vitest";
import type { HttpRequest } from "../../../framework/http/request.ts";
import { HttpResponse, type HttpResponseBase } from "../../../framework/http/response.ts";
import type { MaybePromise } from "../../../framework/utils/maybe-promise.ts";
import { ContextMixin } from "../../../framework/views/context-mixin.ts";
import { View } from "../../../framework/views/view.ts";
import { LOG_WARNINGS, answerOf } from "../../support/wsgi.ts";
import { makeRequest } from "../../support/wsgi.ts";

class Simple extends View {
  title = "simple";

  get(): HttpResponse {
    return new HttpResponse(`This is a ${this.title} view`);
  }
}

class SimplePost extends Simple {
  post(): HttpResponse {
    return this.get();
  }
}

const ask = (view: Parameters<typeof answerOf>[0], method: string = "GET") =>
  answerOf(view, LOG_WARNINGS, { method });

describe("asView", () => {
  test("calls the handler of the method", async () => {
    expect((await ask(SimplePost.asView())).text).toBe("This is a simple view");
    expect((await ask(SimplePost.asView(), "POST")).text).toBe("This is a simple view");
  });

  test("lets GET answer HEAD, unless there is a handler for it", async () => {
    class WithHead extends Simple {
      head(): HttpResponse {
        return new HttpResponse("", { headers: { "X-Head": "own" } });
      }
    }

    expect((await ask(Simple.asView(), "HEAD")).status).toBe("200 OK");
    expect((await ask(WithHead.asView(), "HEAD")).header("X-Head")).toBe("own");
  });

  test("answers other methods with 405, in Django's order of methods, and says so in the log", async () => {
    const answer = await ask(SimplePost.asView(), "DELETE");

    expect(answer.status).toBe("405 Method Not Allowed");
    expect(answer.header("Allow")).toBe("GET, POST, HEAD, OPTIONS");
    expect(answer.errors).toContain("Method Not Allowed (DELETE): /");
  });

  test.each(["CONSTRUCTOR", "DISPATCH", "SETUP", "TITLE", "FOO"])(
    "takes no member for a handler: %s",
    async (method) => {
      expect((await ask(Simple.asView(), method)).status).toMatch(/^405/);
    },
  );

  test("answers OPTIONS with what is allowed", async () => {
    const answer = await ask(SimplePost.asView(), "OPTIONS");

    expect(answer.status).toBe("200 OK");
    expect(answer.header("Allow")).toBe("GET, POST, HEAD, OPTIONS");
    expect(answer.header("Content-Length")).toBe("0");
  });

  test("without any handler only answers OPTIONS", async () => {
    class Empty extends View {}

    expect((await ask(Empty.asView(), "OPTIONS")).header("Allow")).toBe("OPTIONS");
    expect((await ask(Empty.asView())).status).toMatch(/^405/);
  });

  test("gives each request an instance of its own, with its request and parameters", async () => {
    const seen = new Set<View>();
    class Counting extends View<{ pk: number }> {
      calls = 0;

      get(request: HttpRequest): HttpResponse {
        seen.add(this);
        this.calls += 1;
        expect(this.request).toBe(request);
        return new HttpResponse(`${this.calls} ${this.params.pk}`);
      }
    }
    const view = Counting.asView();

    const texts = [view(makeRequest(), { pk: 1 }), view(makeRequest(), { pk: 2 })];

    expect(texts.map((response: HttpResponse) => response.text)).toEqual(["1 1", "1 2"]);
    expect(seen.size).toBe(2);
  });

  test("takes other values for fields", async () => {
    expect((await ask(Simple.asView({ title: "bold" }))).text).toBe("This is a bold view");
    expect((await ask(Simple.asView())).text).toBe("This is a simple view");
  });

  test("takes fewer methods", async () => {
    const view = SimplePost.asView({ httpMethodNames: ["get"] });

    expect((await ask(view, "POST")).header("Allow")).toBe("GET");
  });

  test.each([
    ["get", "The method name get is not accepted as a keyword argument to Simple.asView()."],
    ["request", "The method name request is not accepted"],
    ["colour", "Simple.asView() received an invalid keyword 'colour'."],
  ])("refuses the option %s", (name, message) => {
    expect(() => Simple.asView({ [name]: 1 })).toThrow(message);
  });

  test("says what the view is made of", () => {
    const view = SimplePost.asView({ title: "x" });

    expect(view.name).toBe("SimplePost");
    expect(view.viewClass).toBe(SimplePost);
    expect(view.viewInitkwargs).toEqual({ title: "x" });
    expect(view.handledMethods).toEqual(["GET", "POST", "HEAD", "OPTIONS"]);
  });

  test("keeps a synchronous handler synchronous, and waits for any other", async () => {
    class Late extends Simple {
      async post(): Promise<HttpResponse> {
        return this.get();
      }
    }
    const view = Late.asView();

    expect(view(makeRequest(), {})).toBeInstanceOf(HttpResponse);
    expect(view(makeRequest({ method: "POST" }), {})).toBeInstanceOf(Promise);
  });
});

describe("setup", () => {
  test("may prepare the instance, and may take its time", async () => {
    class Prepared extends Simple {
      override async setup(request: HttpRequest, params: Record<string, unknown>): Promise<void> {
        await super.setup(request, params);
        this.title = "prepared";
      }
    }

    expect((await ask(Prepared.asView())).text).toBe("This is a prepared view");
  });

  test("that forgets the one above is found out", async () => {
    class Forgetful extends Simple {
      override setup(): void {
        this.title = "lost";
      }
    }

    const answer = await ask(Forgetful.asView());

    expect(answer.status).toMatch(/^500/);
    expect(answer.errors).toContain(
      "Forgetful instance has no 'request'. Did you override setup() and forget to call super.setup(request, params)?",
    );
  });
});

test("dispatch may be wrapped", async () => {
  class Wrapped extends Simple {
    override dispatch(
      request: HttpRequest,
      params: Record<string, unknown>,
    ): MaybePromise<HttpResponseBase> {
      if (request.method === "POST") return new HttpResponse("not here");
      return super.dispatch(request, params);
    }
  }

  expect((await ask(Wrapped.asView(), "POST")).text).toBe("not here");
  expect((await ask(Wrapped.asView())).text).toBe("This is a simple view");
});

test("ContextMixin gives the view, values and the extra context, which counts more", async () => {
  class Page extends ContextMixin(Simple) {}
  const page = new Page();
  page.extraContext = { a: 2, c: 3 };

  expect(await page.getContextData({ a: 1, b: 1 })).toEqual({ view: page, a: 2, b: 1, c: 3 });
  expect(await new Page().getContextData()).toHaveProperty("view");
});
