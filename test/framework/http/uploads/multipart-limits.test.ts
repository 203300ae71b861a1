import { describe, expect, test } from "vitest";
import {
  BOUNDARY,
  field,
  file,
  formOf,
  multipart,
  part,
  streamedUpload,
  uploadOf,
} from "../../../support/multipart.ts";
import { Random } from "../../../support/random.ts";

const raw = (text: string): Buffer => Buffer.from(text, "latin1");

describe("the limits of a multipart form", () => {
  const fields = (count: number): string[] =>
    Array.from({ length: count }, (_none, at) => field(`n${at}`, ""));
  const files = (count: number): string[] =>
    Array.from({ length: count }, () => file("f", "x", ""));
  const numbers = { maxFields: 5, maxFiles: 3 };

  test("are the numbers of its fields and of its files, files without a name included", async () => {
    const fits = await formOf(uploadOf([multipart(...fields(5), ...files(3))], numbers));
    const fieldsTooMany = uploadOf([multipart(...fields(6))], numbers);
    const filesTooMany = uploadOf([multipart(...files(3), file("f", "/", ""))], numbers);

    expect([Object.keys(fits.fields).length, fits.files.length]).toEqual([5, 3]);
    await expect(fieldsTooMany.POST).rejects.toMatchObject({
      code: "http.too_many_fields",
      status: 413,
      message: "The number of GET/POST parameters exceeded settings.DATA_UPLOAD_MAX_NUMBER_FIELDS.",
    });
    await expect(filesTooMany.POST).rejects.toMatchObject({
      code: "http.too_many_files",
      status: 413,
      message: "The number of files exceeded settings.DATA_UPLOAD_MAX_NUMBER_FILES.",
    });
  });

  test("are the bytes of its fields, names included, and not those of its files", async () => {
    const options = { maxMemorySize: 20 };
    const fits = uploadOf(
      [
        multipart(
          field("ab", "c".repeat(6)),
          field("de", "f".repeat(6)),
          file("f", "x", "y".repeat(999)),
        ),
      ],
      options,
    );
    const over = uploadOf(
      [multipart(field("ab", "c".repeat(6)), field("de", "f".repeat(7)))],
      options,
    );

    expect((await fits.POST).get("de")).toBe("ffffff");
    await expect(over.POST).rejects.toMatchObject({
      code: "http.request_data_too_big",
      status: 413,
    });
  });

  test("are noticed before the rest is read", async () => {
    let taken = 0;
    const request = streamedUpload(function* () {
      yield raw(`--${BOUNDARY}\r\n${field("a", "")}`);
      for (;;) {
        taken++;
        yield raw("x".repeat(100));
      }
    });

    await expect(request.POST).rejects.toThrow("DATA_UPLOAD_MAX_MEMORY_SIZE");

    expect(taken).toBe(10);
  });

  test("can be switched off", async () => {
    const none = { maxFields: null, maxFiles: null, maxMemorySize: null };
    const form = await formOf(
      uploadOf(
        [multipart(...fields(2000), ...files(200), field("long", "x".repeat(100_000)))],
        none,
      ),
    );

    expect([Object.keys(form.fields).length, form.files.length]).toEqual([2001, 200]);
  });
});

test("any split of the bytes gives the same form", async () => {
  const body = Buffer.concat([
    raw(`preamble\r\n--${BOUNDARY.slice(0, 4)}`),
    raw("\r\n"),
    multipart(
      field("a", `-\r\n-\r\n--\r\n--${BOUNDARY.slice(0, 7)}\r\n--\r\n--x`),
      file("f", "a.txt", `\r\n\r\n--${BOUNDARY.slice(1)}\r\n--b\r\r\n\r`, "text/plain"),
      part(
        [
          'Content-Disposition: form-data; name="g"; filename="b"',
          "Content-Transfer-Encoding: base64",
        ],
        "AAEC\r\nAwQF",
      ),
      file("empty", "c", ""),
      field("last", "\r\n"),
    ),
  ]);
  const options = { fileUploadMaxMemorySize: 100_000 };
  const whole = await formOf(uploadOf([body], options));
  expect(whole.files.map(({ content }) => content.length)).toEqual([22, 6, 0]);

  for (let cut = 0; cut <= body.length; cut++) {
    const pieces = [body.subarray(0, cut), body.subarray(cut)];
    expect(await formOf(uploadOf(pieces, options)), `cut at ${cut}`).toEqual(whole);
  }
  for (let seed = 0; seed < 200; seed++) {
    const pieces = new Random(seed).split(body, 1 + (seed % 40));
    expect(await formOf(uploadOf(pieces, options)), `seed ${seed}`).toEqual(whole);
  }
});
