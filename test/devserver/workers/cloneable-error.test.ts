import { describe, expect, test } from "vitest";
import { cloneableError } from "../../../devserver/workers/cloneable-error.ts";

describe("cloneableError", () => {
  test("leaves an error alone that can be cloned", () => {
    const error = new TypeError("plain", { cause: "because" });

    expect(cloneableError(error)).toBe(error);
  });

  test("keeps message and stack of one that cannot", () => {
    const error = new Error("with a function", { cause: () => undefined });

    const copy = cloneableError(error);

    expect(structuredClone(copy)).toMatchObject({ message: "with a function", stack: error.stack });
  });

  test("makes an error of anything else that cannot", () => {
    expect(cloneableError(Symbol("odd"))).toMatchObject({ message: "Symbol(odd)" });
  });
});
