import { describe, expect, test } from "vitest";
import { checkFileName, sanitizeFileName } from "../../../../framework/http/uploads/file-names.ts";

describe("sanitizeFileName", () => {
  test.each([
    ["hax0rd.txt", "hax0rd.txt"],
    ["/tmp/hax0rd.txt", "hax0rd.txt"],
    ["C:\\Windows\\hax0rd.txt", "hax0rd.txt"],
    ["C:/Windows/hax0rd.txt", "hax0rd.txt"],
    ["\\tmp\\hax0rd.txt", "hax0rd.txt"],
    ["../hax0rd.txt", "hax0rd.txt"],
    ["..\\..\\hax0rd.txt", "hax0rd.txt"],
    ["../..\\hax0rd.txt", "hax0rd.txt"],
    ["&#x2F;tmp&#47;hax&#48;rd.txt", "hax0rd.txt"],
    ["R&amp;B &lt;1&gt;.txt", "R&B <1>.txt"],
    ["&sol;x &#0; &#xD800; &bogus;", "&sol;x \ufffd \ufffd &bogus;"],
    ["hax\0\r\n0rd\u200b.txt", "hax0rd.txt"],
    ["evil\u202etxt.exe", "eviltxt.exe"],
    ["日本 ♥.txt", "日本 ♥.txt"],
  ])("makes %j safe", (sent, name) => {
    expect(sanitizeFileName(sent)).toBe(name);
  });

  test.each([
    "",
    ".",
    "..",
    "/",
    "/.",
    "C:\\Windows\\",
    "ends-with-slash/",
    "\u200b",
    " ",
    "&#46;&#46;",
  ])("finds no name in %j", (sent) => {
    expect(sanitizeFileName(sent)).toBeUndefined();
  });
});

describe("checkFileName", () => {
  test.each([
    [`${"f".repeat(300)}.txt`, `${"f".repeat(251)}.txt`],
    [`foo.${"f".repeat(300)}`, `.${"f".repeat(254)}`],
    ["f".repeat(300), "f".repeat(255)],
    [`${"💾".repeat(300)}.txt`, `${"💾".repeat(251)}.txt`],
    ["a/b/c.txt", "c.txt"],
  ])("keeps the last part of a path, and the extension of a long one", (path, name) => {
    expect(checkFileName(path)).toBe(name);
  });

  test.each(["", "..", "a/.", "a/"])("refuses %j", (path) => {
    expect(() => checkFileName(path)).toThrow(`Could not derive file name from '${path}'`);
  });
});
