import { describe, expect, test } from "vitest";
import { type Framing, frameRequest } from "../../../devserver/httpserver/framing.ts";
import { HTTPRequestError } from "../../../devserver/httpserver/http-error.ts";
import { head, parseAtOnce } from "../../support/request-heads.ts";

/** The framing of a POST with these header lines, or the status it is refused with. */
function frame(version: string, ...lines: readonly string[]): Framing | number {
  const parsed = parseAtOnce(head(`POST / ${version}`, ...lines));
  if (typeof parsed !== "object") throw new Error("the test's head is no head");
  try {
    return frameRequest(parsed);
  } catch (error) {
    if (error instanceof HTTPRequestError) return error.status;
    throw error;
  }
}

describe("frameRequest: the body", () => {
  test.each<[what: string, lines: readonly string[], length: number | undefined]>([
    ["is empty without a header about it", [], 0],
    ["has its Content-Length", ["Content-Length: 5"], 5],
    ["has its Content-Length, however the name is written", ["content-LENGTH: 0005"], 5],
    ["is chunked", ["Transfer-Encoding: chunked"], undefined],
    ["is chunked, however it is written", ["transfer-encoding:   CHUNKED"], undefined],
    ["may be as long as a number can say", ["Content-Length: 9007199254740991"], 2 ** 53 - 1],
  ])("%s", (_, lines, contentLength) => {
    expect(frame("HTTP/1.1", "Host: x", ...lines)).toMatchObject({ contentLength });
  });

  test.each<[what: string, lines: readonly string[], status: number]>([
    ["both framings", ["Content-Length: 5", "Transfer-Encoding: chunked"], 400],
    [
      "both framings, the other way round",
      ["Transfer-Encoding: chunked", "Content-Length: 0"],
      400,
    ],
    ["two lengths that differ", ["Content-Length: 5", "Content-Length: 6"], 400],
    ["two lengths that agree", ["Content-Length: 5", "Content-Length: 5"], 400],
    ["a list of lengths", ["Content-Length: 5, 5"], 400],
    ["a plus sign", ["Content-Length: +5"], 400],
    ["a minus sign", ["Content-Length: -5"], 400],
    ["a hexadecimal length", ["Content-Length: 0x5"], 400],
    ["a decimal point", ["Content-Length: 5.0"], 400],
    ["an exponent", ["Content-Length: 1e3"], 400],
    ["an underscore", ["Content-Length: 1_0"], 400],
    ["a blank inside", ["Content-Length: 5 5"], 400],
    ["digits of another script", ["Content-Length: \xb2"], 400],
    ["no length at all", ["Content-Length:"], 400],
    ["a length beyond what a number can say", ["Content-Length: 9007199254740992"], 400],
    ["an unknown coding", ["Transfer-Encoding: gzip"], 501],
    ["chunked that is not last", ["Transfer-Encoding: chunked, gzip"], 501],
    ["a list with chunked", ["Transfer-Encoding: gzip, chunked"], 501],
    ["chunked twice", ["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"], 501],
    ["chunked and identity", ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"], 501],
    ["something like chunked", ["Transfer-Encoding: xchunked"], 501],
    ["chunked with a parameter", ["Transfer-Encoding: chunked;q=1"], 501],
    ["chunked in quotes", ['Transfer-Encoding: "chunked"'], 501],
    ["chunked and a non-breaking space", ["Transfer-Encoding: chunked\xa0"], 501],
    ["no coding at all", ["Transfer-Encoding:"], 501],
  ])("is refused with %s", (_, lines, status) => {
    expect(frame("HTTP/1.1", "Host: x", ...lines)).toBe(status);
  });

  test("is refused when it is chunked in HTTP/1.0", () => {
    expect(frame("HTTP/1.0", "Transfer-Encoding: chunked")).toBe(400);
  });
});

describe("frameRequest: the host", () => {
  test.each<[what: string, version: string, lines: readonly string[], isFine: boolean]>([
    ["is required in HTTP/1.1", "HTTP/1.1", [], false],
    ["may be empty", "HTTP/1.1", ["Host:"], true],
    ["is not required in HTTP/1.0", "HTTP/1.0", [], true],
    ["must not be given twice", "HTTP/1.1", ["Host: a", "host: a"], false],
    ["must not be given twice in HTTP/1.0 either", "HTTP/1.0", ["Host: a", "Host: b"], false],
  ])("%s", (_, version, lines, isFine) => {
    expect(frame(version, ...lines) !== 400).toBe(isFine);
  });
});

describe("frameRequest: the connection", () => {
  test.each<[version: string, lines: readonly string[], keepAlive: boolean]>([
    ["HTTP/1.1", [], true],
    ["HTTP/1.1", ["Connection: close"], false],
    ["HTTP/1.1", ["Connection: Close"], false],
    ["HTTP/1.1", ["Connection: foo \t,\t close"], false],
    ["HTTP/1.1", ["Connection: foo", "Connection: close"], false],
    ["HTTP/1.1", ["Connection: closed"], true],
    ["HTTP/1.0", [], false],
    ["HTTP/1.0", ["Connection: Keep-Alive"], true],
    ["HTTP/1.0", ["Connection: foo, keep-alive"], true],
  ])("of %s with %j is kept: %s", (version, lines, keepAlive) => {
    expect(frame(version, "Host: x", ...lines)).toMatchObject({ keepAlive });
  });

  test("is decided in linear time for a value full of blanks", () => {
    const value = `a${" ".repeat(60_000)}b`;

    const framings = Array.from({ length: 4 }, () =>
      frame("HTTP/1.1", "Host: x", `Connection: ${value}`),
    );

    expect(framings).toHaveLength(4);
    expect(framings[0]).toMatchObject({ keepAlive: true });
  }, 5000);
});

describe("frameRequest: Expect", () => {
  test.each<[version: string, value: string, expectsContinue: boolean]>([
    ["HTTP/1.1", "100-continue", true],
    ["HTTP/1.1", "100-Continue", true],
    ["HTTP/1.0", "100-continue", false],
    ["HTTP/1.1", "something", false],
  ])("in %s with %s means waiting: %s", (version, value, expectsContinue) => {
    expect(frame(version, "Host: x", `Expect: ${value}`)).toMatchObject({ expectsContinue });
  });
});

describe("frameRequest: HTTP/0.9", () => {
  test("has no body and no second request", () => {
    const parsed = parseAtOnce("GET /\r\n");
    if (typeof parsed !== "object") throw new Error("no head");

    expect(frameRequest(parsed)).toEqual({
      contentLength: 0,
      keepAlive: false,
      expectsContinue: false,
    });
  });
});
