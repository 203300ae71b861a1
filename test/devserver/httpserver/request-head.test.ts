import { describe, expect, test } from "vitest";
import type { HTTPLimits } from "../../../devserver/httpserver/limits.ts";
import { Random } from "../../support/random.ts";
import { generateRequest } from "../../support/http-corpus.ts";
import { head, parseAtOnce, parseInPieces } from "../../support/request-heads.ts";

/** Small enough to be reached with short texts. */
const LIMITS: HTTPLimits = { maxRequestLine: 30, maxHeaderLine: 20, maxHeaders: 3, maxHead: 80 };

describe("parseRequestHead accepts", () => {
  test.each<[what: string, text: string, method: string, target: string, version: string]>([
    ["HTTP/1.1", head("GET / HTTP/1.1", "Host: x"), "GET", "/", "HTTP/1.1"],
    ["HTTP/1.0 without headers", head("GET /a HTTP/1.0"), "GET", "/a", "HTTP/1.0"],
    ["HTTP/0.9", "GET /old\r\n", "GET", "/old", "HTTP/0.9"],
    ["any token as a method", head("sp!am /x HTTP/1.1"), "sp!am", "/x", "HTTP/1.1"],
    ["high bytes in a target", head("GET /\xe4\xff HTTP/1.1"), "GET", "/\xe4\xff", "HTTP/1.1"],
    ["an absolute target", head("GET http://h/p?q HTTP/1.1"), "GET", "http://h/p?q", "HTTP/1.1"],
    ["an asterisk", head("OPTIONS * HTTP/1.1"), "OPTIONS", "*", "HTTP/1.1"],
    ["an empty line before it", `\r\n${head("GET / HTTP/1.1")}`, "GET", "/", "HTTP/1.1"],
    [
      "eight empty lines before it",
      "\r\n".repeat(8) + head("GET / HTTP/1.1"),
      "GET",
      "/",
      "HTTP/1.1",
    ],
  ])("%s", (_, text, method, target, version) => {
    expect(parseAtOnce(text)).toMatchObject({ method, target, version, size: text.length });
  });

  test("headers in their order, with values trimmed of blanks and names as sent", () => {
    const text = head("GET / HTTP/1.1", "hOsT:x", "A: \t b  c\t ", "A:", "B: \x80\xa0");

    expect(parseAtOnce(text)).toMatchObject({
      requestLine: "GET / HTTP/1.1",
      fields: ["hOsT", "x", "A", "b  c", "A", "", "B", "\x80\xa0"],
    });
  });

  test("a head and leaves what follows it", () => {
    const text = head("POST / HTTP/1.1", "Content-Length: 5");

    expect(parseAtOnce(`${text}helloGET /next`)).toMatchObject({ size: text.length });
  });
});

describe("parseRequestHead waits for more", () => {
  test.each([
    "",
    "\r",
    "\r\n",
    "\r\n\r",
    "GET / HTTP/1.1",
    "GET / HTTP/1.1\r\n",
    "GET / HTTP/1.1\r\nA: b\r\n\r",
  ])("after %j", (text) => {
    expect(parseAtOnce(text)).toBeUndefined();
  });
});

