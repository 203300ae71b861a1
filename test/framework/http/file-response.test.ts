import { createReadStream } from "node:fs";
import { open, truncate, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import {
  FileResponse,
  type FileResponseOptions,
  type FileSource,
} from "../../../framework/http/file-response.ts";
import { DATE, ETAG, LETTERS, LettersFolder } from "../../support/file-answers.ts";
import { answerOf } from "../../support/wsgi.ts";

const folder = LettersFolder.forTests();
const { letters } = folder;
const ask: LettersFolder["ask"] = (...given) => folder.ask(...given);

describe("a whole file", () => {
  test("has type, length, name and validators", async () => {
    const answer = await ask();

    expect(answer.status).toBe("200 OK");
    expect(answer.text).toBe(LETTERS);
    expect(answer.headers).toEqual([
      ["Content-Type", "text/plain"],
      ["Content-Disposition", 'inline; filename="letters.txt"'],
      ["Content-Length", "10"],
      ["ETag", ETAG],
      ["Last-Modified", DATE],
      ["Accept-Ranges", "bytes"],
    ]);
  });

  test("may be a URL, a handle, bytes, or any stream", async () => {
    const sources: [source: FileSource, length: string | undefined][] = [
      [pathToFileURL(letters), "10"],
      [await open(letters), "10"],
      [Buffer.from(LETTERS), "10"],
      [createReadStream(letters), undefined],
      [Readable.from([LETTERS]), undefined],
      [new Blob([LETTERS]).stream(), undefined],
      [[LETTERS], undefined],
    ];

    for (const [source, length] of sources) {
      const answer = await ask({}, source);

      expect(answer.text).toBe(LETTERS);
      expect(answer.header("Content-Length")).toBe(length);
    }
  });

  test.each<[options: FileResponseOptions, file: FileSource, type: string, disposition: unknown]>([
    [{}, Buffer.from("x"), "application/octet-stream", undefined],
    [{ filename: "a/b.json" }, Buffer.from("x"), "application/json", 'inline; filename="b.json"'],
    [{ asAttachment: true }, Buffer.from("x"), "application/octet-stream", "attachment"],
    [{ asAttachment: true }, letters, "text/plain", 'attachment; filename="letters.txt"'],
    [{ contentType: "a/b" }, letters, "a/b", 'inline; filename="letters.txt"'],
    [{ headers: { "content-type": "a/b" } }, letters, "a/b", 'inline; filename="letters.txt"'],
    [{ headers: { "Content-Disposition": "inline" } }, letters, "text/plain", "inline"],
    [
      {},
      join(folder.path, "é.py"),
      "application/octet-stream",
      "inline; filename*=utf-8''%C3%A9.py",
    ],
  ])("with %j has its type and name", async (options, file, type, disposition) => {
    await folder.write({ "é.py": "pass" });
    const response = new FileResponse(file, options);

    expect(response.headers.get("Content-Type")).toBe(type);
    expect(response.headers.get("Content-Disposition")).toBe(disposition);
    await response.close();
  });

  test("has the name of the stream's path", async () => {
    const answer = await ask({}, createReadStream(letters));

    expect(answer.header("Content-Type")).toBe("text/plain");
    expect(answer.header("Content-Disposition")).toBe('inline; filename="letters.txt"');
  });

  test("is larger than one block", async () => {
    const text = "0123456789".repeat(20_000);
    await folder.write({ "large.txt": text });

    const answer = await ask({}, join(folder.path, "large.txt"));

    expect(answer.text).toBe(text);
    expect(answer.header("Content-Length")).toBe("200000");
  });

  test("may be empty", async () => {
    await folder.write({ "empty.bin": "" });

    const answer = await ask({ Range: "bytes=0-" }, join(folder.path, "empty.bin"));

    expect(answer.status).toBe("200 OK");
    expect(answer.header("Content-Length")).toBe("0");
  });

  test("that is young has a weak tag", async () => {
    await folder.write({ "young.txt": "x" });

    const response = new FileResponse(join(folder.path, "young.txt"));

    expect(response.headers.get("ETag")).toMatch(/^W\/"1-/);
  });

  test("that does not exist is an error of the view; so is what is no file", () => {
    expect(() => new FileResponse(join(folder.path, "none"))).toThrow(
      expect.objectContaining({ code: "ENOENT" }),
    );
    expect(() => new FileResponse(folder.path)).toThrow("is no regular file");
  });

  test("that goes away after the view is a 500", async () => {
    await folder.write({ "brief.txt": "x" });
    const path = join(folder.path, "brief.txt");

    const answer = await answerOf(async () => {
      const response = new FileResponse(path);
      await unlink(path);
      return response;
    });

    expect(answer.status).toBe("500 Internal Server Error");
    expect(answer.errors).toContain("ENOENT");
  });

  test("that changes after the view is sent as it is, with its length", async () => {
    await folder.write({ "changing.txt": "x" });
    const path = join(folder.path, "changing.txt");

    const answer = await answerOf(async () => {
      const response = new FileResponse(path);
      await writeFile(path, "longer");
      return response;
    });

    expect(answer.text).toBe("longer");
    expect(answer.header("Content-Length")).toBe("6");
    expect(answer.header("ETag")).toMatch(/^W\/"6-/);
  });

  test("that gets shorter while it is sent is an error, not a short body", async () => {
    await folder.write({ "shrinking.txt": "x".repeat(100_000) });
    const path = join(folder.path, "shrinking.txt");
    const response = new FileResponse(path);
    const chunks = response[Symbol.asyncIterator]();
    await chunks.next();
    await truncate(path, 10);

    await expect(chunks.next()).rejects.toThrow("got shorter while it was sent");
    await response.close();
  });
});

describe("conditions", () => {
  test.each<[headers: Record<string, string>, status: string]>([
    [{ "If-None-Match": ETAG }, "304 Not Modified"],
    [{ "If-None-Match": `W/${ETAG}` }, "304 Not Modified"],
    [{ "If-Modified-Since": DATE }, "304 Not Modified"],
    [{ "If-None-Match": '"x"', "If-Modified-Since": DATE }, "200 OK"],
    [{ "If-Match": '"x"' }, "412 Precondition Failed"],
    [{ "If-Unmodified-Since": "Tue, 14 Nov 2023 22:13:19 GMT" }, "412 Precondition Failed"],
    [{ "If-Match": ETAG }, "200 OK"],
    // The condition comes first: what the client has needs no part (RFC 9110 section 13.2.2).
    [{ "If-None-Match": ETAG, Range: "bytes=0-1" }, "304 Not Modified"],
  ])("%j: %s", async (headers, status) => {
    for (const method of ["GET", "HEAD"])
      expect((await ask(headers, letters, { method })).status).toBe(status);
  });

  test("304 says what it speaks of, and no more", async () => {
    const answer = await ask({ "If-None-Match": ETAG }, letters, {
      headers: { "Cache-Control": "max-age=5", Vary: "Cookie" },
      reason: "Fine",
    });

    expect(answer.status).toBe("304 Not Modified");
    expect(answer.text).toBe("");
    expect(answer.headers).toEqual([
      ["Cache-Control", "max-age=5"],
      ["Vary", "Cookie"],
      ["ETag", ETAG],
      ["Last-Modified", DATE],
    ]);
  });

  test("412 has no content", async () => {
    const answer = await ask({ "If-Match": '"x"' });

    expect(answer.text).toBe("");
    expect(answer.headers).toEqual([
      ["Content-Type", "text/html; charset=utf-8"],
      ["Content-Length", "0"],
    ]);
  });

  test("look at the validators that the view gave", async () => {
    const headers = { ETag: 'W/"mine"' };

    expect((await ask({ "If-None-Match": '"mine"' }, letters, { headers })).status).toMatch(/^304/);
    expect((await ask({ "If-None-Match": ETAG }, letters, { headers })).status).toMatch(/^200/);
    expect(
      (await ask({ "If-None-Match": '"mine"' }, Buffer.from("x"), { headers })).status,
    ).toMatch(/^304/);
  });

  test("are nothing to a POST, or to a status other than 200", async () => {
    const headers = { "If-None-Match": ETAG, Range: "bytes=0-1" };

    expect((await ask(headers, letters, { method: "POST" })).status).toBe("200 OK");
    expect((await ask(headers, letters, { status: 404 })).status).toBe("404 Not Found");
  });
});
