import { describe, expect, test } from "vitest";
import { timeSince } from "../../../framework/utils/time-since.ts";

describe("timeSince", () => {
  // As Django 5.2.17 has them.
  test.each([
    ["2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "0 minutes"],
    ["2026-01-01T00:00:00Z", "2026-01-01T00:00:59Z", "0 minutes"],
    ["2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z", "1 minute"],
    ["2026-01-01T00:00:00Z", "2026-01-01T05:30:00Z", "5 hours, 30 minutes"],
    ["2026-01-01T00:00:00Z", "2026-01-09T05:30:00Z", "1 week, 1 day"],
    ["2026-01-31T00:00:00Z", "2026-03-01T00:00:00Z", "1 month"],
    ["2024-02-29T10:00:00Z", "2026-02-28T09:00:00Z", "1 year, 11 months"],
    ["2024-02-29T10:00:00Z", "2027-03-28T09:00:00Z", "3 years"],
    ["2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "0 minutes"],
    ["2020-05-05T05:05:05Z", "2026-11-21T13:05:00Z", "6 years, 6 months"],
    ["2026-11-21T13:05:00Z", "2020-05-05T05:05:05Z", "0 minutes"],
    ["2026-01-01T00:00:00Z", "2026-01-08T00:10:00Z", "1 week"],
    ["2026-01-01T12:00:00Z", "2026-02-01T11:00:00Z", "4 weeks, 2 days"],
    ["2026-01-01T12:00:00Z", "2027-01-01T12:00:00Z", "1 year"],
    ["2025-11-30T12:00:00Z", "2026-03-01T12:00:00Z", "3 months"],
  ])("from %s to %s is %s", (from, to, expected) => {
    expect(timeSince(new Date(from), new Date(to))).toBe(expected.replaceAll(/(\d) /g, "$1\u00a0"));
  });

  test("goes as deep as it is asked to", () => {
    const [from, to] = [new Date("2020-05-05T05:05:05Z"), new Date("2022-07-08T06:06:06Z")];

    expect([1, 3, 9].map((depth) => timeSince(from, to, depth).replaceAll("\u00a0", " "))).toEqual([
      "2 years",
      "2 years, 2 months",
      "2 years, 2 months",
    ]);
  });
});