describe("parseRequestHead refuses", () => {
  test.each<[what: string, text: string, status: number]>([
    ["an absolute target without a host", head("GET http:///x HTTP/1.1", "Host: a"), 400],
    ["a ninth empty line before it", "\r\n".repeat(9) + head("GET / HTTP/1.1"), 400],
    ["a bare LF before it", `\n${head("GET / HTTP/1.1")}`, 400],
    ["a blank before the method", head(" GET / HTTP/1.1"), 400],
    ["a TLS hello, before any line end", "\x16\x03\x01", 400],
    ["a CR that begins no line end", "\rGET", 400],
    ["a bare LF after the request line", "GET / HTTP/1.1\nHost: x\r\n\r\n", 400],
    ["a bare LF after a header", "GET / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n", 400],
    ["two bare LFs as the end, without waiting", "GET / HTTP/1.1\r\nHost: x\n\n", 400],
    ["a bare CR in a value", head("GET / HTTP/1.1", "A: b\rc"), 400],
    ["a bare CR in the target", head("GET /\r HTTP/1.1"), 400],
    ["a NUL in a value", head("GET / HTTP/1.1", "A: b\0c"), 400],
    ["a NUL in the target", head("GET /\0 HTTP/1.1"), 400],
    ["DEL in a value", head("GET / HTTP/1.1", "A: \x7f"), 400],
    ["a control in a name", head("GET / HTTP/1.1", "A\x01: b"), 400],
    ["a folded header", head("GET / HTTP/1.1", "A: b", " c"), 400],
    ["a folded first header", head("GET / HTTP/1.1", "\tA: b"), 400],
    ["a blank before the colon", head("GET / HTTP/1.1", "A : b"), 400],
    ["a header without a colon", head("GET / HTTP/1.1", "A", "B: c"), 400],
    ["a header without a name", head("GET / HTTP/1.1", ": b"), 400],
    ["a blank in a name", head("GET / HTTP/1.1", "A B: c"), 400],
    ["a high byte in a name", head("GET / HTTP/1.1", "\xc4: c"), 400],
    ["two blanks in the request line", head("GET  / HTTP/1.1"), 400],
    ["a tab in the request line", head("GET\t/ HTTP/1.1"), 400],
    ["a blank in the target", head("GET /a b HTTP/1.1"), 400],
    ["a blank at the end of the request line", head("GET / HTTP/1.1 "), 400],
    ["a method alone", head("GET"), 400],
    ["a method that is no token", head("G(T / HTTP/1.1"), 400],
    ["a colon in the method", head("GET: / HTTP/1.1"), 400],
    ["HTTP/0.9 with another method", "POST /\r\n", 400],
    ["a version that is none", head("GET / FUBAR"), 400],
    ["a version in lower case", head("GET / http/1.1"), 400],
    ["a version of two digits", head("GET / HTTP/1.10"), 400],
    ["a version with zeros before it", head("GET / HTTP/01.1"), 400],
    ["a version without a dot", head("GET / HTTP/1"), 400],
    ["another protocol", head("GET / RTSP/1.0"), 400],
    ["HTTP/0.9 in words", head("GET / HTTP/0.9"), 400],
    ["HTTP/1.2", head("GET / HTTP/1.2"), 505],
    ["HTTP/2.0", head("GET / HTTP/2.0"), 505],
    ["the HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505],
    ["HTTP/9.9", head("GET / HTTP/9.9"), 505],
  ])("%s", (_, text, status) => {
    expect(parseAtOnce(text)).toBe(status);
  });
});

describe("parseRequestHead's limits", () => {
  const requestLine = (length: number): string => `GET /${"a".repeat(length - 14)} HTTP/1.1`;
  const headerLine = (length: number): string => `A: ${"a".repeat(length - 3)}`;

  test.each<[what: string, text: string, status: number | undefined]>([
    ["a request line as long as allowed", head(requestLine(30)), undefined],
    ["a request line one byte longer", head(requestLine(31)), 414],
    ["a request line that is too long and not whole", requestLine(40).slice(0, 31), 414],
    ["a header line as long as allowed", head("GET / HTTP/1.1", headerLine(20)), undefined],
    ["a header line one byte longer", head("GET / HTTP/1.1", headerLine(21)), 431],
    ["a header line too long and not whole", `GET / HTTP/1.1\r\n${headerLine(21)}`, 431],
    ["as many headers as allowed", head("GET / HTTP/1.1", "A: 1", "B: 2", "C: 3"), undefined],
    ["one header more", head("GET / HTTP/1.1", "A: 1", "B: 2", "C: 3", "D: 4"), 431],
    ["a head that is too large", head(requestLine(30), ...Array(3).fill(headerLine(20))), 431],
  ])("%s", (_, text, status) => {
    const parsed = parseAtOnce(text, LIMITS);

    const outcome = typeof parsed === "object" ? parsed.size : parsed;
    expect(outcome).toBe(status ?? text.length);
  });

  test("allow a head as large as they say, and not a byte more", () => {
    const fits = head("GET / HTTP/1.1", headerLine(20), headerLine(20), headerLine(20));
    const isOver = head("GET /a HTTP/1.1", headerLine(20), headerLine(20), headerLine(20));

    expect(fits.length - 4).toBe(LIMITS.maxHead);
    expect(parseAtOnce(fits, LIMITS)).toMatchObject({ size: fits.length });
    expect(parseAtOnce(isOver, LIMITS)).toBe(431);
  });

  test("do not depend on the split for lines that just fit", () => {
    const text = head(requestLine(30), headerLine(20), headerLine(20));
    const bytes = Buffer.from(text, "latin1");
    const byteByByte = [...bytes].map((byte) => Buffer.of(byte));

    expect(parseInPieces(byteByByte, LIMITS)).toMatchObject({ size: text.length });
  });

  test("keep a value full of blanks from taking quadratic time", () => {
    const blanks = " ".repeat(60_000);
    const lines = Array.from({ length: 4 }, () => `A: b${blanks}c`);

    const parsed = parseAtOnce(head("GET / HTTP/1.1", ...lines));

    expect(parsed).toMatchObject({ fields: lines.flatMap(() => ["A", `b${blanks}c`]) });
  }, 5000);
});

describe("parseRequestHead, whatever the split of the bytes", () => {
  const SEEDS = 3000;

  test.each<[what: string, limits: HTTPLimits | undefined]>([
    ["with the default limits", undefined],
    ["with limits that are often passed", LIMITS],
  ])("gives the same head or the same status, %s", (_, limits) => {
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const random = new Random(seed);
      const text = generateRequest(random);
      const pieces = random.split(Buffer.from(text, "latin1"), random.pick([1, 3, 20]));

      expect(parseInPieces(pieces, limits), `seed ${seed}: ${JSON.stringify(text)}`).toEqual(
        parseAtOnce(text, limits),
      );
    }
  });
});
