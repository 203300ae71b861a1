import { describe, expect, test } from "vitest";
import { BadRequest } from "../../../framework/exceptions.ts";
import { parseContentType } from "../../../framework/http/content-type.ts";

describe("parseContentType", () => {
  test("gives type, parameters and encoding", () => {
    const parsed = parseContentType('Text/HTML; Charset="UTF8"; boundary=X');

    expect(parsed.type).toBe("text/html");
    expect(Object.fromEntries(parsed.params)).toEqual({ charset: "UTF8", boundary: "X" });
    expect(parsed.encoding).toBe("utf-8");
  });

  test.each([undefined, "", "text/plain", "text/plain; charset=bogus", "text/plain; charset="])(
    "knows no encoding of %j",
    (header) => {
      expect(parseContentType(header).encoding).toBeUndefined();
    },
  );

  test("reads what the environ holds: bytes as latin-1", () => {
    expect(parseContentType("a/b; c=caf\xc3\xa9").params.get("c")).toBe("café");
  });

  test.each([`a/b; c=${"x".repeat(10_000)}`, "a/b; c*=BOGUS''x"])("refuses %.20s", (header) => {
    expect(() => parseContentType(header)).toThrow(BadRequest);
    expect(() => parseContentType(header)).toThrow(/^Invalid Content-Type header\.$/);
  });

  test("takes 10,000 characters", () => {
    expect(parseContentType(`a/b; c=${"x".repeat(9993)}`).type).toBe("a/b");
  });
});
