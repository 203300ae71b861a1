import { describe, expect, test } from "vitest";
import { FileResponse } from "../../../framework/http/file-response.ts";
import { HttpResponse, type HttpResponseBase } from "../../../framework/http/response.ts";
import { StreamingHttpResponse } from "../../../framework/http/streaming-response.ts";
import { conditionalGetMiddleware } from "../../../framework/middleware/conditional-get.ts";
import { LOG_WARNINGS, type Answer, answerOf } from "../../support/wsgi.ts";

const MIDDLEWARE = [conditionalGetMiddleware];
const ABC = '"900150983cd24fb0d6963f7d28e17f72"';
const DATE = "Tue, 14 Nov 2023 22:13:20 GMT";
const LATER = "Tue, 14 Nov 2023 22:13:21 GMT";
const EARLIER = "Tue, 14 Nov 2023 22:13:19 GMT";

type Headers = Record<string, string>;

const ask = (
  make: () => HttpResponseBase,
  conditions: Headers = {},
  method: string = "GET",
): Promise<Answer> => {
  const environ = Object.fromEntries(
    Object.entries(conditions).map(([name, value]) => [
      `HTTP_${name.toUpperCase().replaceAll("-", "_")}`,
      value,
    ]),
  );
  return answerOf(make, { MIDDLEWARE, ...LOG_WARNINGS }, { method, environ });
};

const page =
  (headers: Headers = {}, status: number = 200) =>
  () =>
    new HttpResponse("abc", { headers, status });

describe("the entity tag", () => {
  test("is the MD5 of the content", async () => {
    expect((await ask(page())).header("ETag")).toBe(ABC);
  });

  test("of the view stays", async () => {
    expect((await ask(page({ ETag: '"v1"' }))).header("ETag")).toBe('"v1"');
  });

  test.each<[what: string, make: () => HttpResponseBase, method: string]>([
    ["a stream", () => new StreamingHttpResponse(["abc"]), "GET"],
    ["nothing", () => new HttpResponse(""), "GET"],
    ["what must not be stored", page({ "Cache-Control": "max-age=0, No-Store" }), "GET"],
    ["the answer to a HEAD", page(), "HEAD"],
    ["the answer to a POST", page(), "POST"],
  ])("is not made for %s", async (_what, make, method) => {
    expect((await ask(make, {}, method)).header("ETag")).toBeUndefined();
  });

  test("is made for what may be stored, whatever else Cache-Control says", async () => {
    expect((await ask(page({ "Cache-Control": "no-cache, private" }))).header("ETag")).toBe(ABC);
  });
});

describe("conditionalGetMiddleware", () => {
  test.each<[headers: Headers, conditions: Headers, status: string]>([
    [{}, {}, "200 OK"],
    [{}, { "If-None-Match": ABC }, "304 Not Modified"],
    [{}, { "If-None-Match": `W/${ABC}` }, "304 Not Modified"],
    [{}, { "If-None-Match": "*" }, "304 Not Modified"],
    [{}, { "If-None-Match": '"other"' }, "200 OK"],
    [{}, { "If-None-Match": '"""' }, "200 OK"],
    [{}, { "If-Match": ABC }, "200 OK"],
    [{}, { "If-Match": '"other"' }, "412 Precondition Failed"],
    [{}, { "If-Match": `W/${ABC}` }, "412 Precondition Failed"],
    [{ "Last-Modified": DATE }, { "If-Modified-Since": DATE }, "304 Not Modified"],
    [{ "Last-Modified": DATE }, { "If-Modified-Since": LATER }, "304 Not Modified"],
    [{ "Last-Modified": DATE }, { "If-Modified-Since": EARLIER }, "200 OK"],
    [{ "Last-Modified": DATE }, { "If-Modified-Since": "soon" }, "200 OK"],
    [{ "Last-Modified": "soon" }, { "If-Modified-Since": DATE }, "200 OK"],
    [{ "Last-Modified": DATE }, { "If-Unmodified-Since": EARLIER }, "412 Precondition Failed"],
    [{ "Last-Modified": DATE }, { "If-Unmodified-Since": DATE }, "200 OK"],
    [
      { "Last-Modified": DATE },
      { "If-None-Match": '"other"', "If-Modified-Since": DATE },
      "200 OK",
    ],
  ])("answers %j to %j with %s", async (headers, conditions, status) => {
    expect((await ask(page(headers), conditions)).status).toBe(status);
  });

  test.each([201, 204])("takes %i for a success", async (status) => {
    const answer = await ask(page({ ETag: '"v1"' }, status), { "If-None-Match": '"v1"' });

    expect(answer.status).toBe("304 Not Modified");
  });

  test.each([301, 404, 500])("leaves a %i as it is", async (status) => {
    const answer = await ask(page({ ETag: '"v1"' }, status), { "If-None-Match": '"v1"' });

    expect(answer.status).toMatch(String(status));
    expect(answer.text).toBe("abc");
  });

  test("a 304 keeps what RFC 9110 names, and the cookies, signed ones too; all else goes", async () => {
    const kept = {
      "Cache-Control": "max-age=5",
      "Content-Location": "/here",
      Date: DATE,
      ETag: '"v1"',
      Expires: DATE,
      "Last-Modified": DATE,
      Vary: "Cookie",
    };
    const make = () =>
      new HttpResponse("abc", {
        reason: "Fine",
        headers: { ...kept, "Content-Language": "en", "X-Own": "1", "Content-Length": 3 },
      })
        .setCookie("a", "b")
        .setSignedCookie("c", "d");

    const answer = await ask(make, { "If-None-Match": '"v1"' });

    const names = answer.headers.map(([name]) => name);
    expect(answer.status).toBe("304 Not Modified");
    expect(answer.text).toBe("");
    expect(names).toEqual([...Object.keys(kept), "Set-Cookie", "Set-Cookie"]);
  });

  test("a 412 is logged, and closes the response that it replaces", async () => {
    let isClosed = false;
    const make = () => page({ ETag: '"v1"' })().onClose(() => void (isClosed = true));

    const answer = await ask(make, { "If-Match": '"v2"' });

    expect(answer.status).toBe("412 Precondition Failed");
    expect(answer.text).toBe("");
    expect(answer.errors).toContain("Precondition Failed: /");
    expect(isClosed).toBe(true);
  });

  test("a stream with a tag of its own can be unmodified too, and is closed unread", async () => {
    let isClosed = false;
    const source = {
      *[Symbol.iterator]() {
        yield "never read";
      },
      close: () => void (isClosed = true),
    };
    const make = () => new StreamingHttpResponse(source, { headers: { ETag: '"v1"' } });

    const answer = await ask(make, { "If-None-Match": '"v1"' });

    expect(answer.status).toBe("304 Not Modified");
    expect(answer.text).toBe("");
    expect(isClosed).toBe(true);
  });

  test("so can a file, which is not opened then", async () => {
    const make = () => new FileResponse(import.meta.filename);
    const first = await ask(make);

    const answer = await ask(make, { "If-None-Match": first.header("ETag") ?? "" });

    expect(first.status).toBe("200 OK");
    expect(answer.status).toBe("304 Not Modified");
    expect(answer.text).toBe("");
  });

  test("a synchronous request stays synchronous", () => {
    const handle = conditionalGetMiddleware(page());

    const response = handle({ method: "GET", META: {} } as never);

    expect(response).toBeInstanceOf(HttpResponse);
  });
});
