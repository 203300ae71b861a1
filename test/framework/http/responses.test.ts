import { describe, expect, test } from "vitest";
import {
  HttpResponseBadRequest,
  HttpResponseForbidden,
  HttpResponseGone,
  HttpResponseNotAllowed,
  HttpResponseNotFound,
  HttpResponseNotModified,
  HttpResponsePermanentRedirect,
  HttpResponseRedirect,
  HttpResponseServerError,
  JsonResponse,
} from "../../../framework/http/responses.ts";
import { redirect, resolveUrl } from "../../../framework/shortcuts.ts";
import { answerOf } from "../../support/wsgi.ts";

describe("JsonResponse", () => {
  test("is JSON", () => {
    const response = new JsonResponse({ a: "é" }, { status: 201 });

    expect(response.text).toBe('{"a":"é"}');
    expect(response.headers.get("Content-Type")).toBe("application/json");
    expect(response.status).toBe(201);
  });

  test.each<[data: unknown]>([[[1, 2]], ["text"], [12], [null], [undefined]])(
    "refuses %j unless it may be unsafe",
    (data) => {
      expect(() => new JsonResponse(data)).toThrow(
        "In order to allow non-object values to be serialized set the safe parameter to false",
      );
    },
  );

  test.each([
    [[1, "é"], '[1,"é"]'],
    ["text", '"text"'],
    [null, "null"],
    [new Date(0), '"1970-01-01T00:00:00.000Z"'],
  ])("takes %j with safe: false", (data, text) => {
    expect(new JsonResponse(data, { safe: false }).text).toBe(text);
  });

  test("says what JSON cannot express", () => {
    expect(() => new JsonResponse(undefined, { safe: false })).toThrow(
      "JSON cannot express undefined",
    );
    expect(() => new JsonResponse({ a: 1n })).toThrow(TypeError);
  });

  test("passes replacer and indent on", () => {
    const hide = (key: string, value: unknown): unknown => (key === "b" ? undefined : value);

    expect(new JsonResponse({ a: 1, b: 2 }, { replacer: hide, indent: 2 }).text).toBe(
      '{\n  "a": 1\n}',
    );
    expect(new JsonResponse({ a: 1, b: 2 }, { replacer: ["b"] }).text).toBe('{"b":2}');
  });
});

describe("redirects", () => {
  test.each([
    [new HttpResponseRedirect("/a b/é"), 302, "/a%20b/%C3%A9"],
    [new HttpResponseRedirect("/", { preserveRequest: true }), 307, "/"],
    [new HttpResponsePermanentRedirect("https://x.com/"), 301, "https://x.com/"],
    [new HttpResponsePermanentRedirect("?q", { preserveRequest: true }), 308, "?q"],
    [redirect("//x.com/"), 302, "//x.com/"],
    [redirect("ftp://x", { permanent: true }), 301, "ftp://x"],
    [redirect({ getAbsoluteUrl: () => "/tunes/1/" }, { preserveRequest: true }), 307, "/tunes/1/"],
  ])("have their status and place (%#)", (response, status, location) => {
    expect(response.status).toBe(status);
    expect(response.url).toBe(location);
    expect(response.headers.get("Location")).toBe(location);
  });

  test.each([
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,x",
    "ssh://host",
    " file:///etc",
    "\x01\x00 javascript:alert(1)",
  ])("to %j are refused", (url) => {
    expect(() => new HttpResponseRedirect(url)).toThrow(/Unsafe redirect to URL with protocol/);
  });

  test("cannot split the response", () => {
    expect(new HttpResponseRedirect("/\r\nX: y").url).toBe("/%0D%0AX:%20y");
  });

  test("are only so long, measured as they are sent", () => {
    const url = `/${"é".repeat(2800)}`;

    expect(() => new HttpResponseRedirect(url)).toThrow(
      "Unsafe redirect exceeding 16384 characters",
    );
    expect(new HttpResponseRedirect(url, { maxLength: 20_000 }).url).toHaveLength(16_801);
  });

  test("take other schemes in a subclass", () => {
    class AppRedirect extends HttpResponseRedirect {
      static override readonly allowedSchemes: readonly string[] = ["swing"];
    }

    expect(new AppRedirect("swing://minor").url).toBe("swing://minor");
    expect(() => new AppRedirect("https://x.com/")).toThrow("protocol 'https'");
  });

  test("resolveUrl leaves a URL as it is", () => {
    expect(resolveUrl("../up/")).toBe("../up/");
  });
});

describe("errors", () => {
  test.each([
    [new HttpResponseBadRequest("x"), 400],
    [new HttpResponseForbidden("x"), 403],
    [new HttpResponseNotFound("x"), 404],
    [new HttpResponseGone("x"), 410],
    [new HttpResponseServerError("x"), 500],
  ])("have their status (%#)", (response, status) => {
    expect(response.status).toBe(status);
    expect(response.text).toBe("x");
  });

  test("405 says what is allowed", () => {
    const response = new HttpResponseNotAllowed(new Set(["GET", "HEAD"]), "no");

    expect(response.status).toBe(405);
    expect(response.headers.get("Allow")).toBe("GET, HEAD");
    expect(response.text).toBe("no");
  });
});

describe("HttpResponseNotModified", () => {
  test("has neither type nor content", async () => {
    const response = new HttpResponseNotModified({ headers: { ETag: '"a"' } });

    const answer = await answerOf(() => response);

    expect(answer.status).toBe("304 Not Modified");
    expect(answer.headers).toEqual([["ETag", '"a"']]);
    expect(answer.text).toBe("");
  });

  test("takes no content", () => {
    const response = new HttpResponseNotModified();

    expect(() => (response.content = "x")).toThrow(
      "You cannot set content to a 304 (Not Modified) response",
    );
    expect(() => response.write("x")).toThrow(TypeError);
    expect(() => response.writeLines(["x"])).toThrow(TypeError);
  });
});
