import { describe, expect, test } from "vitest";
import { field, formOf, multipart, streamed, uploadOf } from "../../support/multipart.ts";
import { makeRequest } from "../../support/wsgi.ts";

const FORM = { CONTENT_TYPE: "application/x-www-form-urlencoded; charset=utf-8" };

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

  test("is no form once a middleware has changed the method from POST", async () => {
    const request = makeRequest({ method: "POST", body: ["a=1"], environ: FORM });

    request.method = "PUT";

    expect((await request.POST).size).toBe(0);
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

describe("a urlencoded form", () => {
  test.each([
    ["charset=utf8", true],
    ["charset=UTF-8", true],
    ['charset="utf-8"', true],
    ["charset=no-such-thing", true],
    ["", true],
    ["charset=iso-8859-1", false],
    ["charset=utf-16", false],
  ])("is UTF-8: %s", async (parameter, accepted) => {
    const CONTENT_TYPE = `Application/X-WWW-Form-URLencoded; ${parameter}`;
    const request = makeRequest({ method: "POST", body: ["a=%C3%A9"], environ: { CONTENT_TYPE } });

    const outcome = await request.POST.then(
      (post) => post.get("a"),
      (error: Error) => error.message,
    );

    expect(outcome).toBe(
      accepted
        ? "é"
        : "HTTP requests with the 'application/x-www-form-urlencoded' content type must be UTF-8 encoded.",
    );
  });

  test("has a limit of fields, which is one of the body and not of the query", async () => {
    const sketch = { method: "POST", body: ["a&b&c"], query: "a&b&c", environ: FORM };
    const request = makeRequest(sketch, { maxFields: 2 });

    await expect(request.POST).rejects.toMatchObject({ status: 413 });
    expect(() => request.GET).toThrow(expect.objectContaining({ status: 400 }));
    expect((await makeRequest(sketch, { maxFields: 3 }).POST).size).toBe(3);
  });

  test("leaves the body to be read, before and after", async () => {
    const request = makeRequest({ method: "POST", body: ["a=1"], environ: FORM });

    expect((await request.POST).get("a")).toBe("1");
    expect(await request.text()).toBe("a=1");
    expect((await request.FILES).size).toBe(0);
  });
});

describe("the stream of a body", () => {
  test("can be read in pieces and in lines, before and after it was read whole", async () => {
    const lines = ["one\ntwo", "\nthree"];
    const whole = makeRequest({ body: lines });
    await whole.body;

    expect(String(await whole.readline())).toBe("one\n");
    expect(String(await whole.readline(2))).toBe("tw");
    expect(String(await whole.read(2))).toBe("o\n");
    expect(String(await whole.read())).toBe("three");
    expect((await whole.read()).length).toBe(0);
    expect((await whole.readline()).length).toBe(0);
    expect(await whole.text()).toBe("one\ntwo\nthree");
    expect(String(await makeRequest({ body: lines }).read())).toBe("one\ntwo\nthree");
  });

  test.each<[what: string, read: (request: ReturnType<typeof uploadOf>) => Promise<unknown>]>([
    ["read", (request) => request.read(1)],
    ["readline", (request) => request.readline()],
    ["iteration", (request) => request[Symbol.asyncIterator]().next()],
  ])("is gone after %s: there is no body and no form any more", async (_what, read) => {
    const request = uploadOf([multipart(field("a", "1"))]);
    await read(request);

    const code = "http.raw_post_data";
    await expect(request.body).rejects.toMatchObject({ code });
    await expect(request.text()).rejects.toMatchObject({ code });
    await expect(request.json()).rejects.toMatchObject({ code });
    await expect(request.POST).rejects.toMatchObject({ code });
  });

  test("is gone after a multipart form", async () => {
    const request = uploadOf([multipart(field("a", "1"))]);
    await request.POST;

    await expect(request.body).rejects.toThrow("You cannot access body after reading");
  });

  test("is still there for a form after the body was read whole", async () => {
    const body = multipart(field("a", "1"));
    const request = uploadOf([body]);

    expect((await request.body).equals(body)).toBe(true);
    expect((await formOf(request)).fields).toEqual({ a: ["1"] });
    expect((await request.body).equals(body)).toBe(true);
  });

  test("may break: that is told with its cause, or with the status the server means", async () => {
    const broken = (error: Error): ReturnType<typeof uploadOf> =>
      uploadOf(
        [],
        {},
        {
          environ: {
            "wsgi.input": streamed(async function* () {
              yield multipart(field("a", "1")).subarray(0, 20);
              throw error;
            }),
          },
        },
      );
    const gone = new Error("the client left");
    const bad = Object.assign(new Error("bad chunk"), { status: 400 });

    for (const read of ["body", "POST", "FILES"] as const) {
      await expect(broken(gone)[read]).rejects.toMatchObject({
        code: "http.unreadable_post",
        message: "The request body could not be read: the client left",
        cause: gone,
      });
      await expect(broken(bad)[read]).rejects.toBe(bad);
    }
    await expect(broken(gone).read()).rejects.toMatchObject({ code: "http.unreadable_post" });
    await expect(broken(gone).readline()).rejects.toMatchObject({ code: "http.unreadable_post" });
  });
});

describe("request.encoding", () => {
  const form = { CONTENT_TYPE: "application/x-www-form-urlencoded" };

  test("decodes the fields of a multipart form", async () => {
    const body = '--x\r\nContent-Disposition: form-data; name="caf\xe9"\r\n\r\n\xa3\r\n--x--\r\n';
    const request = makeRequest({
      method: "POST",
      body: [Buffer.from(body, "latin1")],
      environ: { CONTENT_TYPE: "multipart/form-data; boundary=x; charset=iso-8859-1" },
    });

    expect([...(await request.POST)]).toEqual([["café", "£"]]);
  });

  test("other than UTF-8 makes a urlencoded form a bad request, until it is set back", async () => {
    const request = makeRequest({ method: "POST", body: ["a=1"], environ: form });
    await request.body;
    request.encoding = "latin1";
    await expect(request.POST).rejects.toThrow("must be UTF-8 encoded");

    request.encoding = "utf-8";

    expect((await request.POST).get("a")).toBe("1");
  });
});
