import { describe, expect, test } from "vitest";
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
