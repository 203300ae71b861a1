/**
 * Requests that we refuse and llhttp takes: every kind that is known, with its reason. docs/server-stack.md has the same list.
 */
import { head } from "./request-heads.ts";

export interface Refusal {
  readonly name: string;
  readonly status: number;
  /** What our refusal says. */
  readonly message: RegExp;
  /** What such a request looks like, where the message alone does not tell. */
  readonly text?: RegExp;
  /** Taken by llhttp. */
  readonly example: string;
}

const CHUNKED = head("POST / HTTP/1.1", "Host: x", "Transfer-Encoding: chunked");

export const REFUSALS: readonly Refusal[] = [
  {
    name: "HTTP/2.0 in a request line",
    status: 505,
    message: /^Invalid HTTP version \(2\.0\)/,
    example: head("GET / HTTP/2.0", "Host: x"),
  },
  {
    name: "HTTP/0.9 in a request line",
    status: 400,
    message: /^Invalid HTTP version \(0\.9\)/,
    example: head("GET / HTTP/0.9", "Host: x"),
  },
  {
    name: "a request line of another protocol",
    status: 400,
    message: /^Bad request version \('(?:RTSP|ICE)\//,
    example: head("OPTIONS * RTSP/1.0"),
  },
  {
    name: "a request line without a version, unless it is a GET",
    status: 400,
    message: /^Bad HTTP\/0\.9 request type/,
    example: "POST /\r\n\r\n",
  },
  {
    name: "a request line without a version that ends in a bare LF",
    status: 400,
    message: /^Bad line end: a request line/,
    example: "GET /\n\r\n",
  },
  {
    name: "more than one blank between the words of a request line",
    status: 400,
    message: /^Bad request (?:syntax|version)/,
    text: /^(?:\r\n)*[^\r\n]* (?: |$)/m,
    example: head("GET  / HTTP/1.1", "Host: x"),
  },
  {
    name: "a bare CR or LF before a request line",
    status: 400,
    message: /^Bad request syntax/,
    text: /^(?:\r\n)*(?:\n|\r(?!\n))/,
    example: `\n${head("GET / HTTP/1.1", "Host: x")}`,
  },
  {
    name: "more than eight empty lines before a request line",
    status: 400,
    message: /^Bad request syntax/,
    text: /^(?:\r\n){9}/,
    example: "\r\n".repeat(9) + head("GET / HTTP/1.1", "Host: x"),
  },
  {
    name: "an absolute target without a host",
    status: 400,
    message: /^Bad request target/,
    example: head("GET http:///p HTTP/1.1", "Host: x"),
  },
  {
    name: "more than one Host header",
    status: 400,
    message: /^More than one Host header/,
    example: head("GET / HTTP/1.1", "Host: x", "Host: y"),
  },
  {
    name: "more than 100 headers",
    status: 431,
    message: /^Too many headers/,
    example: head("GET / HTTP/1.1", "Host: x", ...Array<string>(100).fill("A: b")),
  },
  {
    name: "Transfer-Encoding in an HTTP/1.0 request",
    status: 400,
    message: /^Transfer-Encoding in an HTTP\/1\.0 request/,
    example: `${head("POST / HTTP/1.0", "Transfer-Encoding: chunked")}0\r\n\r\n`,
  },
  {
    name: "a Transfer-Encoding besides chunked",
    status: 501,
    message: /^Unsupported Transfer-Encoding/,
    example: `${head("POST / HTTP/1.1", "Host: x", "Transfer-Encoding: gzip, chunked")}0\r\n\r\n`,
  },
  {
    name: "a chunk size of more than 13 digits",
    status: 400,
    message: /^Bad chunk size/,
    text: /[0-9A-Fa-f]{14}/,
    example: `${CHUNKED}00000000000005\r\nhello\r\n0\r\n\r\n`,
  },
  {
    name: "a chunk line or trailer of more than 4096 bytes",
    status: 400,
    message: /^Chunk line too long/,
    example: `${CHUNKED}5;${"a".repeat(5000)}\r\nhello\r\n0\r\n\r\n`,
  },
];

/** The known kind of a refusal; `undefined` for one that nobody has thought of. */
export function kindOfRefusal(text: string, status: number, message: string): string | undefined {
  return REFUSALS.find(
    (kind) =>
      kind.status === status && kind.message.test(message) && (kind.text?.test(text) ?? true),
  )?.name;
}
