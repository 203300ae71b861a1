import { describe, expect, test } from "vitest";
import {
  formatHttpDate,
  formatLogDate,
  oncePerSecond,
} from "../../../devserver/httpserver/dates.ts";

describe("formatHttpDate", () => {
  test("is an IMF-fixdate of RFC 9110", () => {
    expect(formatHttpDate(Date.UTC(1994, 10, 6, 8, 49, 37))).toBe("Sun, 06 Nov 1994 08:49:37 GMT");
  });
});

describe("formatLogDate", () => {
  test("is Python's log date, in local time", () => {
    const date = new Date(2026, 0, 2, 3, 4, 5);

    expect(formatLogDate(date.getTime())).toBe("02/Jan/2026 03:04:05");
  });
});

describe("oncePerSecond", () => {
  test("formats again only in another second", () => {
    const seen: number[] = [];
    const format = oncePerSecond((milliseconds) => `${seen.push(milliseconds)}`);

    const texts = [1000, 1999, 2000, 1500].map(format);

    expect(texts).toEqual(["1", "1", "2", "3"]);
    expect(seen).toEqual([1000, 2000, 1500]);
  });
});
