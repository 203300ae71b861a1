import { describe, expect, test } from "vitest";
import { chainOf } from "../../../../framework/views/debug/thrown.ts";

function shortly(error: unknown): string[] {
  return chainOf(error).map(({ relation, name, message, isRepeated }) =>
    [relation, name, message, isRepeated ? "again" : ""].filter((part) => part !== "").join("|"),
  );
}

describe("chainOf", () => {
  test("follows causes", () => {
    const error = new TypeError("outer", { cause: new RangeError("inner", { cause: "text" }) });

    expect(shortly(error)).toEqual([
      "TypeError|outer",
      "caused by|RangeError|inner",
      "caused by|Thrown string|text",
    ]);
  });

  test("names a circle and ends there", () => {
    const inner = new Error("inner");
    const outer = new Error("outer", { cause: inner });
    inner.cause = outer;

    expect(shortly(outer)).toEqual([
      "Error|outer",
      "caused by|Error|inner",
      "caused by|Error|outer|again",
    ]);
  });

  test("counts the errors of an AggregateError, and of a SuppressedError", () => {
    const both = new AggregateError([new Error("a"), new Error("b")], "both");
    const suppressed = new SuppressedError(new Error("closing"), new Error("working"), "late");

    expect(shortly(both)).toEqual([
      "AggregateError|both",
      "error 1 of 2|Error|a",
      "error 2 of 2|Error|b",
    ]);
    expect(shortly(suppressed)).toEqual([
      "SuppressedError|late",
      "thrown while resources were disposed of|Error|closing",
      "suppressed by it|Error|working",
    ]);
  });

  test("names an error by its class where the class has no name of its own", () => {
    class TuneMissing extends Error {}

    expect(shortly(new TuneMissing("nuages"))).toEqual(["TuneMissing|nuages"]);
  });

  test.each([
    [null, "Thrown null|null"],
    [undefined, "Thrown undefined|undefined"],
    [7, "Thrown number|7"],
  ])("takes %s, which is no error", (thrown, expected) => {
    expect(shortly(thrown)).toEqual([expected]);
  });

  test("survives errors whose properties throw", () => {
    const error = new Error("x", { cause: 1 });
    for (const key of ["name", "message", "cause", "errors", "code"]) {
      Object.defineProperty(error, key, {
        get: () => {
          throw new Error("no");
        },
      });
    }

    expect(shortly(error)).toEqual(["Error"]);
  });

  test("ends after thirty errors", () => {
    let error = new Error("last");
    for (let depth = 0; depth < 100; depth += 1) error = new Error("more", { cause: error });

    expect(chainOf(error)).toHaveLength(30);
  });
});
