import { describe, expect, test } from "vitest";
import {
  fileValidators,
  isNotModified,
  parseHttpDate,
  wantedRanges,
} from "../../../devserver/httpserver/conditional.ts";

const validators = fileValidators(100, 1_700_000_000_500);
const DATE = "Tue, 14 Nov 2023 22:13:20 GMT";

describe("isNotModified", () => {
  test.each<
    [
      what: string,
      ifNoneMatch: string | undefined,
      ifModifiedSince: string | undefined,
      expected: boolean,
    ]
  >([
    ["no condition", undefined, undefined, false],
    ["the tag", validators.etag, undefined, true],
    ["the tag among others", `"x", ${validators.etag}`, undefined, true],
    ["the weak form of the tag", `W/${validators.etag}`, undefined, true],
    ["any tag", "*", undefined, true],
    ["another tag", '"x"', undefined, false],
    ["another tag and the date: the tag decides", '"x"', DATE, false],
    ["the date", undefined, DATE, true],
    ["a second earlier", undefined, "Tue, 14 Nov 2023 22:13:19 GMT", false],
    ["a date that is none", undefined, "yesterday", false],
    ["a date in another zone", undefined, "Tue, 14 Nov 2023 22:13:20 +0100", false],
  ])("%s", (_what, ifNoneMatch, ifModifiedSince, expected) => {
    expect(isNotModified({ ifNoneMatch, ifModifiedSince }, validators)).toBe(expected);
  });
});

describe("wantedRanges", () => {
  const ranges = (range: string, ifRange?: string) =>
    wantedRanges({ range, ifRange }, 100, validators);

  test.each<[range: string, expected: ReturnType<typeof ranges>]>([
    ["bytes=0-4", [{ start: 0, end: 4 }]],
    ["bytes=90-", [{ start: 90, end: 99 }]],
    ["bytes=-5", [{ start: 95, end: 99 }]],
    ["bytes=-500", [{ start: 0, end: 99 }]],
    [
      "bytes=0-0,50-999",
      [
        { start: 0, end: 0 },
        { start: 50, end: 99 },
      ],
    ],
    ["bytes=0-10,5-20", [{ start: 0, end: 20 }]],
    ["bytes=100-", "unsatisfiable"],
    ["bytes=5-1", "unsatisfiable"],
    ["lines=0-4", undefined],
    ["bytes", undefined],
    [
      `bytes=${Array.from({ length: 20 }, (_, index) => `${index * 4}-${index * 4}`).join(",")}`,
      undefined,
    ],
  ])("%s", (range, expected) => {
    expect(ranges(range)).toEqual(expected);
  });

  test.each<[ifRange: string, isPart: boolean]>([
    [validators.etag, true],
    [`W/${validators.etag}`, false],
    ['"other"', false],
    [DATE, true],
    ["Tue, 14 Nov 2023 22:13:21 GMT", false],
  ])("sends a part for If-Range %s: %s", (ifRange, isPart) => {
    expect(ranges("bytes=0-4", ifRange) !== undefined).toBe(isPart);
  });
});

describe("parseHttpDate", () => {
  test.each([
    "Sun, 06 Nov 1994 08:49:37 GMT",
    "Sunday, 06-Nov-94 08:49:37 GMT",
    "Sun Nov  6 08:49:37 1994",
  ])("reads %s", (text) => {
    expect(parseHttpDate(text)).toBe(784_111_777);
  });

  test.each(["Wed, 31 Feb 1999 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT"])(
    "refuses %s, which never was",
    (text) => {
      expect(parseHttpDate(text)).toBeUndefined();
    },
  );

  test("takes a two-digit year that is far ahead as one of the past", () => {
    const now = Date.UTC(2026, 0, 1);

    expect(parseHttpDate("Sunday, 06-Nov-77 08:49:37 GMT", now)).toBeLessThan(now / 1000);
    expect(parseHttpDate("Sunday, 06-Nov-76 08:49:37 GMT", now)).toBeGreaterThan(now / 1000);
  });

  test.each(["", "1", "2023", "Tue, 14 Nov 2023 22:13:20", "Tue, 14 Nov 2023 22:13:20 CET"])(
    "reads nothing out of %j",
    (text) => {
      expect(parseHttpDate(text)).toBeUndefined();
    },
  );
});
