import { describe, expect, test } from "vitest";
import type { GetResponse, Middleware } from "../../../framework/conf/settings.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { StreamingHttpResponse } from "../../../framework/http/streaming-response.ts";
import { requestFinished, requestStarted } from "../../../framework/signals/core.ts";
import { path } from "../../../framework/urls/path.ts";
import { RecordingLogger } from "../../support/loggers.ts";
import { answerOf, makeApplication, makeEnviron } from "../../support/wsgi.ts";

const pass: Middleware = (getResponse) => (request) => getResponse(request);
const passLater: Middleware = (getResponse) => async (request) => getResponse(request);

/** Throws once it has the response of what is further in; and what may be further in. */
const failsLate: readonly [when: string, middleware: Middleware, inner: Middleware[][]][] = [
  [
    "now",
    (getResponse) => (request) => {
      void getResponse(request);
      throw new Error("late");
    },
    [[], [pass]],
  ],
  [
    "later",
    (getResponse) => async (request) => {
      await getResponse(request);
      throw new Error("late");
    },
    [[], [pass], [passLater]],
  ],
  [
    "by returning no response",
    (getResponse) => (request) => {
      void getResponse(request);
      return undefined as never;
    },
    [[], [pass]],
  ],
  [
    "in processResponse",
    () => ({
      processResponse: () => {
        throw new Error("late");
      },
    }),
    [[], [pass], [passLater]],
  ],
];

describe("a middleware that fails after it was given a response", () => {
  test.each(failsLate)(
    "(%s) leaves that closed, and is answered with 500",
    async (_when, late, inners) => {
      for (const inner of inners) {
        const closed: string[] = [];
        const view = (): StreamingHttpResponse =>
          new StreamingHttpResponse(["x"]).onClose(() => void closed.push("view's"));

        const answer = await answerOf(view, { MIDDLEWARE: [pass, late, ...inner] });

        expect(answer.status).toBe("500 Internal Server Error");
        expect(closed).toEqual(["view's"]);
      }
    },
  );

  test("does not close what the layer below it was given in an earlier call", async () => {
    const closed: string[] = [];
    let calls = 0;
    const view = (): HttpResponse => {
      calls += 1;
      const name = `response ${calls}`;
      if (calls === 2) throw new Error("boom");
      return new HttpResponse(name).onClose(() => void closed.push(name));
    };
    const stale: Middleware = (getResponse: GetResponse) => async (request) => {
      const first = await getResponse(request);
      const second = await getResponse(request);
      closed.push(`second is ${second.status}`);
      return first;
    };

    const answer = await answerOf(view, { MIDDLEWARE: [stale] });

    expect(answer.text).toBe("response 1");
    expect(closed).toEqual(["second is 500", "response 1"]);
  });
});

test("a response that comes when the request has been answered is closed", async () => {
  const closed: string[] = [];
  const gate = Promise.withResolvers<void>();
  const impatient: Middleware = (getResponse) => async (request) =>
    Promise.race([getResponse(request), Promise.resolve(new HttpResponse("too slow"))]);
  const careless: Middleware = (getResponse) => (request) => {
    void getResponse(request);
    throw new Error("did not wait");
  };
  const view = async (): Promise<StreamingHttpResponse> => {
    await gate.promise;
    return new StreamingHttpResponse(["x"]).onClose(() => void closed.push("view's"));
  };

  const answers = [
    await answerOf(view, { MIDDLEWARE: [impatient, pass] }),
    await answerOf(view, { MIDDLEWARE: [careless, passLater] }),
  ];
  gate.resolve();
  await new Promise((resolve) => setImmediate(resolve));

  expect(answers.map(({ status }) => status)).toEqual(["200 OK", "500 Internal Server Error"]);
  expect(closed).toEqual(["view's", "view's"]);
});

describe("the signals of a request", () => {
  test("end with the close of a streaming body, whether it was read or not, and once", async () => {
    const events: string[] = [];
    const disconnect = [
      requestStarted.connect(() => events.push("started")),
      requestFinished.connect(() => events.push("finished")),
    ];
    const application = await makeApplication([
      path("", () =>
        new StreamingHttpResponse(
          (function* () {
            events.push("first byte");
            yield "x";
            throw new Error("broken off");
          })(),
        ).onClose(() => void events.push("closed")),
      ),
    ]);

    const body = await application(makeEnviron().environ, () => () => undefined);
    events.push("headers");
    expect(() => [...(body as Iterable<Uint8Array>)]).toThrow("broken off");
    await body.close?.();
    await body.close?.();
    const unread = await application(makeEnviron().environ, () => () => undefined);
    await unread.close?.();
    for (const each of disconnect) each();

    expect(events).toEqual([
      "started",
      "headers",
      "first byte",
      "closed",
      "finished",
      "started",
      "closed",
      "finished",
    ]);
  });

  test("are sent to every receiver: the error of one at the end is only logged", async () => {
    const events: string[] = [];
    const disconnect = [
      requestFinished.connect(() => {
        throw new Error("receiver's");
      }),
      requestFinished.connect(() => events.push("finished")),
    ];

    const logger = new RecordingLogger();
    const answer = await answerOf(() => new HttpResponse("ok"), { LOGGING: { logger } });
    for (const each of disconnect) each();

    expect(answer.text).toBe("ok");
    expect(events).toEqual(["finished"]);
    expect(logger.lines.map(({ message }) => message)).toEqual([
      "Error calling (anonymous) in Signal.sendRobust() (receiver's)",
    ]);
  });
});

test("a response whose body or cookies cannot be had is closed, and the request answered with 500", async () => {
  class Unsendable extends HttpResponse {
    override bodyFor(): never {
      throw new Error("no body");
    }
  }
  const closed: string[] = [];

  const answer = await answerOf(() => new Unsendable().onClose(() => void closed.push("it")));

  expect(answer.status).toBe("500 Internal Server Error");
  expect(answer.errors).toContain("Internal Server Error: /\nError: no body\n");
  expect(closed).toEqual(["it"]);
});
