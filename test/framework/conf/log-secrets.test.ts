/**
 * Nothing that is secret may stand in a log, however it gets near one.
 */
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { requestLogger } from "../../../framework/conf/loggers.ts";
import {
  BadRequest,
  Http404,
  PermissionDenied,
  SuspiciousOperation,
} from "../../../framework/exceptions.ts";
import type { HttpRequest } from "../../../framework/http/request.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import type { View } from "../../../framework/urls/route-params.ts";
import { RecordingLogger } from "../../support/loggers.ts";
import { answerOf, failing, type RequestSketch } from "../../support/wsgi.ts";

const SECRET_KEY = "hunter0";
const sketch: RequestSketch = {
  method: "POST",
  query: "token=hunter1&q=1",
  environ: {
    HTTP_COOKIE: "sessionid=hunter2; theme=dark",
    HTTP_AUTHORIZATION: "Bearer hunter3",
    HTTP_X_API_KEY: "hunter4",
    CONTENT_TYPE: "application/x-www-form-urlencoded",
  },
  body: ["password=hunter5&name=Django"],
};

/** All that the log has after one request, as text and as objects. */
async function logOf(view: View, DEBUG: boolean = false): Promise<string> {
  const logger = new RecordingLogger();
  const levels = { minorswing: "debug" } as const;
  const text = await answerOf(view, { SECRET_KEY, DEBUG, LOGGING: { levels } }, sketch);
  await answerOf(view, { SECRET_KEY, DEBUG, LOGGING: { logger, levels } }, sketch);
  return text.errors + inspect(logger.lines, { depth: 20 });
}

test.each([
  new Error("boom"),
  new Http404(),
  new PermissionDenied(),
  new BadRequest("odd"),
  new SuspiciousOperation("evil"),
])("the framework's own lines have none: %o", async (error) => {
  for (const DEBUG of [true, false]) {
    const log = await logOf(failing(error), DEBUG);

    expect(log).not.toContain("hunter");
    expect(log.length).toBeGreaterThan(10);
  }
});

describe("details that a site gives", () => {
  const given: readonly [what: string, details: (request: HttpRequest) => unknown][] = [
    ["the request", (request) => ({ request })],
    ["its headers", (request) => ({ headers: request.headers })],
    ["its environ", (request) => ({ environ: { ...request.META } })],
    ["its cookies", (request) => ({ cookies: request.COOKIES })],
    ["its query", (request) => ({ query: request.GET })],
    ["its form", async (request) => ({ form: await request.POST })],
    ["the settings", (request) => ({ settings: request.app.settings })],
    [
      "names and values",
      () => ({ password: "hunter6", "X-Api-Key": "hunter7", auth: { a: "hunter8" } }),
    ],
    ["what is deep in them", () => ({ list: [{ map: new Map([["token", "hunter9"]]) }] })],
    [
      "headers of a response",
      () => ({ headers: new HttpResponse("", { headers: { "Set-Cookie": "a=hunter" } }).headers }),
    ],
  ];

  test.each(given)("are masked: %s", async (_what, details) => {
    const log = await logOf(async (request) => {
      requestLogger(request, "polls").warn("look", Object(await details(request)));
      return new HttpResponse();
    });

    expect(log).not.toContain("hunter");
    expect(log).toMatch(/^look \w/);
  });

  test("keep what is no secret, a request as its line", async () => {
    const log = await logOf((request) => {
      requestLogger(request, "polls").warn("look", { request, q: request.GET, at: new Date(0) });
      return new HttpResponse();
    });

    expect(log).toContain(
      `look request="POST /" q={ token: '********************', q: [ '1' ] } at=1970`,
    );
  });
});
