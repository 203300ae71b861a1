import { describe, expect, test } from "vitest";
import { Headers } from "../../../devserver/wsgiserver/headers.ts";

describe("Headers", () => {
  test("finds names without regard to case, the first of several", () => {
    const headers = new Headers([
      ["A", "1"],
      ["b", "2"],
      ["a", "3"],
    ]);

    expect([headers.get("a"), headers.get("B"), headers.get("c")]).toEqual(["1", "2", undefined]);
    expect([headers.getAll("A"), headers.getAll("c")]).toEqual([["1", "3"], []]);
    expect([headers.has("B"), headers.has("c"), headers.length]).toEqual([true, false, 3]);
  });

  test("set replaces all of a name by one at the end; delete of a missing one is no error", () => {
    const headers = new Headers([
      ["A", "1"],
      ["B", "2"],
      ["a", "3"],
    ]);

    headers.set("A", "only");
    headers.delete("nope");

    expect(headers.items()).toEqual([
      ["B", "2"],
      ["A", "only"],
    ]);
  });

  test("setDefault adds only what is missing", () => {
    const headers = new Headers([["A", "1"]]);

    expect([headers.setDefault("a", "2"), headers.setDefault("B", "3")]).toEqual(["1", "3"]);
    expect(headers.keys()).toEqual(["A", "B"]);
    expect(headers.values()).toEqual(["1", "3"]);
  });

  test("addHeader writes parameters as Python does", () => {
    const headers = new Headers();

    headers.addHeader("Content-Disposition", "attachment", {
      filename: String.raw`b"u\d.gif`,
      x: undefined,
      long_name: "y",
    });
    headers.addHeader("X-Params", undefined, { only: "this" });

    expect(headers.get("content-disposition")).toBe(
      String.raw`attachment; filename="b\"u\\d.gif"; x; long-name="y"`,
    );
    expect(headers.get("x-params")).toBe('only="this"');
  });

  test("is written as it is sent", () => {
    const headers = new Headers([
      ["A", "1"],
      ["B", "\xe4"],
    ]);

    expect(String(headers)).toBe("A: 1\r\nB: \xe4\r\n\r\n");
    expect(headers.toBytes()).toEqual(Buffer.from("A: 1\r\nB: \xe4\r\n\r\n", "latin1"));
    expect([...headers]).toEqual(headers.items());
  });

  test("leaves the list alone that it is given", () => {
    const fields: [string, string][] = [["A", "1"]];

    new Headers(fields).set("A", "2");

    expect(fields).toEqual([["A", "1"]]);
  });

  test.each<[name: string, value: string]>([
    ["A", "b\r\nSet-Cookie: c"],
    ["A\r\nB", "c"],
    ["A B", "c"],
    ["A", "\u20ac"],
  ])("refuses %j: %j", (name, value) => {
    expect(() => new Headers([[name, value]])).toThrow(TypeError);
    expect(() => new Headers().set(name, value)).toThrow(TypeError);
    expect(() => new Headers().setDefault(name, value)).toThrow(TypeError);
    expect(() => new Headers().addHeader(name, value)).toThrow(TypeError);
  });
});
