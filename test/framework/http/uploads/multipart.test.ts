import { describe, expect, test } from "vitest";
import {
  BOUNDARY,
  field,
  file,
  formOf,
  multipart,
  part,
  uploadOf,
} from "../../../support/multipart.ts";

const raw = (text: string): Buffer => Buffer.from(text, "latin1");

async function parse(...parts: readonly string[]): ReturnType<typeof formOf> {
  return await formOf(uploadOf([multipart(...parts)]));
}

describe("a multipart form", () => {
  test("has fields, with all their values, and files", async () => {
    const form = await parse(
      field("a", "1"),
      field("a", "2"),
      file("f", "x.txt", "one\r\n--two\r\n", "Text/Plain; charset=ascii"),
      field("b", ""),
      file("f", "y.bin", ""),
    );

    expect(form.fields).toEqual({ a: ["1", "2"], b: [""] });
    expect(form.files).toEqual([
      { field: "f", name: "x.txt", type: "text/plain", content: "one\r\n--two\r\n" },
      { field: "f", name: "y.bin", type: "", content: "" },
    ]);
  });

  test("has an immutable POST, and the parameters of each file's type", async () => {
    const request = uploadOf([
      multipart(field("a", "1"), file("f", "x", "", "text/x; Charset=a; b=c")),
    ]);

    const post = await request.POST;
    const found = (await request.FILES).get("f");

    expect(() => post.set("a", "2")).toThrow("immutable");
    expect(found?.charset).toBe("a");
    expect(Object.fromEntries(found?.contentTypeExtra ?? [])).toEqual({ charset: "a", b: "c" });
  });

  test("is UTF-8: names, file names and values; other bytes become U+FFFD", async () => {
    const utf8 = raw(Buffer.from("é♥").toString("latin1")).toString("latin1");
    const form = await parse(
      field(utf8, utf8),
      file("f", `${utf8}.txt`, "x"),
      field("bad", "\xff"),
    );

    expect(form.fields).toEqual({ "é♥": ["é♥"], bad: ["\ufffd"] });
    expect(form.files[0]?.name).toBe("é♥.txt");
  });

  test.each([
    ["filename*=UTF-8''caf%C3%A9.txt", "café.txt"],
    ["filename=\"plain.txt\"; filename*=UTF-8''caf%C3%A9.txt", "café.txt"],
    ['filename="&#233;.txt"', "é.txt"],
    ["filename=bare.txt", "bare.txt"],
    ['filename="C:\\\\dir\\\\x.txt"', "x.txt"],
    ['filename="../../etc/passwd"', "passwd"],
    ['filename="a\0b\x1f.txt"', "ab.txt"],
    [`filename="${"f".repeat(300)}.txt"`, `${"f".repeat(251)}.txt`],
  ])("takes the file name out of %s", async (parameter, name) => {
    const form = await parse(part([`Content-Disposition: form-data; name="f"; ${parameter}`], "x"));

    expect(form.files.map((found) => found.name)).toEqual([name]);
  });

  test.each(["C:\\Windows\\", "/", "ends-with-slash/", ".", ".."])(
    "drops a file that is called %s",
    async (name) => {
      expect(await parse(file("f", name, "x"), field("a", "1"))).toEqual({
        fields: { a: ["1"] },
        files: [],
      });
    },
  );

  test("has a field where no file was chosen", async () => {
    expect(await parse(file("f", "", "", "application/octet-stream"))).toEqual({
      fields: { f: [""] },
      files: [],
    });
  });

  test("may call a field anything", async () => {
    const names = ["__proto__", "constructor", "toString", "", "a b"];
    const form = await parse(
      ...names.map((name) => field(name, "x")),
      file("__proto__", "p.txt", "y"),
    );

    expect(Object.keys(form.fields).toSorted()).toEqual(names.toSorted());
    expect(form.files[0]?.field).toBe("__proto__");
    expect(Reflect.get({}, "x")).toBeUndefined();
  });

  test("decodes base64 files and fields; a field that is none stays as it is", async () => {
    const base64 = (disposition: string, content: string): string =>
      part(
        [`Content-Disposition: form-data; ${disposition}`, "Content-Transfer-Encoding: BASE64"],
        content,
      );

    const form = await parse(
      base64('name="f"; filename="a.bin"', "AAEC\r\nAwQF\r\n/w=="),
      base64('name="a"', "w6k="),
      base64('name="b"', "no base64!"),
    );

    expect(form.fields).toEqual({ a: ["é"], b: ["no base64!"] });
    expect(form.files[0]?.content).toBe("\0\x01\x02\x03\x04\x05\xff");
  });

  test("may have a preamble, an epilogue, and a delimiter in either", async () => {
    const body = Buffer.concat([
      raw("pre\r\namble\r\n"),
      multipart(field("a", "1")),
      multipart(field("b", "2")),
    ]);

    expect(await formOf(uploadOf([body]))).toEqual({ fields: { a: ["1"] }, files: [] });
  });

  test("is empty when there is no body, and when it is not POST", async () => {
    expect(await formOf(uploadOf([]))).toEqual({ fields: {}, files: [] });
    expect(await formOf(uploadOf([], {}, { environ: { CONTENT_LENGTH: undefined } }))).toEqual({
      fields: {},
      files: [],
    });
    expect(await formOf(uploadOf([multipart(field("a", "1"))], {}, { method: "PUT" }))).toEqual({
      fields: {},
      files: [],
    });
  });

  test("reads a long delimiter, in quotes", async () => {
    const boundary = `${"a b".repeat(60)}'()+_,-./:=?`;
    const body = raw(`--${boundary}\r\n${field("a", "1")}\r\n--${boundary}--`);
    const environ = { CONTENT_TYPE: `multipart/form-data; boundary="${boundary}"` };

    expect((await formOf(uploadOf([body], {}, { environ }))).fields).toEqual({ a: ["1"] });
  });
});

