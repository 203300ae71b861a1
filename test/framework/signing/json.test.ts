import { describe, expect, test } from "vitest";
import { UnsignableValue } from "../../../framework/signing/exceptions.ts";
import { formatJson, jsonSerializer } from "../../../framework/signing/json.ts";
import { Random } from "../../support/random.ts";
import { randomJson } from "../../support/random-json.ts";

/** Each is what Python's `json.dumps(…, separators=(",", ":"))` writes for the value that it stands for. */
const WRITTEN_BY_PYTHON = [
  "null",
  "true",
  "0",
  "-1",
  "9007199254740991",
  "0.1",
  "-2.5",
  "123.456",
  "0.0001",
  "0.00012345",
  "1e-05",
  "1.5e-07",
  "-2.5e-09",
  "1e-10",
  "5e-324",
  "1e+21",
  "1.5e+300",
  "-0.0",
  '"\\u007f\\u0080\\u00a0"',
  '"\\u2028\\u2029\\ufeff\\uffff"',
  '"\\ud83d\\udc0d"',
  '"\\ud800"',
  '"</script>&\'\\""',
  '{"b":1,"a":[2,{"\\u00e9":null}]}',
  '{"__proto__":1}',
  '"\\u0000\\b\\u000b\\u001f"',
];

describe("formatJson", () => {
  test.each(WRITTEN_BY_PYTHON)("writes %s as Python does", (text) => {
    expect(formatJson(JSON.parse(text))).toBe(text);
  });

  test("writes ASCII that JSON.parse gives the same value for", () => {
    const random = new Random(12);
    const values = Array.from({ length: 2000 }, () => randomJson(random));

    const texts = values.map(formatJson);

    expect(texts.map((text) => JSON.parse(text) as unknown)).toEqual(values);
    expect(texts.filter((text) => !/^[ -~]*$/.test(text))).toEqual([]);
  });

  test("leaves undefined properties out, and writes the same object twice if it is met twice", () => {
    const shared = Object.assign(Object.create(null) as object, { a: undefined, b: 1 });

    expect(formatJson([shared, shared])).toBe('[{"b":1},{"b":1}]');
  });

  const circle: { self?: unknown } = {};
  circle.self = [circle];
  test.each([
    ["undefined", undefined, "the value is undefined; "],
    ["NaN in a list", [1, [Number.NaN]], "the value[1][0] is NaN; "],
    ["infinity", { a: { b: -Infinity } }, "the value.a.b is -Infinity; "],
    ["a date", { at: new Date(0) }, "the value.at is a Date; "],
    ["a map", new Map(), "the value is a Map; "],
    ["a function", { f() {} }, "the value.f is a function named f; "],
    ["a bigint", [1n], "the value[0] is 1n (a bigint); "],
    ["a hole", Array(1), "the value[0] is undefined; "],
    ["a symbol", Symbol("x"), "the value is Symbol(x) (a symbol); "],
    ["a circle", circle, "the value.self[0] is an object that contains itself; "],
  ])("refuses %s, and says where it is", (_what, value, message) => {
    expect(() => formatJson(value)).toThrow(UnsignableValue);
    expect(() => formatJson(value)).toThrow(message);
  });
});

describe("jsonSerializer", () => {
  test("reads UTF-8 that another writer did not escape", () => {
    expect(jsonSerializer.loads(Buffer.from('{"text":"héllo 🐍"}'))).toEqual({ text: "héllo 🐍" });
  });

  test.each([
    ["no JSON", Buffer.from("{"), SyntaxError],
    ["Python's NaN", Buffer.from("NaN"), SyntaxError],
    ["no UTF-8", Buffer.from([0x22, 0xe9, 0x22]), TypeError],
    ["a byte order mark", Buffer.from("\ufeff1"), SyntaxError],
  ])("throws for %s", (_what, bytes, error) => {
    expect(() => jsonSerializer.loads(bytes)).toThrow(error);
  });
});
