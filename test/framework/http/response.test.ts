import { describe, expect, test } from "vitest";
import { HttpResponse, type ResponseOptions } from "../../../framework/http/response.ts";

describe("HttpResponse", () => {
  test("has a status, a reason, a content type and UTF-8 content", () => {
    const response = new HttpResponse("é");

    expect(response.status).toBe(200);
    expect(response.reason).toBe("OK");
    expect(response.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
    expect([...response.content]).toEqual([0xc3, 0xa9]);
    expect(response.text).toBe("é");
  });

  test("takes bytes as they are", () => {
    expect([...new HttpResponse(new Uint8Array([1, 2])).content]).toEqual([1, 2]);
  });

  test("keeps a content type from its headers", () => {
    const response = new HttpResponse("", { headers: { "content-type": "text/css" } });

    expect(response.headers.get("Content-Type")).toBe("text/css");
  });

  test("refuses a content type that is given twice", () => {
    expect(
      () => new HttpResponse("", { contentType: "a/b", headers: [["content-TYPE", "c/d"]] }),
    ).toThrow(
      "'headers' must not contain 'Content-Type' when the 'contentType' parameter is provided.",
    );
  });

  test("joins an iterable at once, and closes it", () => {
    let closed = 0;
    const pieces = Object.assign(["a", Buffer.from("b"), "é"], { close: () => (closed += 1) });

    const response = new HttpResponse(pieces);

    expect(response.text).toBe("abé");
    expect(closed).toBe(1);
    expect(() => new HttpResponse(Object.assign([1], { close: pieces.close }) as never)).toThrow(
      "found 1 (a number)",
    );
    expect(closed).toBe(2);
  });

  test("is a file that can be written to", () => {
    const response = new HttpResponse("a");

    response.write("b");
    response.write(Buffer.from("é"));
    response.writeLines(["c\n", "d"]);

    expect(response.text).toBe("abéc\nd");
    expect(response.tell()).toBe(7);
    expect(response.getValue()).toBe(response.content);
    response.content = "new";
    expect(response.text).toBe("new");
    expect([...response].map(String)).toEqual(["new"]);
  });

  test("has a reason of its own, or that of its status", () => {
    const response = new HttpResponse("", { status: 404 });
    expect(response.reason).toBe("Not Found");

    response.status = 599;
    expect(response.reason).toBe("Unknown Status Code");

    response.reason = "Out of Tune";
    expect(response.reason).toBe("Out of Tune");
    expect(() => (response.reason = "a\x7fb")).toThrow("can't contain control characters");
  });

  test.each([99, 600, 1000])("refuses the status %i", (status) => {
    expect(() => new HttpResponse("", { status })).toThrow(RangeError);
  });

  test("refuses a status that is no integer, a reason with a newline, content of another kind", () => {
    expect(() => new HttpResponse("", { status: 200.5 })).toThrow(TypeError);
    expect(() => new HttpResponse("", { reason: "a\r\nb" })).toThrow(
      "can't contain control characters",
    );
    expect(() => new HttpResponse(12 as unknown as string)).toThrow("found 12 (a number)");
  });

  test("sets a cookie once per name", () => {
    const response = new HttpResponse().setCookie("a", "1").setCookie("a", "2").deleteCookie("b");

    expect([...response.cookies.keys()]).toEqual(["a", "b"]);
    expect(response.cookies.get("a")).toBe("a=2; Path=/");
  });

  test("closes once, and runs every closer though one fails", async () => {
    const calls: string[] = [];
    const response = new HttpResponse()
      .onClose(() => void calls.push("first"))
      .onClose(() => {
        throw new Error("no");
      })
      .onClose(async () => {
        await Promise.resolve();
        throw new Error("no either");
      })
      .onClose(() => void calls.push("last"));

    await response.close();
    await response.close();

    expect(calls).toEqual(["first", "last"]);
    expect(response.closed).toBe(true);
  });
});

describe("the charset", () => {
  test.each<[options: ResponseOptions, charset: string, bytes: number[]]>([
    [{}, "utf-8", [0xc3, 0xa9]],
    [{ contentType: "text/plain" }, "utf-8", [0xc3, 0xa9]],
    [{ contentType: "text/plain; charset=ISO-8859-1" }, "ISO-8859-1", [0xe9]],
    [{ contentType: 'text/plain; charset="utf-16le"' }, "utf-16le", [0xe9, 0]],
    [{ charset: "latin1" }, "latin1", [0xe9]],
    [{ contentType: "text/plain; charset=utf-8", charset: "latin1" }, "latin1", [0xe9]],
    [{ headers: { "Content-Type": "a/b; charset=latin1" } }, "latin1", [0xe9]],
  ])("of %j is %s", (options, charset, bytes) => {
    const response = new HttpResponse("é", options);

    expect(response.charset).toBe(charset);
    expect([...response.content]).toEqual(bytes);
    expect(response.text).toBe("é");
  });

  test("stands in the content type, unless that is given", () => {
    const latin = new HttpResponse("", { charset: "latin1" });

    expect(latin.headers.get("Content-Type")).toBe("text/html; charset=latin1");
  });

  test("that text cannot be written in may still carry bytes", () => {
    const options = { contentType: "text/plain; charset=koi8-r" };

    expect(new HttpResponse(Buffer.from([0xc1]), options).text).toBe("а");
    expect(() => new HttpResponse("а", options)).toThrow("text cannot be written as koi8-r");
  });

  test.each([
    ["latin1", "℃", "U+2103"],
    ["us-ascii", "é", "U+00E9"],
    ["iso-8859-1", "🎻", "U+1F3BB"],
  ])("%s refuses %s", (charset, text, name) => {
    expect(() => new HttpResponse(text, { charset })).toThrow(
      `${charset} has no character ${name}`,
    );
  });
});
