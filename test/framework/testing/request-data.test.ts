import { describe, expect, test } from "vitest";
import { SimpleUploadedFile } from "../../../framework/http/uploads/uploaded-file.ts";
import {
  encodeData,
  encodeQuery,
  MULTIPART_CONTENT,
  type RequestData,
} from "../../../framework/testing/request-data.ts";

async function encoded(
  data: RequestData | undefined,
  contentType?: string,
  method = "POST",
): Promise<{ type: string; length: number; text: string }> {
  const { payload, contentType: type } = encodeData(method, data, contentType);
  return { type, length: payload.length, text: String(await payload.bytes()) };
}

const lines = (...all: readonly string[]): string => all.map((line) => `${line}\r\n`).join("");

describe("multipart", () => {
  test("is the default of POST, with Django's boundary", async () => {
    const { type, length, text } = await encoded({
      name: "value",
      n: 1,
      yes: true,
      two: ["a", "b"],
    });

    expect(type).toBe(MULTIPART_CONTENT);
    expect(length).toBe(Buffer.byteLength(text));
    expect(text).toBe(
      lines(
        "--BoUnDaRyStRiNg",
        'Content-Disposition: form-data; name="name"',
        "",
        "value",
        "--BoUnDaRyStRiNg",
        'Content-Disposition: form-data; name="n"',
        "",
        "1",
        "--BoUnDaRyStRiNg",
        'Content-Disposition: form-data; name="yes"',
        "",
        "true",
        "--BoUnDaRyStRiNg",
        'Content-Disposition: form-data; name="two"',
        "",
        "a",
        "--BoUnDaRyStRiNg",
        'Content-Disposition: form-data; name="two"',
        "",
        "b",
        "--BoUnDaRyStRiNg--",
      ),
    );
  });

  test("has files of all kinds, with a type by their name where they have none", async () => {
    const { text } = await encoded({
      file: new File(["# x"], "readme.md"),
      typed: new File(["{}"], "x.bin", { type: "application/json" }),
      blob: new Blob(["b"]),
      uploaded: new SimpleUploadedFile("é.txt", "u"),
    });

    expect(
      [...text.matchAll(/form-data; (.*)\r\nContent-Type: (.*)\r/g)].map(([, a, b]) => [a, b]),
    ).toEqual([
      ['name="file"; filename="readme.md"', "text/markdown"],
      ['name="typed"; filename="x.bin"', "application/json"],
      ['name="blob"; filename="blob"', "application/octet-stream"],
      ['name="uploaded"; filename="é.txt"', "text/plain"],
    ]);
  });

  test("is what FormData becomes", async () => {
    const form = new FormData();
    form.append("a", "1");
    form.append("a", "2");

    const { type, text } = await encoded(form);

    expect(type).toBe(MULTIPART_CONTENT);
    expect(text.match(/name="a"/g)).toHaveLength(2);
  });

  test("keeps quotes and line ends of names from ending them", async () => {
    expect((await encoded({ 'a"b\r\nc': "" })).text).toContain('name="a%22b%0D%0Ac"');
  });

  test("takes a boundary of the test's own", async () => {
    const { type, text } = await encoded({ a: "1" }, "multipart/form-data; boundary=X");

    expect(type).toBe("multipart/form-data; boundary=X");
    expect(text).toMatch(/^--X\r\n[^]*--X--\r\n$/);
  });

  test("without data is a form without fields", async () => {
    expect((await encoded(undefined)).text).toBe("--BoUnDaRyStRiNg--\r\n");
  });
});

describe("other types", () => {
  test.each([
    [{ a: "1 2", b: ["x", "y"] }, "application/x-www-form-urlencoded", "a=1+2&b=x&b=y"],
    [new URLSearchParams("a=1&b=ä"), undefined, "a=1&b=%C3%A4"],
    [{ a: [1, null] }, "application/json", '{"a":[1,null]}'],
    [[1, 2], "application/vnd.api+json", "[1,2]"],
    ['{"a": 1}', "application/json", '{"a": 1}'],
    ["text", undefined, "text"],
    [Buffer.from("bytes"), undefined, "bytes"],
    [new Blob(["blob"]), undefined, "blob"],
  ])("%j as %s", async (data, type, text) => {
    expect((await encoded(data, type)).text).toBe(text);
  });

  test.each([
    [{ a: 1 }, "application/json"],
    [new URLSearchParams("a=1"), "application/x-www-form-urlencoded"],
    ["text", "application/octet-stream"],
    [new Blob(["x"], { type: "image/png" }), "image/png"],
    [undefined, "application/octet-stream"],
  ])("PUT %j is %s", async (data, type) => {
    expect((await encoded(data, undefined, "PUT")).type).toBe(type);
  });

  test("text is written in the charset that the type names", async () => {
    const { payload } = encodeData("POST", "é", "text/plain; charset=latin-1");

    expect(await payload.bytes()).toEqual(Buffer.from("é", "latin1"));
  });

  test("nothing is no body, save for a form", async () => {
    expect((await encoded(undefined, "multipart/form-data", "GET")).length).toBe(0);
    expect((await encoded(undefined, "application/json")).length).toBe(0);
  });
});

describe("what cannot be sent", () => {
  test.each([null, undefined])("%s in a form or a query, in Django's words", (value) => {
    const end = "Did you mean to pass an empty string or omit the value?";
    const data: object = { key: value };

    expect(() => encodeData("POST", data, undefined)).toThrow(
      `Cannot encode ${value} for key 'key' as POST data. ${end}`,
    );
    expect(() => encodeData("POST", data, "application/x-www-form-urlencoded")).toThrow(
      "as POST data",
    );
    expect(() => encodeQuery(data)).toThrow(
      `Cannot encode ${value} for key 'key' in a query string. ${end}`,
    );
  });

  test("an object in an object, or under a type that says nothing about it", () => {
    expect(() => encodeData("POST", { a: {} }, undefined)).toThrow(
      "Cannot encode an object for key 'a' as POST data",
    );
    expect(() => encodeData("PUT", { a: 1 }, "text/csv")).toThrow(
      "an object cannot be sent as text/csv",
    );
  });
});

test.each([
  [{ a: 1, b: ["x y", true] }, "a=1&b=x+y&b=true"],
  [new URLSearchParams("a=1&a=2"), "a=1&a=2"],
  [new Map([["ä", "&"]]), "%C3%A4=%26"],
  [{}, ""],
])("encodeQuery of %j is %j", (data, query) => {
  expect(encodeQuery(data)).toBe(query);
});
