import { describe, expect, test } from "vitest";
import { preferredCoding } from "../../../framework/http/accept-encoding.ts";

const CODINGS = ["zstd", "br", "gzip"] as const;

describe("preferredCoding", () => {
  test.each([
    [undefined, undefined],
    ["", undefined],
    ["gzip", "gzip"],
    ["GZIP", "gzip"],
    ["x-gzip", "gzip"],
    ["gzip, deflate, br, zstd", "zstd"],
    ["gzip, deflate, br", "br"],
    ["gzip;q=1.0, br;q=0.9", "gzip"],
    ["gzip;q=0.5, br;q=0.5", "br"],
    ["gzip;q=0", undefined],
    ["gzip;q=0.0, br;q=0.001", "br"],
    ["gzip ; q=0.3 , br ; Q=0.2", "gzip"],
    ["*", "gzip"],
    ["*;q=0", undefined],
    ["*, gzip;q=0", undefined],
    ["br;q=0, *", "gzip"],
    ["identity", undefined],
    ["identity, gzip", "gzip"],
    ["identity, gzip;q=0.5", undefined],
    ["identity;q=0, gzip;q=0.5", "gzip"],
    ["deflate", undefined],
    ["notgzip", undefined],
    ["gzip-foo", undefined],
    ["gzip;q=2", undefined],
    ["gzip;q=high, br", "br"],
    [",, gzip ,", "gzip"],
  ])("takes %j to mean %j", (header, expected) => {
    expect(preferredCoding(header, CODINGS)).toBe(expected);
  });

  test("chooses only among what is offered", () => {
    expect(preferredCoding("gzip, br, zstd", ["gzip"])).toBe("gzip");
    expect(preferredCoding("br, zstd", ["gzip"])).toBeUndefined();
  });
});
