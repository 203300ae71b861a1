import { describe, expect, test } from "vitest";
import { HttpResponse } from "../../../framework/http/response.ts";
import type { HttpRequest } from "../../../framework/http/request.ts";
import type { View } from "../../../framework/urls/route-params.ts";
import { changeResponse, markView, wrapView } from "../../../framework/views/wrap-view.ts";
import { makeRequest } from "../../support/wsgi.ts";

function detail(_request: HttpRequest, { pk }: { pk: number }): HttpResponse {
  return new HttpResponse(String(pk));
}

describe("wrapView", () => {
  test("keeps the name of the view, and what marks it", () => {
    const symbol = Symbol("mark");
    const view: View<{ pk: number }> = function view(request, params) {
      return detail(request, params);
    };
    Object.assign(view, { csrfExempt: true, [symbol]: 1 });

    const wrapped = wrapView(view, () => new HttpResponse("instead"));

    expect(wrapped.name).toBe("view");
    expect(wrapped).toHaveProperty("csrfExempt", true);
    expect(Reflect.get(wrapped, symbol)).toBe(1);
    expect(wrapped(makeRequest(), { pk: 3 })).toHaveProperty("text", "instead");
  });

  test("lets new marks count more than those of the view", () => {
    const view = markView(detail, { methods: ["GET"] });

    const wrapped = markView(view, { methods: ["POST"] });

    expect(wrapped).toHaveProperty("methods", ["POST"]);
    expect(view).toHaveProperty("methods", ["GET"]);
    expect(detail).not.toHaveProperty("methods");
  });

  test("keeps the name and the marks of an async function", () => {
    async function late(): Promise<HttpResponse> {
      return new HttpResponse();
    }

    expect(markView(late, {}).name).toBe("late");
  });

  test("hands on the parameters", () => {
    expect(markView(detail, {})(makeRequest(), { pk: 7 })).toHaveProperty("text", "7");
  });
});

describe("changeResponse", () => {
  const change = (response: HttpResponse): HttpResponse => {
    response.headers.set("X-Changed", "yes");
    return response;
  };
  const changed = (view: () => unknown) =>
    changeResponse(view, (response) => change(response as HttpResponse))(makeRequest(), {});

  test("changes a response at once when it is there at once", () => {
    const response = changed(() => new HttpResponse());

    expect(response.headers.get("X-Changed")).toBe("yes");
  });

  test("changes a response that has to be waited for", async () => {
    const response = await changed(async () => new HttpResponse());

    expect(response.headers.get("X-Changed")).toBe("yes");
  });

  test("leaves what is no response to the handler", () => {
    expect(changed(() => "text")).toBe("text");
    expect(changed(() => undefined)).toBeUndefined();
  });
});
