/**
 * What a request costs in promises, counted by Node itself.
 */
import { createHook } from "node:async_hooks";
import { describe, expect, test } from "vitest";
import type { Middleware, MiddlewareHooks } from "../../../framework/conf/settings.ts";
import { PermissionDenied } from "../../../framework/exceptions.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { StreamingHttpResponse } from "../../../framework/http/streaming-response.ts";
import { path } from "../../../framework/urls/path.ts";
import type { View } from "../../../framework/urls/route-params.ts";
import type { Body, WSGIApplication } from "../../../framework/wsgi.ts";
import { DEFAULT_MIDDLEWARE } from "../../../benchmark/default-middleware.ts";
import { failing, makeApplication, makeEnviron } from "../../support/wsgi.ts";

/** Promises that are made while `call` runs. */
function promisesOf(call: () => void): number {
  let count = 0;
  const hook = createHook({
    init: (_id, type) => {
      if (type === "PROMISE") count += 1;
    },
  }).enable();
  try {
    call();
  } finally {
    hook.disable();
  }
  return count;
}

/** One request from its environ to the close of its body, as a server does it that never waits. */
function serve(application: WSGIApplication): string {
  let status = "";
  const body = application(makeEnviron().environ, (text) => {
    status = text;
    return () => undefined;
  });
  if (!isSynchronous(body)) throw new Error("the body has to be waited for");
  for (const _chunk of body) status += ".";
  void body.close?.();
  return status;
}

function isSynchronous(body: Body | Promise<Body>): body is Body & Iterable<Uint8Array> {
  return !(body instanceof Promise) && Symbol.iterator in body;
}

const everyHook: MiddlewareHooks = {
  processRequest: () => undefined,
  processView: () => undefined,
  processException: () => undefined,
  processTemplateResponse: (_request, response) => response,
  processResponse: (_request, response) => response,
};

class LateResponse extends HttpResponse {
  isRendered = false;

  render(): this {
    this.content = "rendered";
    this.isRendered = true;
    return this;
  }
}

describe("a synchronous request creates no promise", () => {
  test.each<[what: string, view: View, status: string]>([
    ["a plain view", () => new HttpResponse("now"), "200 OK."],
    ["a streaming view", () => new StreamingHttpResponse(["a", "b"]), "200 OK.."],
    ["a response that is rendered late", () => new LateResponse(), "200 OK."],
    ["a view that fails", failing(new PermissionDenied()), "403 Forbidden."],
    ["a view that breaks", failing(new Error("boom")), "500 Internal Server Error."],
  ])("%s through the default middleware and one with every hook", async (_what, view, expected) => {
    const hooks: Middleware = () => everyHook;
    const application = await makeApplication([path("", view)], {
      MIDDLEWARE: [...DEFAULT_MIDDLEWARE, hooks],
    });
    // Node makes promises while it loads a part of itself that was not needed before.
    let status = serve(application);

    const count = promisesOf(() => {
      status = serve(application);
    });

    expect(status).toBe(expected);
    expect(count).toBe(0);
  });

  test("and the count counts", () => {
    expect(promisesOf(() => void Promise.resolve().then(() => undefined))).toBe(2);
  });
});
