import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { makeRequest } from "../../support/wsgi.ts";

const FORM = { CONTENT_TYPE: "application/x-www-form-urlencoded; charset=utf-8" };

describe("HttpRequest", () => {
  test("decodes the path and joins it to where the site is mounted", () => {
    const request = makeRequest({ path: "/caf\xc3\xa9/", environ: { SCRIPT_NAME: "/app" } });

    expect(request.path).toBe("/app/café/");
    expect(request.pathInfo).toBe("/café/");
    expect(makeRequest({ path: "" }).path).toBe("/");
  });

  test("gives the path as it stands in a URL, with a slash where asked", () => {
    const request = makeRequest({ path: "/a b;", query: "x=\xc3\xa9" });

    expect(request.getFullPath()).toBe("/a%20b%3B?x=%C3%A9");
    expect(request.getFullPath({ forceAppendSlash: true })).toBe("/a%20b%3B/?x=%C3%A9");
  });

  test.each([
    [undefined, "http://testserver//x/?q=1"],
    ["/a/?b", "http://testserver/a/?b"],
    ["../y", "http://testserver//y"],
    ["https://other.com/é", "https://other.com/%C3%A9"],
  ])("makes an absolute URL of %s", (location, expected) => {
    expect(makeRequest({ path: "//x/", query: "q=1" }).buildAbsoluteUri(location)).toBe(expected);
  });

  test("takes the host from its header, else from the server's name", () => {
    expect(makeRequest({ environ: { HTTP_HOST: "a.com:81" } }).getHost()).toBe("a.com:81");
    const without = { HTTP_HOST: undefined, SERVER_PORT: "8000" };
    expect(makeRequest({ environ: without }).getHost()).toBe("testserver:8000");
  });

  test("looks headers up in any spelling and lists them in title case", () => {
    const { headers } = makeRequest({
      environ: { HTTP_X_FORWARDED_PROTO: "https", CONTENT_TYPE: "text/plain", HTTP_HOST: "h" },
    });

    expect(headers.get("x-forwarded-proto")).toBe("https");
    expect(headers.get("X_Forwarded_Proto")).toBe("https");
    expect(headers.has("Accept")).toBe(false);
    expect(Object.fromEntries(headers)).toEqual({
      Host: "h",
      "X-Forwarded-Proto": "https",
      "Content-Type": "text/plain",
    });
  });

  test("computes GET and COOKIES once", () => {
    const request = makeRequest({ query: "a=1", environ: { HTTP_COOKIE: "c=d" } });

    expect(request.GET).toBe(request.GET);
    expect(request.GET.get("a")).toBe("1");
    expect(request.COOKIES.c).toBe("d");
  });

  test("shows method and path in console.log", () => {
    expect(inspect(makeRequest({ path: "/x/", query: "y" }))).toBe("<HttpRequest: GET '/x/?y'>");
  });
});

describe("the request body", () => {
  test("is read once, whole", async () => {
    const request = makeRequest({ method: "POST", body: ["ab", "cé"] });

    expect(await request.text()).toBe("abcé");
    expect(await request.body).toBe(await request.body);
  });

  test("is a form where it says so, and only for POST", async () => {
    const body = ["a=1&b=", "caf%C3%A9"];

    expect((await makeRequest({ method: "POST", body, environ: FORM }).POST).get("b")).toBe("café");
    expect((await makeRequest({ method: "PUT", body, environ: FORM }).POST).size).toBe(0);
    expect((await makeRequest({ method: "POST", body }).POST).size).toBe(0);
  });

  test("is JSON, or a BadRequest that says what is wrong", async () => {
    expect(await makeRequest({ body: ['{"a":', "1}"] }).json()).toEqual({ a: 1 });
    await expect(makeRequest({ body: ["{bad"] }).json()).rejects.toThrow(
      /The request body is not JSON: /,
    );
  });

  test("is refused over the limit: by its announced length before it is read, or while it is", async () => {
    const announced = makeRequest({ environ: { CONTENT_LENGTH: "11" } }, { maxMemorySize: 10 });
    const chunked = makeRequest({ body: ["123456", "7890a"] }, { maxMemorySize: 10 });
    const fits = makeRequest({ body: ["1234567890"] }, { maxMemorySize: 10 });

    await expect(announced.body).rejects.toThrow("exceeded settings.DATA_UPLOAD_MAX_MEMORY_SIZE");
    await expect(chunked.body).rejects.toThrow("exceeded settings.DATA_UPLOAD_MAX_MEMORY_SIZE");
    expect((await fits.body).length).toBe(10);
  });

  test("can be streamed instead, and then not be had whole any more", async () => {
    const request = makeRequest({ body: ["a", "b"] });

    const chunks = [];
    for await (const chunk of request) chunks.push(String(chunk));

    expect(chunks).toEqual(["a", "b"]);
    await expect(request.body).rejects.toThrow(
      "You cannot access body after reading from request's data stream",
    );
  });

  test("can be iterated after it was read", async () => {
    const request = makeRequest({ body: ["a", "b"] });
    await request.body;

    const chunks = [];
    for await (const chunk of request) chunks.push(String(chunk));

    expect(chunks).toEqual(["ab"]);
  });
});
