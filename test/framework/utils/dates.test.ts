import { describe, expect, test } from "vitest";
import { formatHttpDate, parseHttpDate } from "../../../framework/utils/dates.ts";

describe("HTTP dates", () => {
  test("are written as IMF-fixdate", () => {
    expect(formatHttpDate(0)).toBe("Thu, 01 Jan 1970 00:00:00 GMT");
    expect(formatHttpDate(1_167_616_461)).toBe("Mon, 01 Jan 2007 01:54:21 GMT");
  });

  test.each([
    "Sun, 06 Nov 1994 08:49:37 GMT",
    "Sunday, 06-Nov-94 08:49:37 GMT",
    "Sun Nov  6 08:49:37 1994",
  ])("are read: %s", (text) => {
    expect(parseHttpDate(text)).toBe(784_111_777);
  });

  test.each([
    ["Sunday, 06-Nov-70 08:49:37 GMT", 2070],
    ["Sunday, 06-Nov-71 08:49:37 GMT", 1971],
  ])("%s has the nearer century", (text, year) => {
    const in2020 = Date.UTC(2020, 0) / 1000;

    const seconds = parseHttpDate(text, in2020) ?? Number.NaN;

    expect(new Date(seconds * 1000).getUTCFullYear()).toBe(year);
  });

  test("may have a leap second", () => {
    expect(parseHttpDate("Sat, 31 Dec 2016 23:59:60 GMT")).toBe(1_483_228_800);
  });

  test.each([
    "",
    "tomorrow",
    "0",
    "Sun, 06 Nov 1994 08:49:37",
    "Sun, ٠٦ Nov 1994 08:49:37 GMT",
    "Wed, 31 Feb 1999 08:49:37 GMT",
    "Sun, 00 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 24:00:00 GMT",
    "Sun, 06 Nov 1994 08:60:00 GMT",
  ])("%j is none", (text) => {
    expect(parseHttpDate(text)).toBeUndefined();
  });
});
