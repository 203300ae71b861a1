/**
 * The order of events of one request, as Django has it, for every mixture of synchronous and asynchronous parts.
 */
import { expect, test } from "vitest";
import type { Middleware, MiddlewareHooks } from "../../../framework/conf/settings.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { requestFinished, requestStarted } from "../../../framework/signals/core.ts";
import { path } from "../../../framework/urls/path.ts";
import { call, makeApplication } from "../../support/wsgi.ts";

type Wait = <Value>(value: Value) => Value | Promise<Value>;

const now: Wait = (value) => value;
const later: Wait = async (value) => {
  await new Promise((resolve) => setImmediate(resolve));
  return value;
};

/** Notes when it is rendered and closed. */
class LateResponse extends HttpResponse {
  isRendered = false;
  readonly #events: string[];
  readonly #wait: Wait;

  constructor(events: string[], wait: Wait) {
    super("", { status: 404 });
    this.#events = events;
    this.#wait = wait;
    this.onClose(() => void events.push("response closed"));
  }

  render(): this | Promise<this> {
    this.#events.push("rendered");
    this.isRendered = true;
    return this.#wait(this);
  }

  override bodyFor(): HttpResponse {
    this.#events.push("body");
    return this;
  }
}

function noting(name: string, events: string[], wait: Wait): Middleware {
  const note = <Value>(event: string, value: Value): Value | Promise<Value> => {
    events.push(`${name} ${event}`);
    return wait(value);
  };
  const hooks: MiddlewareHooks = {
    processRequest: () => note("request", undefined),
    processView: () => note("view", undefined),
    processTemplateResponse: (_request, response) => note("template", response),
    processResponse: (_request, response) => note("response", response),
  };
  return () => hooks;
}

/** Who waits, in all sixteen ways. */
const MIXTURES = Array.from({ length: 16 }, (_unused, bits) =>
  [8, 4, 2, 1].map((bit) => (bits & bit ? later : now)),
);

test.each(MIXTURES.map((waits) => [waits.map((wait) => wait.name).join(", "), waits] as const))(
  "outer, inner, view, render: %s",
  async (_names, [outer = now, inner = now, ofView = now, ofRender = now]) => {
    const events: string[] = [];
    const disconnect = [
      requestStarted.connect(() => events.push("started")),
      requestFinished.connect(() => events.push("finished")),
    ];
    const warn = (line: string): void => void events.push(`log ${line}`);
    const view = (): HttpResponse | Promise<HttpResponse> => {
      events.push("the view");
      return ofView(new LateResponse(events, ofRender));
    };
    const application = await makeApplication([path("", view)], {
      MIDDLEWARE: [noting("outer", events, outer), noting("inner", events, inner)],
      LOGGING: { logger: { debug: quiet, info: quiet, error: quiet, warn } },
    });

    await call(application);
    for (const each of disconnect) each();

    expect(events).toEqual([
      "started",
      "outer request",
      "inner request",
      "outer view",
      "inner view",
      "the view",
      "inner template",
      "outer template",
      "rendered",
      "inner response",
      "outer response",
      "body",
      "log Not Found: /",
      "response closed",
      "finished",
    ]);
  },
);

function quiet(): void {
  // Only warnings are looked at.
}
