import { describe, expect, test } from "vitest";
import { HttpResponse } from "../../../framework/http/response.ts";
import {
  HttpResponseNotAllowed,
  HttpResponsePermanentRedirect,
  HttpResponseRedirect,
  JsonResponse,
} from "../../../framework/http/responses.ts";
import { StreamingHttpResponse } from "../../../framework/http/streaming-response.ts";

describe("HttpResponse", () => {
  test("has a status, a reason, a content type and UTF-8 content", () => {
    const response = new HttpResponse("é");

    expect(response.status).toBe(200);
    expect(response.reason).toBe("OK");
    expect(response.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
    expect([...response.content]).toEqual([0xc3, 0xa9]);
    expect(response.text).toBe("é");
  });

  test("takes bytes as they are", () => {
    expect([...new HttpResponse(new Uint8Array([1, 2])).content]).toEqual([1, 2]);
  });

  test("keeps a content type from its headers", () => {
    const response = new HttpResponse("", { headers: { "content-type": "text/css" } });

    expect(response.headers.get("Content-Type")).toBe("text/css");
  });

  test.each([99, 600, 1000])("refuses the status %i", (status) => {
    expect(() => new HttpResponse("", { status })).toThrow(RangeError);
  });

  test("refuses a status that is no integer, a reason with a newline, content of another kind", () => {
    expect(() => new HttpResponse("", { status: 200.5 })).toThrow(TypeError);
    expect(() => new HttpResponse("", { reason: "a\r\nb" })).toThrow(
      "can't contain control characters",
    );
    expect(() => new HttpResponse(12 as unknown as string)).toThrow("found 12 (a number)");
  });

  test("sets a cookie once per name", () => {
    const response = new HttpResponse().setCookie("a", "1").setCookie("a", "2").deleteCookie("b");

    expect([...response.cookies.keys()]).toEqual(["a", "b"]);
    expect(response.cookies.get("a")).toBe("a=2; Path=/");
  });

  test("closes once, and runs every closer though one fails", async () => {
    const calls: string[] = [];
    const response = new HttpResponse()
      .onClose(() => void calls.push("first"))
      .onClose(() => {
        throw new Error("no");
      })
      .onClose(async () => {
        await Promise.resolve();
        throw new Error("no either");
      })
      .onClose(() => void calls.push("last"));

    await response.close();
    await response.close();

    expect(calls).toEqual(["first", "last"]);
    expect(response.closed).toBe(true);
  });
});

describe("the family", () => {
  test("JsonResponse is JSON", () => {
    const response = new JsonResponse({ a: "é" }, { status: 201 });

    expect(response.text).toBe('{"a":"é"}');
    expect(response.headers.get("Content-Type")).toBe("application/json");
    expect(response.status).toBe(201);
    expect(() => new JsonResponse(undefined)).toThrow("JSON cannot express undefined");
  });

  test.each([
    [new HttpResponseRedirect("/a b/é"), 302, "/a%20b/%C3%A9"],
    [new HttpResponseRedirect("/", { preserveRequest: true }), 307, "/"],
    [new HttpResponsePermanentRedirect("https://x.com/"), 301, "https://x.com/"],
    [new HttpResponsePermanentRedirect("?q", { preserveRequest: true }), 308, "?q"],
  ])("a redirect has its status and place (%#)", (response, status, location) => {
    expect(response.status).toBe(status);
    expect(response.headers.get("Location")).toBe(location);
  });

  test.each([
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,x",
    "ssh://host",
    " file:///etc",
  ])("a redirect to %s is refused", (url) => {
    expect(() => new HttpResponseRedirect(url)).toThrow(/Unsafe redirect to URL with protocol/);
  });

  test("405 says what is allowed", () => {
    const response = new HttpResponseNotAllowed(["GET", "HEAD"]);

    expect(response.status).toBe(405);
    expect(response.headers.get("Allow")).toBe("GET, HEAD");
  });
});

describe("StreamingHttpResponse", () => {
  test.each<[what: string, source: ConstructorParameters<typeof StreamingHttpResponse>[0]]>([
    ["an array", ["a", "é"]],
    [
      "a generator",
      (function* () {
        yield "a";
        yield "é";
      })(),
    ],
    [
      "an async generator",
      (async function* () {
        yield "a";
        yield Buffer.from("é");
      })(),
    ],
    ["a string, whole", "aé"],
  ])("sends the pieces of %s", async (_what, source) => {
    const chunks = [];
    for await (const chunk of new StreamingHttpResponse(source)) chunks.push(Buffer.from(chunk));

    expect(Buffer.concat(chunks).toString()).toBe("aé");
  });

  test("tells its source when nobody reads on", async () => {
    let closed = false;
    const source = (function* () {
      try {
        while (true) yield "x";
      } finally {
        closed = true;
      }
    })();

    for await (const _ of new StreamingHttpResponse(source)) break;

    expect(closed).toBe(true);
  });
});
