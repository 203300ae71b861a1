import { describe, expect, test } from "vitest";
import { ChunkedDecoder } from "../../../devserver/httpserver/chunked-decoder.ts";
import { HTTPRequestError } from "../../../devserver/httpserver/http-error.ts";
import { Random } from "../../support/random.ts";

interface Outcome {
  readonly data: string;
  readonly done: boolean;
  /** Bytes that are not the body's. */
  readonly left: string;
}

/** Decodes pieces as they arrive; the status where it is refused. */
function decode(pieces: readonly Buffer[], limit?: number): Outcome | number {
  const decoder = new ChunkedDecoder();
  let waiting = Buffer.alloc(0);
  let data = "";
  try {
    for (const piece of pieces) {
      waiting = Buffer.concat([waiting, piece]);
      for (let isMoving = true; isMoving;) {
        const decoded = decoder.decode(waiting, limit);
        data += decoded.data.toString("latin1");
        waiting = waiting.subarray(decoded.consumed);
        isMoving = decoded.consumed > 0;
      }
    }
  } catch (error) {
    if (error instanceof HTTPRequestError) return error.status;
    throw error;
  }
  return { data, done: decoder.done, left: waiting.toString("latin1") };
}

const atOnce = (text: string): Outcome | number => decode([Buffer.from(text, "latin1")]);

describe("ChunkedDecoder decodes", () => {
  test.each<[what: string, text: string, data: string, left: string]>([
    ["one chunk", "5\r\nhello\r\n0\r\n\r\n", "hello", ""],
    ["several chunks", "3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n", "abcdefg", ""],
    ["no data", "0\r\n\r\n", "", ""],
    [
      "sizes in hexadecimal, either case",
      "a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n",
      "01234567890123456789",
      "",
    ],
    ["sizes with zeros before them", "0005\r\nhello\r\n000\r\n\r\n", "hello", ""],
    ["data that looks like framing", "5\r\n\r\n0\r\n\r\n0\r\n\r\n", "\r\n0\r\n", ""],
    ["extensions", '5;a\r\nhello\r\n0;b=c;d="e"\r\n\r\n', "hello", ""],
    ["a quoted extension", '5;a="b; \\"c";d=\r\nhello\r\n0\r\n\r\n', "hello", ""],
    ["trailers, which it drops", "0\r\nA: b\r\nC:\r\n\r\n", "", ""],
    ["up to its own end", "1\r\nx\r\n0\r\n\r\nGET / HTTP/1.1", "x", "GET / HTTP/1.1"],
  ])("%s", (_, text, data, left) => {
    expect(atOnce(text)).toEqual({ data, done: true, left });
  });

  test("no more than the limit at a time", () => {
    const decoder = new ChunkedDecoder();

    const { data, consumed } = decoder.decode(Buffer.from("5\r\nhello\r\n0\r\n\r\n"), 2);

    expect([String(data), consumed]).toEqual(["he", 5]);
  });
});

describe("ChunkedDecoder refuses", () => {
  test.each<[what: string, text: string]>([
    ["a size that is no number", "G\r\n"],
    ["an empty size", "\r\n"],
    ["a size with 0x", "0x5\r\nhello\r\n"],
    ["a sign", "+5\r\nhello\r\n"],
    ["a minus", "-5\r\nhello\r\n"],
    ["a blank before the size", " 5\r\nhello\r\n"],
    ["a blank after the size", "5 \r\nhello\r\n"],
    ["an underscore in the size", "1_0\r\n"],
    ["a size beyond what a number can say", "10000000000000\r\n".padStart(20, "1")],
    ["a size in bare LF", "5\nhello\r\n"],
    ["a bare LF on its own", "\n"],
    ["a bare CR in the size line", "5\r;a\r\nhello\r\n"],
    ["a bare LF after the data", "5\r\nhello\n0\r\n\r\n"],
    ["data longer than its size", "5\r\nhelloX\r\n0\r\n\r\n"],
    ["data shorter than its size", "6\r\nhello\r\n0\r\n\r\n"],
    ["a blank before an extension", "5 ;a=b\r\nhello\r\n"],
    ["a blank in an extension", "5; a\r\nhello\r\n"],
    ["an extension without a name", "5;\r\nhello\r\n"],
    ["an extension that is no token", "5;(\r\nhello\r\n"],
    ["an extension whose quote does not end", '5;a="b\r\nhello\r\n'],
    ["a Content-Length among the trailers", "0\r\nContent-Length: 5\r\n\r\n"],
    ["a Transfer-Encoding among the trailers", "0\r\ntransfer-encoding: chunked\r\n\r\n"],
    ["a NUL in an extension", "5;\0\r\nhello\r\n"],
    ["a trailer without a colon", "0\r\nA\r\n\r\n"],
    ["a trailer with a blank before the colon", "0\r\nA : b\r\n\r\n"],
    ["a folded trailer", "0\r\nA: b\r\n c\r\n\r\n"],
    ["a bare LF after a trailer", "0\r\nA: b\n\r\n"],
    ["a bare LF at the end", "0\r\n\n"],
    ["a control in a trailer", "0\r\nA: \x01\r\n\r\n"],
    ["a size line without end", "5;".padEnd(4200, "a")],
    ["trailers without end", `0\r\n${`A: ${"b".repeat(1000)}\r\n`.repeat(20)}`],
  ])("%s", (_, text) => {
    expect(atOnce(text)).toBe(400);
  });
});

describe("ChunkedDecoder waits for more", () => {
  test.each([
    "",
    "5",
    "5\r",
    "5\r\nhel",
    "5\r\nhello",
    "5\r\nhello\r",
    "0\r\n",
    "0\r\n\r",
    "0\r\nA: b\r\n",
  ])("after %j", (text) => {
    expect(atOnce(text)).toMatchObject({ done: false });
  });
});

describe("ChunkedDecoder, whatever the split", () => {
  test("gives the same data or the same status", () => {
    const parts = [
      "5\r\nhello\r\n",
      "1;x=y\r\n!\r\n",
      "0\r\n",
      "\r\n",
      "A: b\r\n",
      "\n",
      "5 ",
      "\r",
    ] as const;
    for (let seed = 0; seed < 3000; seed += 1) {
      const random = new Random(seed);
      let text = "5\r\nhello\r\n";
      for (let count = random.below(5); count > 0; count -= 1) text += random.pick(parts);
      const pieces = random.split(Buffer.from(text, "latin1"), 4);
      const limit = random.pick([1, 3, 1000]);

      expect(decode(pieces, limit), `seed ${seed}: ${JSON.stringify(text)}`).toEqual(atOnce(text));
    }
  });
});
