import { describe, expect, test } from "vitest";
import type { Middleware } from "../../../framework/conf/settings.ts";
import {
  BadRequest,
  DisallowedHost,
  Http404,
  MiddlewareNotUsed,
  PermissionDenied,
  RequestDataTooBig,
} from "../../../framework/exceptions.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { MultiPartParserError } from "../../../framework/http/uploads/multipart-error.ts";
import {
  gotRequestException,
  requestFinished,
  requestStarted,
} from "../../../framework/signals/core.ts";
import { path } from "../../../framework/urls/path.ts";
import { RecordingLogger } from "../../support/loggers.ts";
import { answerOf, call, failing, makeApplication } from "../../support/wsgi.ts";

describe("the log of an exception", () => {
  test.each<[error: unknown, status: number, level: string, name: string, message: string]>([
    [new Http404("no"), 404, "warn", "minorswing.request", "Not Found: /p"],
    [
      new PermissionDenied("no"),
      403,
      "warn",
      "minorswing.request",
      "Forbidden (Permission denied): /p",
    ],
    [
      new MultiPartParserError("no"),
      400,
      "warn",
      "minorswing.request",
      "Bad request (Unable to parse request body): /p",
    ],
    [new BadRequest("odd"), 400, "warn", "minorswing.request", "odd: /p"],
    [new BadRequest(), 400, "warn", "minorswing.request", "Bad Request: /p"],
    [new DisallowedHost("evil"), 400, "error", "minorswing.security.DisallowedHost", "evil"],
    [new RequestDataTooBig("big"), 413, "error", "minorswing.security.RequestDataTooBig", "big"],
    [new Error("boom"), 500, "error", "minorswing.request", "Internal Server Error: /p"],
  ])(
    "%o has Django's level, logger and words, once",
    async (error, status, level, name, message) => {
      const logger = new RecordingLogger();
      const application = await makeApplication([path("p", failing(error))], {
        LOGGING: { logger },
      });

      const answer = await call(application, { path: "/p" });

      expect(answer.status).toMatch(new RegExp(`^${status} `));
      expect(logger.lines).toEqual([{ level, message, details: expect.anything() }]);
      expect(logger.lines[0]?.details).toMatchObject({
        logger: name,
        status,
        method: "GET",
        path: "/p",
      });
      expect(logger.lines[0]?.details.error).toBe(error instanceof Http404 ? undefined : error);
      expect(answer.errors).toBe("");
    },
  );

  test.each([
    [402, "warn", "Payment Required: /caf\\xe9/\\u266b"],
    [599, "error", "Unknown Status Code: /caf\\xe9/\\u266b"],
    [200, undefined, undefined],
  ])("is also that of a view which answers %i", async (status, level, message) => {
    const logger = new RecordingLogger();
    const application = await makeApplication(
      [path("<path:rest>", () => new HttpResponse("", { status }))],
      { LOGGING: { logger } },
    );

    await call(application, { path: Buffer.from("/café/♫").toString("latin1") });

    expect(logger.lines[0]?.level).toBe(level);
    expect(logger.lines[0]?.message).toBe(message);
  });

  test("lets no client write lines of its own", async () => {
    const { errors } = await answerOf(
      failing(new BadRequest("odd\r\nInternal Server Error: /\u001b[2J")),
      { DEBUG: true },
    );

    expect(errors.split("\n")[0]).toBe("odd\\r\\nInternal Server Error: /\\x1b[2J: /");
  });

  test("shows with DEBUG what is worth a warning, and without only errors", async () => {
    const lines = async (error: unknown, DEBUG: boolean): Promise<string | undefined> =>
      (await answerOf(failing(error), { DEBUG })).errors.split("\n")[0];

    expect(await lines(new Http404(), true)).toBe("Not Found: /");
    expect(await lines(new Http404(), false)).toBe("");
    expect(await lines(new BadRequest("odd"), false)).toBe("");
    expect(await lines(new DisallowedHost("evil"), false)).toBe("evil");
    expect(await lines(new Error("boom"), false)).toBe("Internal Server Error: /");
  });

  test("is that of the response which leaves, when a middleware made another one", async () => {
    const logger = new RecordingLogger();
    const gone: Middleware = (getResponse) => (request) => {
      void getResponse(request);
      return new HttpResponse("", { status: 410 });
    };

    await answerOf(failing(new PermissionDenied()), { MIDDLEWARE: [gone], LOGGING: { logger } });

    expect(logger.lines.map(({ message }) => message)).toEqual([
      "Forbidden (Permission denied): /",
      "Gone: /",
    ]);
  });
});

test.each([
  ["", "MiddlewareNotUsed: 'shyMiddleware'"],
  ["not today", "MiddlewareNotUsed('shyMiddleware'): not today"],
])(
  "a middleware that is not used is told of with DEBUG, at debug (%o)",
  async (reason, message) => {
    const shyMiddleware: Middleware = function shyMiddleware() {
      throw new MiddlewareNotUsed(reason);
    };
    const logged = async (DEBUG: boolean): Promise<unknown> => {
      const logger = new RecordingLogger();
      const LOGGING = { logger, levels: { minorswing: "debug" } } as const;
      await makeApplication([], { MIDDLEWARE: [shyMiddleware], DEBUG, LOGGING });
      return logger.lines.map((line) => [line.level, line.message]);
    };

    expect(await logged(true)).toEqual([["debug", message]]);
    expect(await logged(false)).toEqual([]);
  },
);

describe("DEBUG_PROPAGATE_EXCEPTIONS", () => {
  const settings = { DEBUG_PROPAGATE_EXCEPTIONS: true };
  const pass: Middleware = (getResponse) => (request) => getResponse(request);

  test("hands a server error to the server, as it is, and ends the request", async () => {
    const error = new Error("boom");
    const events: string[] = [];
    const disconnect = [
      requestStarted.connect(() => events.push("started")),
      gotRequestException.connect(() => events.push("exception")),
      requestFinished.connect(() => events.push("finished")),
    ];

    for (const view of [failing(error), async () => Promise.reject(error)]) {
      await expect(answerOf(view, { ...settings, MIDDLEWARE: [pass, pass] })).rejects.toBe(error);
    }
    for (const each of disconnect) each();

    const once = ["started", "exception", "finished"];
    expect(events).toEqual([...once, ...once]);
  });

  test("changes nothing for what is no server error", async () => {
    expect((await answerOf(failing(new PermissionDenied()), settings)).status).toBe(
      "403 Forbidden",
    );
  });
});
