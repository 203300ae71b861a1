import { describe, expect, test } from "vitest";
import { HTTPHeaders } from "../../../devserver/httpserver/http-headers.ts";

describe("HTTPHeaders", () => {
  const headers = new HTTPHeaders(["Host", "x", "Accept", "a", "ACCEPT", "b", "Empty", ""]);

  test("finds the first field of a name, without regard to case", () => {
    expect(headers.get("aCCept")).toBe("a");
  });

  test("finds every field of a name, in order", () => {
    expect(headers.getAll("accept")).toEqual(["a", "b"]);
  });

  test("has a field that is empty", () => {
    expect([headers.has("empty"), headers.get("Empty")]).toEqual([true, ""]);
  });

  test("has nothing for other names", () => {
    expect([headers.has("Hos"), headers.get("x"), headers.getAll("b")]).toEqual([
      false,
      undefined,
      [],
    ]);
  });

  test("is iterated in the order of the request, names as sent", () => {
    expect([...headers]).toEqual([
      ["Host", "x"],
      ["Accept", "a"],
      ["ACCEPT", "b"],
      ["Empty", ""],
    ]);
  });
});
