import { describe, expect, test } from "vitest";
import { checkHeaders, checkStatus, makeHead } from "../../../framework/adapters/response-head.ts";
import type { HeaderList } from "../../../framework/wsgi.ts";

const LENGTH: HeaderList = [["content-length", "5"]];

describe("makeHead", () => {
  test.each<
    [what: string, status: string, headers: HeaderList, known: number | undefined, out: HeaderList]
  >([
    ["adds a length that is known", "200 OK", [], 3, [["Content-Length", "3"]]],
    ["keeps a length that is declared", "200 OK", LENGTH, 3, LENGTH],
    ["adds none that nobody knows", "200 OK", [], undefined, []],
    ["takes the length from a 204", "204 No Content", LENGTH, 3, []],
    ["makes the length of a 205 zero", "205 Reset", LENGTH, 3, [["Content-Length", "0"]]],
    ["leaves that of a 304, and adds none", "304 Not Modified", LENGTH, 3, LENGTH],
    ["adds none to a 304", "304 Not Modified", [], 3, []],
  ])("%s", (_what, status, headers, known, expected) => {
    expect(makeHead(status, headers, false, known).headers).toEqual(expected);
  });

  test.each([
    ["200 OK", false, true],
    ["200 OK", true, false],
    ["204 No Content", false, false],
    ["205 Reset", false, false],
    ["304 Not Modified", false, false],
  ])("knows whether %s has a body (HEAD: %s)", (status, isHead, hasBody) => {
    expect(makeHead(status, [], isHead, 5).hasBody).toBe(hasBody);
  });

  test.each<[what: string, headers: HeaderList]>([
    ["is no number", [["Content-Length", "0x5"]]],
    ["is there twice", [...LENGTH, ...LENGTH]],
  ])("refuses a length that %s", (_what, headers) => {
    expect(() => makeHead("200 OK", headers, false, undefined)).toThrow("Content-Length");
  });
});

describe("startResponse is refused", () => {
  test.each(["", "200", "200OK", "20 OK", "600 No", "200 a\r\nb", "200 \u0101", "101 Switching"])(
    "the status %j",
    (status) => {
      expect(() => checkStatus(status)).toThrow(TypeError);
    },
  );

  test.each([
    ["", "a"],
    ["a b", "a"],
    ["a:", "a"],
    ["Transfer-Encoding", "chunked"],
    ["X", "a\r\nb"],
    ["X", "\0"],
    ["X", "\u0101"],
    ["X", 5 as unknown as string],
  ])("the header %j: %j", (name, value) => {
    expect(() => checkHeaders([[name, value]])).toThrow(Error);
  });
});
