/**
 * The parser of HTTP/1.1 request heads: bytes in, a value out.
 *
 * Layer 2 (httpserver). Pure and incremental: it is called again with more bytes until the head is
 * whole, and the result does not depend on how the bytes were split. Strict by RFC 9112; what llhttp
 * refuses is refused here too, save what docs/decisions/002-own-http-parser.md lists.
 * Units: bytes. Errors: `HTTPRequestError` with the status to answer.
 */
import { HTTPRequestError } from "./http-error.ts";
import type { HTTPLimits } from "./limits.ts";

export interface RequestHead {
  /** Any token, exactly as sent. */
  readonly method: string;
  /** The request target, exactly as sent (bytes as latin-1). */
  readonly target: string;
  /** `"HTTP/1.1"`, `"HTTP/1.0"`; `"HTTP/0.9"` for a request line without a version. */
  readonly version: string;
  /** The request line as sent, for logs. */
  readonly requestLine: string;
  /** Names and values in turn: `["Host", "example.com", …]`. Names as sent, values trimmed. */
  readonly fields: readonly string[];
  /** How many bytes the head takes, the empty line included. */
  readonly size: number;
}

const REQUEST_LINE =
  /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) ([\x21-\x7e\x80-\xff]+) HTTP\/([0-9])\.([0-9])$/;
const SIMPLE_REQUEST = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) ([\x21-\x7e\x80-\xff]+)$/;
const TOKEN_CHARACTER = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]$/;
const FIELD_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Controls other than HTAB, CR and LF; CR or LF on their own. Nothing of a head may hold these. */
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|(?<!\r)\n/;

const CR = 0x0d;
const LF = 0x0a;

/** The head at the start of `bytes`, or `undefined` when it is not whole yet. */
export function parseRequestHead(bytes: Buffer, limits: HTTPLimits): RequestHead | undefined {
  const start = skipEmptyLines(bytes);
  if (start < bytes.length) checkFirstByte(bytes, start);
  const lineEnd = findLineEnd(bytes, start, limits);
  if (lineEnd === undefined) return undefined;
  const requestLine = bytes.toString("latin1", start, lineEnd);
  const line = parseRequestLine(requestLine);
  if (line.version === "HTTP/0.9") return { ...line, requestLine, fields: [], size: lineEnd + 2 };
  const headEnd = findHeadEnd(bytes, lineEnd, limits);
  if (headEnd === undefined) return undefined;
  try {
    const fields = parseFields(bytes.toString("latin1", lineEnd + 2, headEnd), limits);
    return { ...line, requestLine, fields, size: headEnd + 2 };
  } catch (error) {
    // Bytes that came in pieces would have been refused for these first.
    checkLines(bytes, lineEnd + 2, limits);
    throw error;
  }
}

/** Most empty lines that are ignored before a request line. RFC 9112 section 2.2 asks for at least one. */
const MAX_EMPTY_LINES = 8;

/** Where the request line begins. */
function skipEmptyLines(bytes: Buffer): number {
  let start = 0;
  while (start < MAX_EMPTY_LINES * 2 && bytes[start] === CR && bytes[start + 1] === LF) start += 2;
  return start;
}

/** True when no request has begun: nothing is there, or empty lines that may still come before one. */
export function isBeforeRequest(bytes: Buffer): boolean {
  if (bytes.length === 0) return true;
  if (bytes[0] !== CR) return false;
  const start = skipEmptyLines(bytes);
  return start === bytes.length || (start === bytes.length - 1 && bytes[start] === CR);
}

/** What cannot start a method is refused at once: a TLS hello, say, has no line end to wait for. */
function checkFirstByte(bytes: Buffer, start: number): void {
  const first = String.fromCharCode(bytes[start] ?? 0);
  // A CR that came last may be the first half of an empty line.
  const isHalfLine = first === "\r" && bytes.length === start + 1;
  if (TOKEN_CHARACTER.test(first) || (isHalfLine && start < MAX_EMPTY_LINES * 2)) return;
  const line = bytes.toString("latin1", start, start + 80).split(/[\r\n]/, 1)[0] ?? "";
  throw new HTTPRequestError(400, `Bad request syntax (${quote(line)})`);
}

function findLineEnd(bytes: Buffer, start: number, limits: HTTPLimits): number | undefined {
  const lineFeed = bytes.indexOf(LF, start);
  const length = lengthOfLine(bytes, start, lineFeed);
  if (length > limits.maxRequestLine) throw new HTTPRequestError(414, "URI Too Long");
  if (lineFeed < 0) return undefined;
  if (bytes[lineFeed - 1] !== CR)
    throw new HTTPRequestError(400, "Bad line end: a request line ends in CR LF");
  return lineFeed - 1;
}