describe("a multipart form that is wrong", () => {
  test.each([
    ["multipart/form-data", "Invalid boundary in multipart: none"],
    ["multipart/form-data; boundary=", "Invalid boundary in multipart: "],
    ['multipart/form-data; boundary="a "', "Invalid boundary in multipart: a "],
    [`multipart/form-data; boundary=${"a".repeat(202)}`, "Invalid boundary in multipart: aaa"],
    ['multipart/form-data; boundary="a\tb"', "Invalid boundary in multipart: a\tb"],
    ["multipart/form-data; boundary=\xe9", "Invalid non-ASCII Content-Type in multipart: "],
    ["multipart/form-data; boundary*=BOGUS''a", "Invalid encoding"],
    [`multipart/form-data; boundary=a; b=${"c".repeat(10_000)}`, "Invalid Content-Type header."],
  ])("is refused for its Content-Type %.60s", async (type, message) => {
    const request = uploadOf([multipart(field("a", "1"))], {}, { environ: { CONTENT_TYPE: type } });

    await expect(request.POST).rejects.toThrow(message);
  });

  test.each<[what: string, body: string, message: string]>([
    ["no delimiter at all", "nothing of the kind", "Unexpected end of multipart data."],
    ["no last delimiter", `--${BOUNDARY}\r\n${field("a", "1")}\r\n`, "Unexpected end"],
    [
      "half a last delimiter",
      `--${BOUNDARY}\r\n${field("a", "1")}\r\n--${BOUNDARY}-`,
      "Unexpected end",
    ],
    ["an end in the headers", `--${BOUNDARY}\r\nContent-Dispo`, "Unexpected end"],
    [
      "a delimiter in the headers",
      `--${BOUNDARY}\r\nContent-Dispo\r\n--${BOUNDARY}--`,
      "no Content-Disposition",
    ],
    ["a file cut off", `--${BOUNDARY}\r\n${file("f", "x", "conten")}`, "Unexpected end"],
    ["another delimiter", `--other\r\n${field("a", "1")}\r\n--other--`, "Unexpected end"],
  ])("is refused when it has %s", async (_what, body, message) => {
    const request = uploadOf([raw(body)]);

    await expect(request.FILES).rejects.toThrow(message);
  });

  test.each<[what: string, wrong: string, message: string]>([
    ["no headers", "\r\nx", "A part has no Content-Disposition header with a name."],
    ["no name", part(["Content-Disposition: form-data"], "x"), "with a name"],
    ["no disposition", part(["Content-Type: text/plain"], "x"), "with a name"],
    [
      "a header that is none",
      part(["garbage", 'Content-Disposition: form-data; name="a"'], "x"),
      "with a name",
    ],
    [
      "two dispositions",
      part(Array(2).fill('Content-Disposition: form-data; name="a"'), "x"),
      "two Content-Disposition",
    ],
    [
      "a huge header",
      part([`X-Bomb: ${"x".repeat(2000)}`, 'Content-Disposition: form-data; name="a"'], ""),
      "max total header size",
    ],
    [
      "a header beyond measure",
      part(['Content-Disposition: form-data; name="a"', `X: ${"x".repeat(200_000)}`], ""),
      "max total header size",
    ],
    [
      "many headers",
      part([...Array(5000).fill("X: y"), 'Content-Disposition: form-data; name="a"'], ""),
      "max total header size",
    ],
    [
      "bad base64",
      part(
        [
          'Content-Disposition: form-data; name="f"; filename="x"',
          "Content-Transfer-Encoding: base64",
        ],
        "!",
      ),
      "Could not decode base64 data.",
    ],
  ])("is refused when a part has %s", async (_what, wrong, message) => {
    const request = uploadOf([multipart(field("a", "1"), wrong)]);

    await expect(request.POST).rejects.toThrow(message);
  });

  test("is refused for a negative length", async () => {
    const request = uploadOf([], {}, { environ: { CONTENT_LENGTH: "-1" } });

    await expect(request.POST).rejects.toThrow("Invalid content length: -1");
  });

  test("is empty for whoever looks again, as an error page does", async () => {
    const request = uploadOf([raw("x")]);

    await expect(request.POST).rejects.toMatchObject({ code: "http.multipart_parser" });

    expect(await formOf(request)).toEqual({ fields: {}, files: [] });
  });

  test("rejects no promise that nobody holds", async () => {
    const unhandled: unknown[] = [];
    const listener = (error: unknown): number => unhandled.push(error);
    process.on("unhandledRejection", listener);
    const request = uploadOf([raw("x")]);

    void request.POST;
    void request.FILES;
    void request.body;
    void request.json();
    await new Promise((resolve) => setTimeout(resolve, 20));

    process.off("unhandledRejection", listener);
    expect(unhandled).toEqual([]);
  });
});
