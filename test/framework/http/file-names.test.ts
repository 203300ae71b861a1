import { describe, expect, test } from "vitest";
import { contentDispositionHeader } from "../../../framework/http/content-disposition.ts";
import { guessType } from "../../../framework/http/file-types.ts";

describe("contentDispositionHeader", () => {
  test.each<[asAttachment: boolean, filename: string, expected: string | undefined]>([
    [false, "", undefined],
    [true, "", "attachment"],
    [false, "x.py", 'inline; filename="x.py"'],
    [true, "x.py", 'attachment; filename="x.py"'],
    [true, 'a "b" \\c.txt', String.raw`attachment; filename="a \"b\" \\c.txt"`],
    [true, "é.txt", "attachment; filename*=utf-8''%C3%A9.txt"],
    [
      true,
      "it's (日本)*!.txt",
      "attachment; filename*=utf-8''it%27s%20%28%E6%97%A5%E6%9C%AC%29%2A%21.txt",
    ],
    [true, "a\r\nX: y", "attachment; filename*=utf-8''a%0D%0AX%3A%20y"],
    [true, "\ud800", "attachment; filename*=utf-8''%EF%BF%BD"],
  ])("%s %j: %s", (asAttachment, filename, expected) => {
    expect(contentDispositionHeader(asAttachment, filename)).toBe(expected);
  });
});

describe("guessType", () => {
  test.each([
    ["a.txt", "text/plain"],
    ["a.HTML", "text/html"],
    ["a.js", "text/javascript"],
    ["a.ts", "text/plain"],
    ["a.tar.gz", "application/gzip"],
    ["a.tgz", "application/gzip"],
    ["a.bz2", "application/x-bzip"],
    ["a.xz", "application/x-xz"],
    ["a.Z", "application/x-compress"],
    ["a.br", "application/x-brotli"],
    ["README", "application/octet-stream"],
    ["", "application/octet-stream"],
    ["a.constructor", "application/octet-stream"],
  ])("%s is %s", (name, type) => {
    expect(guessType(name)).toBe(type);
  });
});
