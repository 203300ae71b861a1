import { describe, expect, test } from "vitest";
import { errorCode } from "../../../framework/utils/error-code.ts";

describe("errorCode", () => {
  test.each([
    [Object.assign(new Error("no"), { code: "ENOENT" }), "ENOENT"],
    [new Error("no"), undefined],
    [Object.assign(new Error("no"), { code: 2 }), undefined],
    [{ code: "ENOENT" }, undefined],
    [undefined, undefined],
  ])("of %o is %s", (error, code) => {
    expect(errorCode(error)).toBe(code);
  });
});
