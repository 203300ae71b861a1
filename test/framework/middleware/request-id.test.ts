import { describe, expect, test } from "vitest";
import type { HttpRequest } from "../../../framework/http/request.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import {
  createRequestIdMiddleware,
  requestIdMiddleware,
} from "../../../framework/middleware/request-id.ts";
import { getLogger } from "../../../framework/utils/logger.ts";
import { RecordingLogger } from "../../support/loggers.ts";
import { answerOf, failing, makeApplication, makeEnviron } from "../../support/wsgi.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const show = (request: HttpRequest): HttpResponse => new HttpResponse(request.requestId ?? "none");
const MIDDLEWARE = [requestIdMiddleware];

describe("requestIdMiddleware", () => {
  test("names each request, for its view and in the response", async () => {
    const first = await answerOf(show, { MIDDLEWARE });
    const second = await answerOf(show, { MIDDLEWARE });

    expect(first.text).toMatch(UUID);
    expect(first.header("X-Request-ID")).toBe(first.text);
    expect(second.text).not.toBe(first.text);
  });

  const idFor = async (incoming: string): Promise<string> =>
    (await answerOf(show, { MIDDLEWARE }, { environ: { HTTP_X_REQUEST_ID: incoming } })).text;

  test.each(["4f1c-22:a/b=", "x".repeat(128)])("takes %j as an id", async (incoming) => {
    expect(await idFor(incoming)).toBe(incoming);
  });

  test.each(["x".repeat(129), "", "a b", "a\u001b[2J", "caf\u00e9"])(
    "does not take %j as an id",
    async (incoming) => {
      expect(await idFor(incoming)).toMatch(UUID);
    },
  );

  test("puts the id in every line of the request's log, and in no other's", async () => {
    const logger = new RecordingLogger();
    const log = getLogger("polls");
    const settings = { MIDDLEWARE, LOGGING: { logger } };
    const view = async (request: HttpRequest): Promise<never> => {
      log.info(`now ${request.requestId}`);
      await new Promise((resolve) => setImmediate(resolve));
      log.info(`later ${request.requestId}`);
      throw new Error("boom");
    };

    const ids = await Promise.all(
      ["a", "b"].map((id) =>
        answerOf(view, settings, { environ: { HTTP_X_REQUEST_ID: id } }).then((answer) =>
          answer.header("X-Request-ID"),
        ),
      ),
    );

    expect(ids).toEqual(["a", "b"]);
    expect(logger.lines.map(({ message, details }) => [message, details.requestId])).toEqual(
      expect.arrayContaining([
        ["now a", "a"],
        ["now b", "b"],
        ["later a", "a"],
        ["later b", "b"],
        ["Internal Server Error: /", "a"],
        ["Internal Server Error: /", "b"],
      ]),
    );
  });

  test("writes it as text too", async () => {
    const { errors } = await answerOf(
      failing(new Error("boom")),
      { MIDDLEWARE },
      { environ: { HTTP_X_REQUEST_ID: "4f1c" } },
    );

    expect(errors.split("\n")[0]).toBe("Internal Server Error: / requestId=4f1c");
  });

  test("keeps a synchronous request synchronous", async () => {
    const application = await makeApplication([], { MIDDLEWARE });

    expect(application(makeEnviron().environ, () => () => undefined)).not.toBeInstanceOf(Promise);
  });
});

test("createRequestIdMiddleware: another header, other ids, clients not believed", async () => {
  const middleware = createRequestIdMiddleware({
    header: "X-Trace",
    keepIncoming: false,
    generate: () => "made",
  });

  const answer = await answerOf(
    show,
    { MIDDLEWARE: [middleware] },
    { environ: { HTTP_X_TRACE: "theirs" } },
  );

  expect([answer.text, answer.header("X-Trace")]).toEqual(["made", "made"]);
});
