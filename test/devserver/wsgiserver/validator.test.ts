import { describe, expect, test } from "vitest";
import { validator } from "../../../devserver/wsgiserver/validator.ts";
import type { HttpRequest } from "../../../framework/http/request.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { StreamingHttpResponse } from "../../../framework/http/streaming-response.ts";
import { commonMiddleware } from "../../../framework/middleware/common.ts";
import { path } from "../../../framework/urls/path.ts";
import type { Body, StartResponse, WSGIApplication } from "../../../framework/wsgi.ts";
import { failing, makeApplication, makeEnviron, type RequestSketch } from "../../support/wsgi.ts";
import { RecordingWSGIServer } from "../../support/wsgi-servers.ts";

const TYPE: readonly [string, string] = ["Content-Type", "text/plain"];
const OK: WSGIApplication = (_environ, startResponse) => {
  startResponse("200 OK", [TYPE]);
  return [Buffer.from("ok")];
};

describe("between our server and our handler", () => {
  const urlpatterns = [
    path("plain/", () => new HttpResponse("plain").setCookie("a", "b")),
    path("later/", async () => new HttpResponse("later")),
    path("stream/", () => new StreamingHttpResponse(["a", "", "b"])),
    path("nothing/", () => new HttpResponse("", { status: 204 })),
    path("cached/", () => new HttpResponse("", { status: 304 })),
    path("echo/", async (request: HttpRequest) => new HttpResponse(await request.text())),
    path("boom/", failing(new Error("boom"))),
  ];

  test.each<[method: string, target: string, status: number, body: string]>([
    ["GET", "/plain/?a=%E9", 200, "plain"],
    ["HEAD", "/plain/", 200, ""],
    ["GET", "/later/", 200, "later"],
    ["GET", "/stream/", 200, "ab"],
    ["GET", "/nothing/", 204, ""],
    ["GET", "/cached/", 304, ""],
    ["POST", "/echo/", 200, "body"],
    ["GET", "/plain", 301, ""],
    ["GET", "/nope/%E9/", 404, "not found"],
    ["GET", "/boom/", 500, "Server Error"],
  ])("nothing is violated by %s %s", async (method, target, status, body) => {
    const application = await makeApplication(urlpatterns, { MIDDLEWARE: [commonMiddleware] });
    await using server = new RecordingWSGIServer();
    await server.setApp(validator(application)).start();

    const response = await fetch(`http://127.0.0.1:${server.port}${target}`, {
      method,
      redirect: "manual",
      ...(method === "POST" && { body: "body" }),
    });

    expect(response.status).toBe(status);
    expect(await response.text()).toContain(body);
    expect(server.reported.join("")).not.toContain("WSGIViolation");
  });
});

describe("between our server and a bare application", () => {
  test.each<[what: string, application: WSGIApplication]>([
    ["a list", OK],
    [
      "write()",
      (_environ, startResponse) => {
        void startResponse("200 OK", [TYPE])(Buffer.from("ok"));
        return [];
      },
    ],
    [
      "a generator that starts late",
      (_environ, startResponse) =>
        (function* () {
          startResponse("200 OK", [TYPE]);
          yield Buffer.from("ok");
        })(),
    ],
  ])("nothing is violated by %s", async (_what, application) => {
    await using server = new RecordingWSGIServer();
    await server.setApp(validator(application)).start();

    const response = await fetch(`http://127.0.0.1:${server.port}/`);

    expect(await response.text()).toBe("ok");
    expect(server.reported).toEqual([]);
  });
});

/** Calls a watched application with an environ that is right but for `environ`, and reads its body. */
async function callWatched(
  application: WSGIApplication,
  environ: RequestSketch["environ"] = {},
): Promise<Body> {
  const made = makeEnviron({ environ });
  const body = await validator(application)(made.environ, () => () => undefined);
  for await (const _ of body);
  await body.close?.();
  return body;
}

