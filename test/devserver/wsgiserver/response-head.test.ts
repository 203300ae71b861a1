import { describe, expect, test } from "vitest";
import {
  formatFields,
  formatPreamble,
  type FrameInput,
  frameResponse,
} from "../../../devserver/wsgiserver/response-head.ts";

const INPUT: FrameInput = {
  status: "200 OK",
  headers: [],
  requestVersion: "HTTP/1.1",
  isHead: false,
  knownLength: undefined,
  closeConnection: false,
};
const CL5: FrameInput["headers"] = [["content-LENGTH", "5"]];
const SERVER = {
  protocolVersion: "HTTP/1.1",
  versionString: () => "Test/1",
  dateTimeString: () => "today",
};

describe("frameResponse", () => {
  test.each<[what: string, input: Partial<FrameInput>, plan: object]>([
    [
      "a known length",
      { knownLength: 3 },
      { framing: { kind: "length", length: 3 }, addLength: 3 },
    ],
    ["an empty body", { knownLength: 0 }, { framing: { kind: "length", length: 0 }, addLength: 0 }],
    [
      "a declared length",
      { headers: CL5, knownLength: 3 },
      { framing: { kind: "length", length: 5 }, addLength: undefined },
    ],
    ["an unknown length on 1.1", {}, { framing: { kind: "chunked" }, closeConnection: false }],
    [
      "an unknown length on 1.0",
      { requestVersion: "HTTP/1.0" },
      { framing: { kind: "close" }, closeConnection: true },
    ],
    ["HEAD", { isHead: true, knownLength: 3 }, { framing: { kind: "none" }, addLength: 3 }],
    [
      "204",
      { status: "204 No Content", headers: CL5 },
      { framing: { kind: "none" }, dropLength: true, addLength: undefined },
    ],
    [
      "304",
      { status: "304 Not Modified", headers: CL5, knownLength: 0 },
      { framing: { kind: "none" }, dropLength: false, addLength: undefined },
    ],
  ])("of %s", (_, input, plan) => {
    expect(frameResponse({ ...INPUT, ...input })).toMatchObject(plan);
  });

  test.each([
    ["no number", [["Content-Length", "five"]]],
    ["a negative number", [["Content-Length", "-5"]]],
    [
      "given twice",
      [
        ["Content-Length", "5"],
        ["content-length", "6"],
      ],
    ],
  ] as [string, FrameInput["headers"]][])("refuses a Content-Length that is %s", (_, headers) => {
    expect(() => frameResponse({ ...INPUT, headers })).toThrow(TypeError);
  });
});

describe("formatPreamble and formatFields", () => {
  const format = (input: Partial<FrameInput>): string => {
    const whole = { ...INPUT, ...input };
    const { status, headers } = whole;
    return formatPreamble(status, headers, SERVER) + formatFields(headers, frameResponse(whole));
  };

  test("have Date and Server, the application's headers in their order, and the framing", () => {
    const headers = [
      ["B", "1"],
      ["A", "2"],
      ["B", "3"],
    ] as const;

    expect(format({ headers, knownLength: 5 })).toBe(
      "HTTP/1.1 200 OK\r\nDate: today\r\nServer: Test/1\r\nB: 1\r\nA: 2\r\nB: 3\r\nContent-Length: 5\r\n\r\n",
    );
  });

  test("let the application say Date and Server", () => {
    expect(
      format({
        headers: [
          ["date", "never"],
          ["SERVER", "x"],
        ],
        knownLength: 0,
      }),
    ).toBe("HTTP/1.1 200 OK\r\ndate: never\r\nSERVER: x\r\nContent-Length: 0\r\n\r\n");
  });

  test.each<[what: string, input: Partial<FrameInput>, line: string]>([
    ["chunked", {}, "Transfer-Encoding: chunked"],
    ["a closing connection", { closeConnection: true, knownLength: 0 }, "Connection: close"],
    [
      "a kept HTTP/1.0 connection",
      { requestVersion: "HTTP/1.0", knownLength: 0 },
      "Connection: keep-alive",
    ],
  ])("announce %s", (_, input, line) => {
    expect(format(input)).toContain(`\r\n${line}\r\n`);
  });

  test("leave out the Content-Length of a 204", () => {
    expect(format({ status: "204 No Content", headers: CL5 })).not.toMatch(/content-length/i);
  });

  test("name the version that the server speaks", () => {
    const server = { ...SERVER, protocolVersion: "HTTP/1.0" };

    expect(formatPreamble("200 OK", [], server)).toMatch(/^HTTP\/1\.0 200 OK\r\n/);
  });
});
