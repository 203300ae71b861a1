import { describe, expect, test } from "vitest";
import { formatDate } from "../../../framework/utils/date-format.ts";
import { isTimeZone } from "../../../framework/utils/zoned-time.ts";

const summer = new Date("2026-07-01T22:30:05.678Z");
const winter = new Date("2026-01-01T03:00:00Z");

// The letters themselves are compared with Django's in test/framework/templates/filters/django.test.ts.
describe("formatDate", () => {
  test.each([
    ["Europe/Berlin", summer, "Y-m-d H:i:s O e I Z", "2026-07-02 00:30:05 +0200 CEST 1 7200"],
    ["Europe/Berlin", winter, "Y-m-d H:i O T I Z", "2026-01-01 04:00 +0100 CET 0 3600"],
    ["America/New_York", winter, "D j M y P T", "Wed 31 Dec 25 10 p.m. EST"],
    ["Asia/Kathmandu", winter, "c", "2026-01-01T08:45:00+05:45"],
    ["America/St_Johns", summer, "r", "Wed, 01 Jul 2026 20:00:05 -0230"],
    ["UTC", summer, "c u U", "2026-07-01T22:30:05.678000+00:00 678000 1782945005"],
    ["Australia/Sydney", winter, "I e", "1 AEDT"],
  ])("in %s", (zone, date, format, expected) => {
    expect(formatDate(date, format, zone)).toBe(expected);
  });

  test("leaves what is no letter of a format, and what is escaped", () => {
    expect(formatDate(winter, String.raw`\Y\\ K, é-5 {x}`, "UTC")).toBe("Y\\ K, é-5 {x}");
  });

  test("keeps years before 1000 and dates before 1970 apart", () => {
    const old = new Date("0987-06-05T04:03:02Z");

    expect(formatDate(old, "Y-m-d H:i:s", "UTC")).toBe("0987-06-05 04:03:02");
    expect(formatDate(new Date(-1), "Y-m-d H:i:s u", "UTC")).toBe("1969-12-31 23:59:59 999000");
  });

  test("refuses what is no date, and a zone that does not exist", () => {
    expect(() => formatDate(new Date(Number.NaN), "Y", "UTC")).toThrow(RangeError);
    expect(() => formatDate(winter, "Y", "Mars/Crater")).toThrow(RangeError);
    expect([isTimeZone("Europe/Paris"), isTimeZone("Mars/Crater"), isTimeZone(1)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