describe("a server that breaks the contract is told so", () => {
  test.each<[environ: Record<string, unknown>, message: string]>([
    [{ REQUEST_METHOD: undefined }, "the environ lacks REQUEST_METHOD"],
    [{ "wsgi.errors": undefined }, "the environ lacks wsgi.errors"],
    [{ HTTP_CONTENT_TYPE: "a/b" }, "it is called CONTENT_TYPE"],
    [{ HTTP_CONTENT_LENGTH: "1" }, "it is called CONTENT_LENGTH"],
    [{ HTTP_X: "ℵ" }, "environ.HTTP_X must be text, one byte per character"],
    [{ SERVER_PORT: 80 }, "environ.SERVER_PORT must be text"],
    [{ "wsgi.version": [2, 0] }, "wsgi.version must be [1, 0]"],
    [{ "wsgi.url_scheme": "ftp" }, "wsgi.url_scheme is 'ftp'"],
    [{ SCRIPT_NAME: "/" }, 'SCRIPT_NAME is "/"'],
    [{ SCRIPT_NAME: "app" }, "SCRIPT_NAME does not start with /"],
    [{ PATH_INFO: "x" }, "PATH_INFO does not start with /"],
    [{ PATH_INFO: "*" }, "PATH_INFO does not start with /"],
    [{ CONTENT_LENGTH: "-1" }, "CONTENT_LENGTH is '-1'"],
  ])("%o", async (environ, message) => {
    await expect(callWatched(OK, environ)).rejects.toThrow(message);
  });

  test("but the asterisk of OPTIONS is right", async () => {
    await expect(
      callWatched(OK, { REQUEST_METHOD: "OPTIONS", PATH_INFO: "*" }),
    ).resolves.toBeDefined();
  });

  test("when it closes a body twice, or reads it after that", async () => {
    const body = await callWatched(OK);

    expect(() => body.close?.()).toThrow("the body was closed twice");
    await expect(async () => {
      for await (const _ of body);
    }).rejects.toThrow("the body was read after it was closed");
  });
});

describe("an application that breaks the contract is told so", () => {
  const starting =
    (call: (startResponse: StartResponse) => unknown): WSGIApplication =>
    (_environ, startResponse) => {
      call(startResponse);
      return [Buffer.from("ok")];
    };

  test.each<[what: string, application: WSGIApplication, message: string]>([
    [
      "no startResponse",
      () => [Buffer.from("ok")],
      "the body was read before startResponse was called",
    ],
    [
      "two startResponses",
      starting((start) => [start("200 OK", [TYPE]), start("200 OK", [TYPE])]),
      "was called twice",
    ],
    [
      "a bare status",
      starting((start) => start("200", [TYPE])),
      "three digits, a space and a phrase",
    ],
    [
      "headers that are no list",
      starting((start) => start("200 OK", {} as never)),
      "the headers must be an array",
    ],
    [
      "a header that is no pair",
      starting((start) => start("200 OK", [["a"] as never])),
      "a header must be a pair",
    ],
    [
      "a header Status",
      starting((start) => start("200 OK", [["Status", "200"]])),
      'there is a header "Status"',
    ],
    [
      "a bad header name",
      starting((start) => start("200 OK", [["a b", "c"]])),
      "bad header name 'a b'",
    ],
    [
      "a header name that ends in a dash",
      starting((start) => start("200 OK", [["a-", "c"]])),
      "ends in - or _",
    ],
    [
      "a header with a newline",
      starting((start) => start("200 OK", [["a", "b\nc"]])),
      "has control characters",
    ],
    [
      "no Content-Type",
      starting((start) => start("200 OK", [])),
      "no Content-Type in a 200 response",
    ],
    [
      "a Content-Type without content",
      starting((start) => start("204 No Content", [TYPE])),
      "Content-Type in a 204 response",
    ],
    [
      "a text chunk",
      (_environ, start) => (start("200 OK", [TYPE]), ["ok"] as never),
      "a body consists of bytes",
    ],
    [
      "a text body",
      (_environ, start) => (start("200 OK", [TYPE]), "ok" as never),
      "an application returns an iterable of bytes; found 'ok'",
    ],
    [
      "a byte array as body",
      (_environ, start) => (start("200 OK", [TYPE]), Buffer.from("ok") as never),
      "returns an iterable of bytes",
    ],
    [
      "text for write()",
      starting((start) => start("200 OK", [TYPE])("x" as never)),
      "a body consists of bytes",
    ],
    [
      "bytes for wsgi.errors",
      (environ, start) => (
        environ["wsgi.errors"].write(Buffer.from("x") as never),
        OK(environ, start)
      ),
      "wsgi.errors takes text",
    ],
    [
      "a negative read",
      async (environ, start) => {
        await environ["wsgi.input"].read(-1);
        return await OK(environ, start);
      },
      "wsgi.input was read with the size -1",
    ],
  ])("%s", async (_what, application, message) => {
    await expect(callWatched(application)).rejects.toThrow(message);
  });
});
