import { describe, expect, test } from "vitest";
import { lengthOf, multipartSegments, wantedRanges } from "../../../framework/http/byte-ranges.ts";

describe("wantedRanges", () => {
  test.each<[range: string | undefined, expected: ReturnType<typeof wantedRanges>]>([
    [undefined, undefined],
    ["bytes=0-4", [{ start: 0, end: 4 }]],
    ["Bytes=0-4", [{ start: 0, end: 4 }]],
    ["bytes=90-", [{ start: 90, end: 99 }]],
    ["bytes=90-1000", [{ start: 90, end: 99 }]],
    ["bytes=-5", [{ start: 95, end: 99 }]],
    ["bytes=-500", [{ start: 0, end: 99 }]],
    ["bytes=-0", "unsatisfiable"],
    [
      "bytes=0-0, -1",
      [
        { start: 0, end: 0 },
        { start: 99, end: 99 },
      ],
    ],
    ["bytes=0-10,5-20", [{ start: 0, end: 20 }]],
    ["bytes=50-60,200-", [{ start: 50, end: 60 }]],
    ["bytes=100-", "unsatisfiable"],
    ["lines=0-4", undefined],
    ["bytes", undefined],
    ["bytes=", undefined],
    ["bytes=a-b", undefined],
    ["bytes=1e1-", undefined],
    [
      `bytes=${Array.from({ length: 17 }, (_, index) => `${index * 4}-${index * 4}`).join(",")}`,
      undefined,
    ],
  ])("%s", (range, expected) => {
    expect(wantedRanges(range, 100)).toEqual(expected);
  });

  test("an empty file has no parts", () => {
    expect(wantedRanges("bytes=0-", 0)).toBeUndefined();
  });
});

test("a multipart body has the length it says", () => {
  const ranges = [
    { start: 0, end: 1 },
    { start: 8, end: 9 },
  ];

  const segments = multipartSegments(ranges, 10, "text/plain", "B");

  const shown = segments.map((segment) =>
    segment instanceof Uint8Array ? segment.toString() : "##",
  );
  expect(shown.join("")).toBe(
    "\r\n--B\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-1/10\r\n\r\n##" +
      "\r\n--B\r\nContent-Type: text/plain\r\nContent-Range: bytes 8-9/10\r\n\r\n##\r\n--B--\r\n",
  );
  expect(lengthOf(segments)).toBe(shown.join("").length);
});