/** Of the line without its end. */
export function parseRequestLine(line: string): Pick<RequestHead, "method" | "target" | "version"> {
  const found = REQUEST_LINE.exec(line);
  if (found === null) return parseOddRequestLine(line);
  const [, method = "", target = "", major, minor] = found;
  if (major !== "1") {
    throw new HTTPRequestError(
      major === "0" ? 400 : 505,
      `Invalid HTTP version (${major}.${minor})`,
    );
  }
  if (minor !== "0" && minor !== "1")
    throw new HTTPRequestError(505, `Invalid HTTP version (1.${minor})`);
  // RFC 9110 section 4.2.1: an http URL without a host is none.
  if (target[0] !== "/" && /^https?:\/\/(?:[/?#]|$)/i.test(target)) {
    throw new HTTPRequestError(400, `Bad request target (${quote(target.slice(0, 80))})`);
  }
  return { method, target, version: `HTTP/1.${minor}` };
}

/** The HTTP/0.9 `GET /`, or the reason why this is no request line. */
function parseOddRequestLine(line: string): Pick<RequestHead, "method" | "target" | "version"> {
  const simple = SIMPLE_REQUEST.exec(line);
  if (simple !== null) {
    const [, method = "", target = ""] = simple;
    if (method === "GET") return { method, target, version: "HTTP/0.9" };
    throw new HTTPRequestError(400, `Bad HTTP/0.9 request type (${quote(method)})`);
  }
  const words = line.split(" ");
  if (words.length === 3)
    throw new HTTPRequestError(400, `Bad request version (${quote(words[2] ?? "")})`);
  throw new HTTPRequestError(400, `Bad request syntax (${quote(line)})`);
}

/** Where the last header line ends (before its own CR LF is counted), or `undefined` when it has not arrived. */
function findHeadEnd(bytes: Buffer, lineEnd: number, limits: HTTPLimits): number | undefined {
  const end = bytes.indexOf("\r\n\r\n", lineEnd, "latin1");
  if (end >= 0 && end <= limits.maxHead) return end + 2;
  checkLines(bytes, lineEnd + 2, limits);
  return undefined;
}

/** Refuses, in the order of their arrival, lines that need not be whole to be refused: whatever the split, the same one. */
function checkLines(bytes: Buffer, firstLine: number, limits: HTTPLimits): void {
  for (let start = firstLine; start < bytes.length;) {
    const lineFeed = bytes.indexOf(LF, start);
    const length = lengthOfLine(bytes, start, lineFeed);
    if (length > limits.maxHeaderLine) throw new HTTPRequestError(431, "Line too long");
    if (length > 0 && start + length > limits.maxHead)
      throw new HTTPRequestError(431, "Header section too large");
    if (lineFeed < 0) return;
    // Bare LFs would be waited on for ever by whoever means them as the end.
    if (bytes[lineFeed - 1] !== CR)
      throw new HTTPRequestError(400, "Bad line end: a header line ends in CR LF");
    if (length === 0) return;
    start = lineFeed + 1;
  }
}

/** Without its line end; a CR that came last may be the first half of one. `lineFeed` is -1 where the line is not whole. */
function lengthOfLine(bytes: Buffer, start: number, lineFeed: number): number {
  const end = lineFeed < 0 ? bytes.length : lineFeed;
  return end - start - (end > start && bytes[end - 1] === CR ? 1 : 0);
}

/** `text` is all header lines, each with its CR LF. */
function parseFields(text: string, limits: HTTPLimits): string[] {
  const forbidden = FORBIDDEN.exec(text);
  if (forbidden !== null)
    throw new HTTPRequestError(
      400,
      `Forbidden character ${quote(forbidden[0])} in the header section`,
    );
  const fields: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = text.indexOf("\r\n", start);
    if (end - start > limits.maxHeaderLine) throw new HTTPRequestError(431, "Line too long");
    if (fields.length === limits.maxHeaders * 2)
      throw new HTTPRequestError(431, "Too many headers");
    const colon = text.indexOf(":", start);
    const name = text.slice(start, colon < 0 || colon > end ? end : colon);
    // Catches a missing colon, white space before it, and a folded line (which starts with white space).
    if (colon < 0 || colon > end || !isFieldName(name)) {
      throw new HTTPRequestError(
        400,
        `Bad header line (${quote(text.slice(start, Math.min(end, start + 80)))})`,
      );
    }
    fields.push(name, trimBlanks(text, colon + 1, end));
    start = end + 2;
  }
  return fields;
}

/** A loop, since a regular expression takes quadratic time for blanks in the middle. */
function trimBlanks(text: string, from: number, to: number): string {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** Names that were seen valid once. Bounded, since clients choose them. */
const knownNames = new Set<string>();

function isFieldName(name: string): boolean {
  if (knownNames.has(name)) return true;
  if (!FIELD_NAME.test(name)) return false;
  // A copy: the name itself is a slice that would keep the whole head in memory.
  if (knownNames.size < 1000 && name.length < 64) knownNames.add(Buffer.from(name).toString());
  return true;
}

/** For a message; whoever shows it makes controls visible in their own way. */
function quote(text: string): string {
  return `'${text}'`;
}
